"""The kinds of event this app puts on the trail."""

from core.trail import kind

SHIFT_ADDED = kind("rota.shift_added", "Shift added to the rota")
SHIFT_CHANGED = kind("rota.shift_changed", "Shift changed")
SHIFT_TAKEN_OUT = kind("rota.shift_taken_out", "Shift taken out of the rota")
SHIFT_COVERED = kind("rota.shift_covered", "Shift covered")
ROTA_FILLED = kind("rota.filled", "Rota filled")
ROTA_REPEATED = kind("rota.repeated", "Shifts repeated week by week")
ROTA_IMPORTED = kind("rota.imported", "Rota imported")
GAPS_FOUND = kind("rota.gaps_found", "Gaps in the rota found ahead")
ABSENCE_RECORDED = kind("rota.absence_recorded", "Absence recorded")
ABSENCE_ENDED = kind("rota.absence_ended", "Absence ended")
SWAP_OFFERED = kind("rota.swap_offered", "Swap offered")
SWAP_ACCEPTED = kind("rota.swap_accepted", "Swap accepted")
SWAP_DECLINED = kind("rota.swap_declined", "Swap declined")
SWAP_WITHDRAWN = kind("rota.swap_withdrawn", "Swap withdrawn")
TRAINING_RECORDED = kind("training.recorded", "Training recorded")
TRAINING_CORRECTED = kind("training.corrected", "Training corrected")
TRAINING_IMPORTED = kind("training.imported", "Training imported")
