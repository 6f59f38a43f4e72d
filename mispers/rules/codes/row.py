"""What is known about a code: what it asks, when it falls due and where, what it stands before."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import TextChoices

from mispers.rules.codes.code import Code


class DueFrom(TextChoices):
    """Who something is due from; resolved to a person when a reminder is raised."""

    OWNER = "owner", "Owner"
    INSPECTOR = "inspector", "Inspector"
    RESPONSIBLE = "responsible", "Responsible officer"
    RECEIVER = "receiver", "Officer offered the incident"


class About(Enum):
    """What one deadline of a code is about, by which several of one record are told apart."""

    INCIDENT = auto()
    ACTION = auto()
    ASSESSMENT = auto()
    HANDOVER_ITEM = auto()
    SHIFT = auto()
    MARKER = auto()


class AddressPart(Enum):
    """What a page's address is made from: a number or reference that the deadline leads to."""

    REFERENCE = auto()
    ACTION = auto()
    HANDOVER = auto()


@dataclass(frozen=True)
class Place:
    """The page where something is done: its URL name, and what its address is made from, in order.

    otherwise: the page for a deadline that does not lead to all of that.
    """

    url_name: str
    takes: tuple[AddressPart, ...] = (AddressPart.REFERENCE,)
    otherwise: "Place | None" = None


@dataclass(frozen=True)
class Due:
    """What falls due under a code: what is to be done, from whom, and where; and what of."""

    title: str
    due_from: DueFrom
    place: Place
    about: tuple[About, ...] = (About.INCIDENT,)


class Override(Enum):
    """Who may go past a barrier with a reason."""

    NOBODY = auto()
    WHO_AUTHORISES = auto()


@dataclass(frozen=True)
class CodeRow:
    """Everything that is known about one code; whatever recognises a code asks here.

    title: what must be true. policy: what the Authorised Professional Practice or the force's
    policy asks, in our own words; empty where it asks nothing. guidance: what this product adds,
    above all its figures, which a force may change; empty as long as no record is judged by it.
    is_standard: whether a record is to be judged by it at all, or it is a barrier alone.
    barrier: whether it stands in the way of a stage change, and who may go past it. until_decided:
    it stands until somebody else decides, so that asking is how it begins to be lifted.
    ended_by_being_seen: nobody need do it for a person whom an officer has seen.
    climbs_as_high: its reminders climb on every grade as fast as on high.
    """

    code: Code
    title: str
    policy: str = ""
    guidance: str = ""
    is_standard: bool = True
    due: Due | None = None
    barrier: Override | None = None
    until_decided: bool = False
    ended_by_being_seen: bool = False
    climbs_as_high: bool = False

    @property
    def is_evaluated(self) -> bool:
        """Whether every record is judged by it."""
        return bool(self.guidance)

    @property
    def is_overridable(self) -> bool:
        """Whether an authorising inspector may go past it with a reason."""
        return self.barrier is Override.WHO_AUTHORISES
