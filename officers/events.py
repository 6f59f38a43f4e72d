"""The kinds of event this app puts on the trail."""

from core.trail import kind

SHIFT_ADDED = kind("rota.shift_added", "Shift added to the rota")
ROTA_FILLED = kind("rota.filled", "Rota filled")
TRAINING_RECORDED = kind("training.recorded", "Training recorded")
TRAINING_CORRECTED = kind("training.corrected", "Training corrected")
TRAINING_IMPORTED = kind("training.imported", "Training imported")
