"""Calendars of other systems: their zones, titles and encodings, and what stands in the way."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from officers.files.ical import read_calendar
from officers.models import Shift
from officers.rules.roles import Role
from officers.services.rota_import import Form, import_rota
from officers.services.shifts import take_out_shift
from tests.conftest import Unit
from tests.factories.officers import on_shift
from tests.moments import NOW, london
from tests.officers.calendars import HOUR, LONDON, NIGHT, read, refusals, starts
from tests.rota_text import calendar_of, event, zone


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
