"""The kinds of event this app puts on the trail."""

from core.trail import kind

ASSESSED = kind("risk.assessed", "Risk assessed")
ENDORSED = kind("risk.endorsed", "Risk assessment endorsed")
RETURNED = kind("risk.returned", "Risk assessment returned")
PHRASE_KEPT = kind("words.kept", "Phrase kept with a reason")
