"""What can go wrong with the rota, absences, swaps and training."""

from core.errors import Conflict


class AbsenceOver(Conflict):
    """The absence is over."""

    code = "absence_over"


class AlreadyAway(Conflict):
    """The officer is away then; says until when."""

    code = "already_away"


class AlreadyDecided(Conflict):
    """The swap was decided; says how and when."""

    code = "already_decided"


class AlreadyOffered(Conflict):
    """The shift is on offer; says to whom."""

    code = "already_offered"


class OfficerAway(Conflict):
    """The officer is away in that time; says until when."""

    code = "officer_away"


class ShiftBegun(Conflict):
    """The shift has begun."""

    code = "shift_begun"


class AlreadyCovered(Conflict):
    """Somebody stands in for the shift; says who where that is known."""

    code = "shift_covered"


class ShiftExists(Conflict):
    """The officer is on the rota in the role at that time."""

    code = "shift_exists"


class ShiftOver(Conflict):
    """The shift is over: what has passed stays as it was."""

    code = "shift_over"


class ShiftStands(Conflict):
    """The officer is on the rota for it, so that nobody need stand in."""

    code = "shift_stands"


class ShiftTakenOut(Conflict):
    """The shift was taken out of the rota; says by whom and when."""

    code = "shift_taken_out"


class AlreadyCorrected(Conflict):
    """The row was corrected, or takes another away."""

    code = "training_corrected"


class TrainingExists(Conflict):
    """The course is on the record."""

    code = "training_exists"
