"""What can go wrong with handovers, actions and notices."""

from core.errors import Conflict


class AlreadyDecided(Conflict):
    """The offer was answered or withdrawn; says how, by whom and when."""

    code = "already_decided"


class AlreadyEnded(Conflict):
    """The action has ended; says by whom, when and how."""

    code = "already_ended"


class AlreadyOffered(Conflict):
    """The incident is on offer; says to whom, by whom and when."""

    code = "already_offered"


class AlreadyProposed(Conflict):
    """Somebody has proposed not to pursue the action; says who."""

    code = "already_proposed"


class NotProposed(Conflict):
    """Nobody has proposed not to pursue the action."""

    code = "not_proposed"


class PushOff(Conflict):
    """Web push is off here."""

    code = "push_off"


class Regraded(Conflict):
    """The risk was graded anew since the offer was read; says what it is now."""

    code = "regraded"


class TooManyDevices(Conflict):
    """The officer has as many devices as one may have."""

    code = "too_many_devices"
