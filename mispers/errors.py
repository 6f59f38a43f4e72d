"""What can go wrong with an incident, from the draft of its report to its reopening."""

from core.errors import Conflict


class AlreadyAsked(Conflict):
    """Closure has been asked for and waits for an inspector; says who asked and when."""

    code = "already_asked"


class AlreadyConcluded(Conflict):
    """Somebody has concluded on the hypothesis; says who, when and what."""

    code = "already_concluded"


class AlreadyCorrected(Conflict):
    """What is known was corrected once; the correction is what can be corrected."""

    code = "already_corrected"


class AlreadyDecided(Conflict):
    """The closure was decided; says by whom and when."""

    code = "already_decided"


class AlreadyLinked(Conflict):
    """The two incidents are linked."""

    code = "already_linked"


class AlreadyLocated(Conflict):
    """Somebody has recorded how the person was located; says who and when."""

    code = "already_located"


class AlreadyLogged(Conflict):
    """The draft has become an incident; says which."""

    code = "already_logged"


class AlreadyReopened(Conflict):
    """Somebody has reopened the incident; says who and when."""

    code = "already_reopened"


class ClosureNotAsked(Conflict):
    """Nobody has asked for closure."""

    code = "closure_not_asked"


class DuplicateOfClosed(Conflict):
    """The incident that it is a duplicate of was closed: nobody would be looking."""

    code = "duplicate_of_closed"


class IncidentClosed(Conflict):
    """The incident is closed, and takes nothing but entries of its log."""

    code = "incident_closed"


class NotClosed(Conflict):
    """The incident is not closed, and only a closed one takes this."""

    code = "not_closed"


class ProtocolChanged(Conflict):
    """A version of the protocol that is loaded reads otherwise in the file."""

    code = "protocol_changed"


class ProtocolInThePast(Conflict):
    """A new version of the protocol would hold from a moment that has passed."""

    code = "protocol_in_the_past"


class ReturnInterviewNotAsked(Conflict):
    """No return interview has been asked for."""

    code = "return_interview_not_asked"


class SourceUsedElsewhere(Conflict):
    """The reference of another system stands for an incident that the client may not see."""

    code = "source_used_elsewhere"


class TryAgain(Conflict):
    """Another change holds the second incident at this moment."""

    code = "try_again"


class WrongStage(Conflict):
    """The incident is in another stage than the change begins at."""

    code = "wrong_stage"
