"""The one place that reads the time.

Rules take `now` as an argument; only views, API views, tasks and commands ask this module for it.
"""

from datetime import UTC, datetime, timedelta


class _Hand:
    """Where the clock has been set to, if it has."""

    set_to: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, or the moment the clock has been set to."""
    return _Hand.set_to if _Hand.set_to is not None else datetime.now(UTC)


def set_to(moment: datetime) -> None:
    """Stand still at `moment` (aware) until moved or released. For replays and demo data."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware datetime.")
    _Hand.set_to = moment.astimezone(UTC)


def advance(by: timedelta) -> datetime:
    """Move a clock that has been set, and return where it stands."""
    if _Hand.set_to is None:
        raise RuntimeError("The clock runs by itself: set it before moving it.")
    set_to(_Hand.set_to + by)
    return now()


def release() -> None:
    """Follow the machine's clock again."""
    _Hand.set_to = None
