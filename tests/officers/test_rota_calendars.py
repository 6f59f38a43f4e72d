"""Calendars of other systems: series, moved and cancelled events, zones, and what is not taken."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from core.london import LONDON as PLACE
from officers.files.ical import read_calendar
from officers.files.series import Budget, Unreadable, walk
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.services.rota_import import Form, Imported, import_rota
from officers.services.shifts import take_out_shift
from tests.conftest import Unit
from tests.factories.officers import on_shift
from tests.moments import NOW, london
from tests.rota_text import calendar_of, event, zone

LONDON = "TZID=GMT Standard Time"
NIGHT = (f"DTSTART;{LONDON}:20260801T230000", f"DTEND;{LONDON}:20260802T070000")
HOUR = timedelta(hours=1)


def read(cn: Unit, *events: str, partly: bool = False, now: datetime = NOW) -> Imported:
    return import_rota(
        bcu="CN", content=calendar_of(*events), form=Form.ICALENDAR, by=cn.inspector, now=now,
        partly=partly,
    )  # fmt: skip


def starts(officer: Officer) -> list[str]:
    """The standing shifts of an officer, by the clock on the wall in London."""
    found = Shift.objects.filter(officer=officer).order_by("starts_at")
    return [shift.starts_at.astimezone(PLACE).strftime("%d %b %H:%M") for shift in found]


def refusals(cn: Unit, *events: str) -> list[str]:
    with pytest.raises(Invalid) as refused:
        read(cn, *events)
    assert not Shift.objects.filter(starts_at__gt=NOW + timedelta(days=1)).exists()
    return [error.message for error in refused.value.errors]


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


@pytest.mark.parametrize(
    "name",
    [
        "Europe/London", "GMT Standard Time", "/softwarestudio.org/Tzfile/Europe/London",
        "(UTC+00:00) Dublin, Edinburgh, Lisbon, London",
    ],
)  # fmt: skip
def test_londons_zone_is_known_by_many_names(cn: Unit, name: str) -> None:
    officer = cn.another()
    times = (f'DTSTART;TZID="{name}":20260801T230000', f'DTEND;TZID="{name}":20260802T070000')
    read(cn, zone(name), event(officer.email, *times))
    assert starts(officer) == ["01 Aug 23:00"]


def test_a_zone_that_does_not_exist_is_refused_and_what_another_file_says_of_it_is_forgotten(
    cn: Unit,
) -> None:
    times = ("DTSTART;TZID=Force Time:20260801T230000", "DTEND;TZID=Force Time:20260802T070000")
    who = cn.another().email
    (told,) = refusals(cn, event(who, *times))
    assert "there is no time zone “Force Time”" in told
    elsewhere = zone("Force Time").replace("+0100", "+0530")
    assert "there is no time zone" in refusals(cn, elsewhere, event(who, *times))[0]
    assert read(cn, zone("Force Time"), event(who, *times)).added == 1
    later = tuple(each.replace("202608", "202609") for each in times)
    with pytest.raises(Invalid, match="there is no time zone “Force Time”"):
        read(cn, event(who, *later))


def test_times_of_another_zone_are_the_same_instants(cn: Unit) -> None:
    officer = cn.another()
    read(
        cn,
        event(officer.email, "DTSTART;TZID=Europe/Paris:20260802T000000", "DTEND:20260802T060000Z"),
    )
    shift = Shift.objects.get(officer=officer)
    assert (shift.starts_at, shift.ends_at) == (
        london("2026-08-01 23:00"), london("2026-08-02 07:00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "hours"), [("20261024", 25), ("20261025", 24), ("20270327", 23), ("20270328", 24)]
)
def test_from_seven_to_seven_is_a_day_also_when_the_clocks_change(
    cn: Unit, first: str, hours: int
) -> None:
    officer = cn.another()
    last = (datetime.fromisoformat(first) + timedelta(days=1)).strftime("%Y%m%d")
    read(
        cn,
        event(officer.email, f"DTSTART;{LONDON}:{first}T070000", f"DTEND;{LONDON}:{last}T070000"),
    )
    shift = Shift.objects.get(officer=officer)
    assert (shift.ends_at - shift.starts_at) // HOUR == hours


def test_more_than_a_day_by_the_clock_on_the_wall_is_too_long(cn: Unit) -> None:
    who = cn.another().email
    (told,) = refusals(cn, event(who, "DTSTART:20260801T070000", "DTEND:20260802T070100"))
    assert "at most 24 hours" in told
    # 24 hours and an hour of summer time too many: by the wall it is 25.
    (told,) = refusals(cn, event(who, "DTSTART:20270327T070000", "DTEND:20270328T080000"))
    assert "at most 24 hours" in told


def test_a_series_loses_only_the_time_that_the_clocks_skip(cn: Unit) -> None:
    officer = cn.another()
    text = event(
        officer.email, "DTSTART;TZID=Europe/London:20270327T013000", "DURATION:PT6H",
        "RRULE:FREQ=DAILY;COUNT=3",
    )  # fmt: skip
    done = read(cn, text, partly=True)
    assert done.added == 2
    (left,) = done.not_taken
    assert left.is_wrong
    assert left.reason == "the clocks went forward: there was no 01:30 on 28 Mar 2027"


def test_everybody_invited_is_on_duty_and_a_room_is_nobody(cn: Unit) -> None:
    one, two = cn.another(), cn.another()
    text = event(one.email, f"ATTENDEE;CN=Two:MAILTO:{two.email.upper()}", *NIGHT)
    text = text.replace("DTSTART", "ATTENDEE;CUTYPE=ROOM:mailto:room@example.test\r\nDTSTART", 1)
    assert read(cn, text).added == 2
    assert starts(one) == starts(two) == ["01 Aug 23:00"]


def test_an_officer_may_be_named_in_the_title_and_what_is_read_into_it_is_told(cn: Unit) -> None:
    officer = cn.another(Role.DUTY_INSPECTOR, given_name="Wren", family_name="Ashdown-Vale")
    cn.another(given_name="Una", family_name="Twin")
    cn.another(given_name="Ulf", family_name="Twin")

    def titled(title: str, day: int) -> str:
        return "\r\n".join(
            ["BEGIN:VEVENT", f"SUMMARY:{title}", f"DTSTART:202608{day:02}T060000Z",
             "DURATION:PT8H", "END:VEVENT"]
        )  # fmt: skip

    done = read(
        cn,
        titled(f"EARLY - Insp {officer.number}", 1),
        titled("LATE - Insp W Ashdown-Vale", 2),
        titled("Superintendent: Ashdown-Vale\\, Wren", 3),
        titled("EARLY - PC U Twin", 4),
        titled("Team meeting", 5),
        titled("EARLY - PC Una Twin", 6),
        partly=True,
    )
    shifts = Shift.objects.filter(officer=officer).order_by("starts_at")
    assert [each.role for each in shifts] == ["duty_inspector", "duty_inspector", "superintendent"]
    assert done.added == 4
    assert done.assumed[0] == (
        f"Line 4: taken for {officer}, whom its title names, as Duty inspector, their posting"
    )
    assert done.assumed[2].endswith("as Superintendent, named in its title")
    assert [each.line for each in done.not_taken] == [19, 24]
    assert "names more than one officer of CN" in done.not_taken[0].reason
    assert "“Team meeting” names no officer" in done.not_taken[1].reason


def test_what_is_right_is_taken_beside_what_is_wrong_when_asked_and_every_line_is_named(
    cn: Unit,
) -> None:
    officer = cn.another()
    events = (
        event("nobody@example.test", *NIGHT),
        event(officer.email, *NIGHT),
        event(officer.email, "SUMMARY:Bank holiday", "DTSTART;VALUE=DATE:20260831"),
        event(officer.email, *NIGHT, role="duty_inspector,superintendent"),
    )
    assert len(refusals(cn, *events)) == 3
    done = read(cn, *events, partly=True)
    assert (done.added, [each.line for each in done.not_taken]) == (1, [4, 16, 22])
    assert [each.when for each in done.not_taken] == [
        "Sat 1 Aug 2026, 23:00 BST", "“31 Aug 2026”", "Sat 1 Aug 2026, 23:00 BST",
    ]  # fmt: skip
    # What was taken out since is not put back, and that is said.
    shift = Shift.objects.get(officer=officer)
    take_out_shift(shift=shift.pk, by=cn.inspector, now=NOW)
    again = read(cn, events[1])
    assert (again.added, again.unchanged) == (0, 1)
    assert "does not put it back" in again.not_taken[0].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_calendar_is_read_in_any_encoding_and_folded_anywhere(cn: Unit, encoding: str) -> None:
    officer = cn.another()
    text = calendar_of(event(officer.email, "SUMMARY:Früh", *NIGHT)).decode()
    folded = text.replace("CATEGORIES:front", "CATEGO\r\n RIES:front\r\n\t")
    done = import_rota(
        bcu="CN", content=folded.encode(encoding), form=Form.ICALENDAR, by=cn.inspector, now=NOW
    )
    assert done.added == 1


def test_an_address_that_two_officers_share_names_neither(cn: Unit) -> None:
    one = cn.another()
    cn.another(email=one.email.upper())
    (told,) = refusals(cn, event(one.email, *NIGHT))
    assert "give the user name" in told


def test_too_many_shifts_or_events_are_refused_and_not_counted_on(cn: Unit) -> None:
    invited = [f"ATTENDEE:mailto:someone-{n}@example.test" for n in range(100)]
    (told,) = refusals(cn, event("a@example.test", *NIGHT, "RRULE:FREQ=DAILY", *invited))
    assert told == "Give at most 5,000 shifts"
    (told,) = refusals(cn, *["BEGIN:VEVENT\r\nEND:VEVENT"] * 5001)
    assert told == "Give at most 5,000 events"


def test_what_stands_in_the_way_is_named_with_its_date(cn: Unit) -> None:
    officer = cn.another()
    on_shift(officer, london("2026-08-01 20:00"), london("2026-08-02 02:00"))
    with pytest.raises(Invalid) as refused:
        read(cn, event(officer.email, *NIGHT))
    (told,) = [each.message for each in refused.value.errors]
    assert told.startswith(f"Line 4: {officer} is on the rota in this role from 20:00 BST on 01")
    assert told.endswith("(Sat 1 Aug 2026, 23:00 BST)")


PROPERTIES = st.sampled_from(
    [
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "ATTENDEE",
        "CATEGORIES", "SEQUENCE", "STATUS", "UID", "BEGIN", "END", "SUMMARY", "METHOD",
    ]
)  # fmt: skip
PARAMETERS = st.sampled_from(
    ["", ";TZID=Europe/London", ";TZID=X", ";VALUE=DATE", ";VALUE=PERIOD", ';CN="a:b"', ";=", ";"]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "20260801T220000Z", "20260801", "20260801T230000", "99991231T235959Z",
            "00010101T000000", "PT8H", "P999999999W", "-PT8H", "20260801T220000Z/PT8H",
            "FREQ=DAILY",
            "FREQ=DAILY;COUNT=0", "FREQ=WEEKLY;UNTIL=20260901;BYDAY=SA,SU",
            "FREQ=YEARLY;BYWEEKNO=53",
            "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR", "FREQ=DAILY;INTERVAL=-1", "FREQ=;COUNT=1",
            "mailto:a@b.example", "VEVENT", "VCALENDAR", "VTIMEZONE", "CANCELLED", "a", "1", "",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(st.tuples(PROPERTIES, PARAMETERS, VALUES), max_size=9))
def test_whatever_an_event_says_gives_lines_or_words(lines: list[tuple[str, str, str]]) -> None:
    said = [f"{name}{parameter}:{value}" for name, parameter, value in lines]
    content = calendar_of("BEGIN:VEVENT", *said, "END:VEVENT", event("a@b.example", *NIGHT))
    content = content.decode().encode("utf-8", "replace")
    found = []
    with suppress(Invalid):
        found = list(read_calendar(content, now=NOW, last=NOW + timedelta(days=366)))
    assert all(line.wrong or line.left or line.starts_at for line in found)
    assert not found or found[-1].starts_at == london("2026-08-01 23:00")
