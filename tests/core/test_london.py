"""London's clock and calendar: on the nights when the clocks change, and known in one place."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from core.london import day_of, end_of, in_london, moment_at, moments_at, start_of

HOUSE = Path(__file__).parents[2]
APPS = ("core", "officers", "mispers", "riskassessment", "ownership", "assurance", "config", "demo")
# Where the zone itself is the answer: in files that name zones, and in SQL.
NAME_ZONES = {"core/london.py", "officers/files/zones.py", "riskassessment/figures/cohort.py"}
ZONE = re.compile(
    r"ZoneInfo|Europe/London|astimezone\(LONDON|, LONDON\)|tzinfo=LONDON"
    r"|localdate|localtime|get_current_timezone|get_default_timezone|make_aware"
)


def utc(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        (utc(18, 7, 23, 30), date(2026, 7, 19), "00:30 BST"),
        (utc(18, 1, 23, 30), date(2026, 1, 18), "23:30 GMT"),
        (utc(25, 10, 0, 30), date(2026, 10, 25), "01:30 BST"),
        (utc(25, 10, 1, 30), date(2026, 10, 25), "01:30 GMT"),
    ],
)
def test_a_moment_has_londons_day_and_clock(moment: datetime, day: date, shown: str) -> None:
    assert day_of(moment) == day
    assert f"{in_london(moment):%H:%M %Z}" == shown


@pytest.mark.parametrize(
    "moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_have_a_day(moment: datetime) -> None:
    assert day_of(moment) == moment.date()


@pytest.mark.parametrize(
    ("day", "shown", "moments"),
    [
        (date(2026, 7, 18), time(2, 14), (utc(18, 7, 1, 14),)),
        (date(2026, 10, 25), time(1, 30), (utc(25, 10, 0, 30), utc(25, 10, 1, 30))),
        (date(2026, 3, 29), time(1, 30), ()),
    ],
    ids=["a usual day", "the clocks go back", "the clocks go forward"],
)
def test_a_time_on_the_clock_is_one_moment_or_two_or_none(
    day: date, shown: time, moments: tuple[datetime, ...]
) -> None:
    assert moments_at(day, shown) == moments
    if moments:
        assert moment_at(day, shown) == moments[0]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 7, 18), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_a_day_lasts_as_long_as_its_clocks_say(day: date, hours: int) -> None:
    assert end_of(day) - start_of(day) == timedelta(hours=hours)


def test_nothing_else_knows_the_zone() -> None:
    assert ZONE.search("local = now.astimezone(LONDON)"), "the control: such a line is found"
    found = [
        f"{path.relative_to(HOUSE)}: {line.strip()}"
        for app in APPS
        for path in sorted((HOUSE / app).rglob("*.py"))
        if str(path.relative_to(HOUSE)) not in NAME_ZONES
        for line in path.read_text(encoding="utf-8").splitlines()
        if ZONE.search(line)
    ]
    assert found == []
