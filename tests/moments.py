"""The moment at which most tests begin, and times written as a person in London would."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# A Saturday in summer, 10:00 in London: early turn.
NOW = datetime(2026, 7, 18, 9, 0, tzinfo=UTC)


def london(text: str) -> datetime:
    """A London time such as "2026-07-18 10:00", in UTC."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))
    return local.astimezone(UTC)
