"""The one place that reads the time.

Rules take `now` as an argument; only views, API views, tasks and commands ask this module for it.
"""

from datetime import UTC, datetime, timedelta

_set_to: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, or the moment the clock has been set to."""
    return _set_to if _set_to is not None else datetime.now(UTC)


def set_to(moment: datetime) -> None:
    """Stand still at `moment` (aware) until moved or released. For replays and demo data."""
    global _set_to
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware datetime.")
    _set_to = moment.astimezone(UTC)


def advance(by: timedelta) -> datetime:
    """Move a clock that has been set, and return where it stands."""
    if _set_to is None:
        raise RuntimeError("The clock runs by itself: set it before moving it.")
    set_to(_set_to + by)
    return now()


def release() -> None:
    """Follow the machine's clock again."""
    global _set_to
    _set_to = None
