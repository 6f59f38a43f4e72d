"""Calendars of other systems: series, moved and cancelled events, and rules that never come."""

from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from officers.files.series import Budget, Unreadable, walk
from tests.conftest import Unit
from tests.officers.calendars import LONDON, NIGHT, read, refusals, starts
from tests.rota_text import calendar_of, event, zone


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        # 22:00 in UTC is 23:00 in London, and the last night is the one at that hour.
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260815T220000Z"], "01 08 15"),
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260815T215959Z"], "01 08"),
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260815T230000"], "01 08 15"),
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260815"], "01 08 15"),
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260814"], "01 08"),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260808T220000Z"], "01 15"),
        (["RRULE:FREQ=WEEKLY;COUNT=3", f"EXDATE;{LONDON}:20260808T230000"], "01 15"),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20260808,20260815"], "01"),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260808T230000Z"], "01 08 15"),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20260812T220000Z"], "01 08 12"),
        (["RRULE:FREQ=DAILY;INTERVAL=4;COUNT=3;BYHOUR=23;BYMINUTE=0;BYSECOND=0"], "01 05 09"),
        (["RRULE:FREQ=MONTHLY;BYDAY=1SA;UNTIL=20260901T000000Z"], "01"),
    ],
)
def test_no_night_of_a_series_is_lost_or_added(cn: Unit, lines: list[str], kept: str) -> None:
    officer = cn.another()
    done = read(cn, zone("GMT Standard Time"), event(officer.email, *NIGHT, *lines))
    assert not done.not_taken
    assert starts(officer) == [f"{day} Aug 23:00" for day in kept.split()]


def test_a_moved_night_is_taken_where_it_was_moved_to(cn: Unit) -> None:
    officer = cn.another()
    series = event(officer.email, "UID:a", *NIGHT, "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event(
        officer.email, "UID:a", "DTSTART:20260809T220000Z", "DTEND:20260810T060000Z",
        "RECURRENCE-ID:20260808T220000Z",
    )  # fmt: skip
    done = read(cn, series, moved)
    assert starts(officer) == ["01 Aug 23:00", "09 Aug 23:00", "15 Aug 23:00"]
    assert (done.added, done.not_taken) == (3, ())


@pytest.mark.parametrize("alone", [True, False])
def test_a_night_moved_after_it_was_read_in_is_named_and_stays_until_somebody_takes_it_out(
    cn: Unit, *, alone: bool
) -> None:
    officer = cn.another()
    series = event(officer.email, "UID:a", *NIGHT, "RRULE:FREQ=WEEKLY;COUNT=3")
    read(cn, series)
    moved = event(
        officer.email, "UID:a", "SEQUENCE:1", "DTSTART:20260809T220000Z", "DTEND:20260810T060000Z",
        "RECURRENCE-ID:20260808T220000Z",
    )  # fmt: skip
    done = read(cn, *([] if alone else [series]), moved)
    assert done.added == 1
    (left,) = done.not_taken
    assert "changed by itself" in left.reason
    assert "is on the rota for it; take that out there" in left.reason
    assert left.when == "Sat 8 Aug 2026, 23:00 BST"


@pytest.mark.parametrize(
    ("before", "lines", "attendee", "reason"),
    [
        ([], ["STATUS:CANCELLED"], "", "it is cancelled in the file"),
        (["METHOD:CANCEL"], [], "", "it is cancelled in the file"),
        ([], ["STATUS:TENTATIVE"], "", "it is only tentative in the file"),
        ([], [], ";PARTSTAT=DECLINED", "they declined it"),
        ([], [], ";ROLE=NON-PARTICIPANT", "they are only told of it"),
    ],
)
def test_what_does_not_take_place_is_named_and_the_rest_is_taken(
    cn: Unit, before: list[str], lines: list[str], attendee: str, reason: str
) -> None:
    officer, other = cn.another(), cn.another()
    text = event(officer.email, *NIGHT, *lines).replace("ATTENDEE:", f"ATTENDEE{attendee}:")
    others = event(other.email, *NIGHT)
    done = read(cn, *before, text, *([] if before else [others]))
    assert done.added == (0 if before else 1)
    (left,) = done.not_taken
    assert (left.reason, left.when) == (reason, "Sat 1 Aug 2026, 23:00 BST")
    assert not left.is_wrong
    assert not starts(officer)


def test_a_cancelled_event_that_is_on_the_rota_says_that_it_was_not_applied(cn: Unit) -> None:
    officer = cn.another()
    read(cn, event(officer.email, "UID:a", *NIGHT))
    done = read(cn, event(officer.email, "UID:a", "SEQUENCE:2", "STATUS:CANCELLED", *NIGHT))
    (left,) = done.not_taken
    assert left.reason == (
        f"it is cancelled in the file: {officer} is on the rota for it; take that out there"
    )
    assert starts(officer) == ["01 Aug 23:00"]


def test_a_file_that_says_both_is_told_so(cn: Unit) -> None:
    who = cn.another()
    off = event(who.email, "STATUS:CANCELLED", *NIGHT)
    told = refusals(cn, event(who.email, *NIGHT), off, event("nobody@example.test", *NIGHT))
    assert f"another line of the file has {who} on duty then" in told[0]


