"""The kinds of event this app puts on the trail."""

from core.trail import kind

SHIFT_ADDED = kind("rota.shift_added", "Shift added to the rota")
ROTA_FILLED = kind("rota.filled", "Rota filled")
