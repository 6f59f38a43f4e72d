"""What stands in the way of a stage change, as every app gives it and every page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Barrier:
    """One thing that is missing before a record may go on.

    code: the protocol's code, such as END-1. source: where the rule comes from.
    lift_who and lift_where: who can remove it, and the path of the page where they do.
    overridable: whether an authorising inspector may go past it with a reason.
    """

    code: str
    message: str
    source: str
    lift_who: str
    lift_where: str
    overridable: bool