def test_of_two_versions_of_an_event_the_later_counts(cn: Unit) -> None:
    officer = cn.another()
    later = ("UID:a", "SEQUENCE:3", "DTSTART:20260803T060000Z", "DURATION:PT8H")
    done = read(
        cn, event(officer.email, *later), event(officer.email, "UID:a", "SEQUENCE:2", *NIGHT)
    )
    assert starts(officer) == ["03 Aug 07:00"]
    assert [str(each) for each in done.not_taken] == [
        "Line 12: a later version of it is at line 4 (“01 Aug 2026, 23:00”)"
    ]


def test_an_endless_series_is_taken_as_far_as_a_file_may_plan_and_the_rest_is_named(
    cn: Unit,
) -> None:
    officer = cn.another()
    done = read(cn, event(officer.email, *NIGHT, "RRULE:FREQ=WEEKLY;BYDAY=SA"))
    assert done.added == 51
    (left,) = done.not_taken
    assert left.reason == "it goes on after 19 Jul 2027: give the rest in a later file"
    assert left.when == "Sat 24 Jul 2027, 23:00 BST"


def test_what_is_over_and_what_is_too_far_ahead_is_named_with_its_dates(cn: Unit) -> None:
    officer = cn.another()
    done = read(
        cn,
        event(
            officer.email, "DTSTART:20260703T060000Z", "DURATION:PT8H", "RRULE:FREQ=WEEKLY;COUNT=4"
        ),
        event(officer.email, "DTSTART:20280703T060000Z", "DURATION:PT8H"),
    )
    assert done.added == 1
    assert [(each.line, each.shifts, each.when) for each in done.not_taken] == [
        (4, 3, "3 shifts, Fri 3 Jul 2026, 07:00 BST to Fri 17 Jul 2026, 07:00 BST"),
        (11, 1, "Mon 3 Jul 2028, 07:00 BST"),
    ]
    assert "over already" in done.not_taken[0].reason
    assert "as far as a file may plan" in done.not_taken[1].reason


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["RRULE:FREQ=WEEKLY;UNTIL=20210721T220000Z;BYDAY=SA"], "ends on 21 Jul 2021, before"),
        (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], "gives no day as far as the rota reaches"),
        (["RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO"], "gives no day"),
        (["RRULE:FREQ=DAILY;INTERVAL=99999999999"], "rule of repetition cannot be read"),
        (["RRULE:FREQ=DAILY;INTERVAL=0"], "rule of repetition cannot be read"),
        (["RRULE:FREQ=WEEKLY;BYDAY=XX"], "cannot be read"),
        (["RRULE:FREQ=DAILY;BYHOUR=1,2,3"], "more often than once a day"),
        (["RRULE:FREQ=HOURLY"], "more often than once a day"),
        (["RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"], "more than one rule"),
        (["DTSTART:20260803T070000Z"], "more than one DTSTART"),
        (["RRULE:FREQ=YEARLY;BYMONTHDAY=" + ",".join(["1"] * 200)], "too long"),
        (["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Nowhere/Else:20260802T230000"], "no time zone"),
    ],
)
def test_a_rule_that_gives_nothing_or_cannot_be_read_is_named(
    cn: Unit, lines: list[str], reason: str
) -> None:
    (told,) = refusals(cn, event(cn.another().email, *NIGHT, *lines))
    assert told.startswith("Line 4: ")
    assert reason in told
    assert "01 Aug 2026" in told or "more than one DTSTART" in told


def test_a_file_full_of_days_that_never_come_is_refused_when_its_steps_are_spent(cn: Unit) -> None:
    who = cn.another().email
    never = event(who, "DTSTART:20170801T220000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY;BYMONTH=13")
    rule = event(
        who, "DTSTART:20170801T220000Z", "DURATION:PT8H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    )
    assert len(calendar_of(*[rule] * 100)) < 20_000
    (told,) = refusals(cn, *[rule] * 100)
    assert "repeat over too long a time" in told
    assert refusals(cn, *[never] * 10)


class CountedStep(int):
    """An interval that only counts how often the library adds it, and gives up at 20,000."""

    taken = 0

    def __radd__(self, other: int) -> int:
        CountedStep.taken += 1
        if CountedStep.taken > 20_000:
            raise StopAsyncIteration
        return int(self) + other


def test_a_walk_ends_where_the_rota_ends_and_the_library_alone_would_go_on() -> None:
    never = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    first = datetime(2026, 8, 1, 23)  # noqa: DTZ001  # on the wall
    budget = Budget()
    with pytest.raises(Unreadable):
        walk(never, first, until=None, last=first + timedelta(days=365), budget=budget)
    assert 365 <= Budget().steps - budget.steps <= 368
    # The control: the same rule, walked by the library with nothing that stops it.
    with pytest.raises(StopAsyncIteration):
        next(iter(rrulestr(never, dtstart=first).replace(interval=CountedStep(1))))
