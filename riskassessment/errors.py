"""What can go wrong when risk is assessed and endorsed."""

from core.errors import Conflict, NotPermitted


class OwnAssessment(NotPermitted):
    """Whoever made an assessment does not endorse or return it (RISK-3)."""

    code = "own_assessment"


class NeitherTrained(NotPermitted):
    """Where the assessor's training was not in date, the endorser's must be (RISK-2)."""

    code = "neither_trained"


class AlreadyDecided(Conflict):
    """Another inspector endorsed or returned it first; says who and when."""

    code = "already_decided"


class Superseded(Conflict):
    """A later assessment has taken its place."""

    code = "superseded"


class PhrasesUnanswered(Conflict):
    """Phrases in the record wait to be reworded or kept with a reason (LANG-1)."""

    code = "phrases_unanswered"


class AlreadyKept(Conflict):
    """Somebody has kept the phrase; says who and when."""

    code = "already_kept"
