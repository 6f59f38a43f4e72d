"""The rota from a file: whole or not at all, each wrong line named; and out again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from core.errors import Invalid, NotPermitted, NotVisible
from core.models import Event
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.services.absences import record_absence
from officers.services.rota_import import Form, import_rota
from officers.services.shifts import take_out_shift
from tests.conftest import Unit
from tests.factories.officers import on_shift
from tests.moments import NOW, london
from tests.rest import Rest
from tests.rota_text import calendar_of, csv_of, event

SignIn = Callable[[Officer], Browser]
HOUR = timedelta(hours=1)


def complaints(content: bytes, by: Officer, form: str = Form.CSV) -> list[str]:
    with pytest.raises(Invalid) as refused:
        import_rota(bcu="CN", content=content, form=form, by=by, now=NOW)
    assert {error.field for error in refused.value.errors} == {"file"}
    return [error.message for error in refused.value.errors]


def test_a_csv_file_is_put_on_the_rota_whole_and_again_adds_nothing(cn: Unit, ne: Unit) -> None:
    officer = cn.another()
    content = csv_of(
        f"{officer.username},Frontline officer,2026-07-20 07:00,2026-07-20 15:00",
        f"{officer.number},frontline,21/7/2026 0700,21/7/2026 1500",
        "",
        f"{ne.frontline.email},frontline,2026-07-22T07:00:00+01:00,2026-07-22T14:00:00Z",
    )
    done = import_rota(bcu="CN", content=content, by=cn.inspector, now=NOW)
    assert (done.added, done.unchanged) == (3, 0)
    first = Shift.objects.filter(officer=officer).order_by("starts_at")[0]
    assert (first.starts_at, first.ends_at) == (
        london("2026-07-20 07:00"), london("2026-07-20 15:00"),
    )  # fmt: skip
    told = Event.objects.get(kind="rota.imported")
    assert len(told.data["rows"]) == 3
    assert "put 3 shifts from a file on the rota of CN" in told.summary
    # Neither after somebody took one out, nor when part of it is over, does it add anything.
    take_out_shift(shift=first.pk, by=cn.inspector, now=NOW)
    for now in (NOW, NOW + timedelta(days=3)):
        again = import_rota(bcu="CN", content=content, by=cn.inspector, now=now)
        assert (again.added, again.unchanged) == (0, 3)
    assert Event.objects.filter(kind="rota.imported").count() == 1


def test_one_wrong_line_keeps_the_whole_file_out_and_each_is_named(cn: Unit) -> None:
    officer, away = cn.another(), cn.another()
    on_shift(officer, london("2026-07-25 07:00"), london("2026-07-25 15:00"))
    record_absence(
        officer=away, kind="leave", starts_at=NOW, ends_at=NOW + timedelta(days=9),
        by=away, now=NOW,
    )  # fmt: skip
    before = Shift.every.count()
    who = officer.username
    told = complaints(
        csv_of(
            f"{who},frontline,2026-07-20 07:00,2026-07-20 15:00",
            "nobody,frontline,2026-07-20 07:00,2026-07-20 15:00",
            f"{who},detective,2026-07-20 07:00,2026-07-20 15:00",
            f"{who},frontline,2026-07-31 07:00,2026-07-31 07:00",
            f"{who},frontline,2026-02-30 07:00,2026-07-20 15:00",
            f"{who},frontline,2026-07-01 07:00,2026-07-01 15:00",
            f"{who},frontline,2026-07-25 12:00,2026-07-25 18:00",
            f"{who},frontline,2026-07-20 12:00,2026-07-20 18:00",
            f"{away.username},frontline,2026-07-20 07:00,2026-07-20 15:00",
            f"{who},frontline,2026-10-25 01:30,2026-10-25 09:00",
            f"{who},frontline,2027-03-28 01:30,2027-03-28 09:00",
        ),
        cn.inspector,
    )
    assert [message.partition(":")[0] for message in told] == [f"Line {n}" for n in range(3, 13)]
    for words in (
        "no officer “nobody”", "no rota for “detective”", "end must be after", "real date",
        "must end in the future", "on the rota in this role from 07:00 BST on 25 Jul 2026",
        "on the rota in this role from 07:00 BST on 20 Jul 2026", "is away until",
        "this time came twice: add BST (first) or GMT (second)", "there was no such time",
    ):  # fmt: skip
        assert any(words in message for message in told), words
    assert Shift.every.count() == before


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-07-20 07:00:00", "2026-07-20 15:00:00"),
        ("2026-07-20T07:00:00", "2026-07-20T15:00:00.000"),
        ("2026-07-20T06:00:00Z", "2026-07-20T15:00+01"),
        ("20/07/2026 07:00:00", "20/07/2026 15:00"),
        ("Mon 20/07/2026 07:00", "20-Jul-26 15:00"),
        ("20 July 2026 7:00 AM", "Monday, 20 Jul 2026 3:00:00 PM"),
        ("2026/07/20\u00a007:00", "\u200b20.7.2026  1500"),
    ],
)
def test_a_time_is_read_however_a_spreadsheet_wrote_it(cn: Unit, starts: str, ends: str) -> None:
    officer = cn.another()
    content = csv_of(f'{officer.number},frontline,"{starts}","{ends}"')
    import_rota(bcu="CN", content=content, by=cn.inspector, now=NOW)
    shift = Shift.objects.get(officer=officer)
    assert (shift.starts_at, shift.ends_at) == (
        london("2026-07-20 07:00"), london("2026-07-20 15:00"),
    )  # fmt: skip


def test_what_is_over_or_too_far_ahead_is_left_out_and_named(cn: Unit) -> None:
    who = cn.another().username
    content = csv_of(
        f"{who},frontline,2026-07-01 07:00,2026-07-01 15:00",
        "left.since,frontline,2026-07-02 07:00,2026-07-02 15:00",
        f"{who},frontline,2026-07-20 07:00,2026-07-20 15:00",
        f"{who},frontline,2062-07-20 07:00,2062-07-20 15:00",
    )
    done = import_rota(bcu="CN", content=content, by=cn.inspector, now=NOW)
    assert done.added == 1
    assert [(each.line, each.when) for each in done.not_taken] == [
        (2, "Wed 1 Jul 2026, 07:00 BST"),
        (3, "Thu 2 Jul 2026, 07:00 BST"),
        (5, "Thu 20 Jul 2062, 07:00 BST"),
    ]
    told = Event.objects.get(kind="rota.imported").summary
    assert told.endswith(" 3 more in the file were not taken.")


@pytest.mark.parametrize("text", ["0001-01-01T00:00Z", "9999-12-31T23:59-12:00", "1/1/0001 00:00"])
def test_a_time_at_the_end_of_all_calendars_is_refused_or_left_out(cn: Unit, text: str) -> None:
    assert complaints(csv_of(f"{cn.frontline.username},frontline,{text},{text}"), cn.inspector)


def test_a_table_that_says_whose_rota_it_is_goes_on_no_other(cn: Unit, ne: Unit) -> None:
    officer = cn.another()
    content = (
        "officer,role,starts_at,ends_at,bcu\n"
        f"{officer.username},frontline,2026-07-20 07:00,2026-07-20 15:00,CN\n"
    ).encode()
    with pytest.raises(Invalid, match="a shift on the rota of CN"):
        import_rota(bcu="NE", content=content, by=ne.inspector, now=NOW)
    assert import_rota(bcu="CN", content=content, by=cn.inspector, now=NOW).added == 1


def test_the_hour_that_comes_twice_can_be_told_apart(cn: Unit) -> None:
    officer = cn.another()
    line = f"{officer.username},frontline,2026-10-25 01:30 GMT,2026-10-25T09:00:00+00:00"
    import_rota(bcu="CN", content=csv_of(line), by=cn.inspector, now=NOW)
    shift = Shift.objects.get(officer=officer)
    assert shift.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_calendar_keeps_its_hours_on_the_wall_when_the_clocks_change(cn: Unit) -> None:
    officer = cn.another()
    content = calendar_of(
        event(
            officer.email,
            "DTSTART;TZID=Europe/London:20261021T230000",
            "DTEND;TZID=Europe/London:20261022T070000",
            "RRULE:FREQ=DAILY;COUNT=5",
            "EXDATE;TZID=Europe/London:20261022T230000",
        ),
        event(officer.email, "DTSTART:20261101T070000Z", "DURATION:PT8H", role="Frontline officer"),
        event(officer.email, "DTSTART:20261102T070000", "DTEND:20261102T150000"),
        event(officer.email, "STATUS:CANCELLED", "DTSTART:20261109T070000", "DURATION:PT8H"),
    )
    done = import_rota(bcu="CN", content=content, form=Form.ICALENDAR, by=cn.inspector, now=NOW)
    assert done.added == 6
    shifts = Shift.objects.filter(officer=officer).order_by("starts_at")
    assert [(s.ends_at - s.starts_at) // HOUR for s in shifts] == [8, 8, 9, 8, 8, 8]
    again = import_rota(bcu="CN", content=content, form=Form.ICALENDAR, by=cn.inspector, now=NOW)
    assert (again.added, again.unchanged) == (0, 6)


def test_each_wrong_event_of_a_calendar_is_named_by_its_line(cn: Unit) -> None:
    who = cn.another().email
    times = ("DTSTART:20260801T070000", "DTEND:20260801T150000")
    told = complaints(
        calendar_of(
            event("nobody@example.test", *times),
            event(who, *times, role="detective"),
            event(who, "DTSTART;VALUE=DATE:20260801", "DTEND;VALUE=DATE:20260802"),
            event(who, "DTSTART:20260801T070000"),
            event(who, *times, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
            event(who, *times, "RRULE:FREQ=MINUTELY;COUNT=2"),
            event(who, *times, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260801T070000"),
            event(who, "DTSTART:20270328T013000", "DURATION:PT8H"),
        ),
        cn.inspector,
        Form.ICALENDAR,
    )
    assert [message.partition(":")[0] for message in told] == [
        "Line 4", "Line 10", "Line 16", "Line 22", "Line 27", "Line 34", "Line 41", "Line 48",
    ]  # fmt: skip
    assert not Event.objects.filter(kind="rota.imported").exists()


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (Form.CSV, b""),
        (Form.CSV, b"officer,role\nx,y\n"),
        (Form.CSV, b"\xff\xfe\x00"),
        (Form.ICALENDAR, b""),
        (Form.ICALENDAR, b"\xff\xfe"),
        (Form.ICALENDAR, b"officer,role,starts_at,ends_at"),
        (Form.ICALENDAR, b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        (Form.ICALENDAR, b"BEGIN:VEVENT\nBEGIN:VEVENT\nEND:VCALENDAR\n"),
        (Form.ICALENDAR, calendar_of("BEGIN:VEVENT", "DTSTART:yesterday", "END:VEVENT")),
        (Form.ICALENDAR, b"x" * (1024 * 1024 + 1)),
    ],
)  # fmt: skip
def test_a_file_that_is_no_rota_is_refused_with_words(cn: Unit, form: str, content: bytes) -> None:
    assert complaints(content, cn.inspector, form)


def test_who_may_read_a_file_in(cn: Unit, ne: Unit) -> None:
    with pytest.raises(NotPermitted):
        import_rota(bcu="CN", content=csv_of(), by=cn.frontline, now=NOW)
    with pytest.raises(NotVisible):
        import_rota(bcu="CN", content=csv_of(), by=ne.inspector, now=NOW)


def test_what_is_downloaded_can_be_read_in_again(
    cn: Unit, ne: Unit, now: datetime, browser_as: SignIn
) -> None:
    officer = cn.another(username="=cmd", family_name="=Quarles")
    on_shift(officer, london("2026-07-20 23:00"), london("2026-07-21 07:00"))
    browser = browser_as(ne.inspector)
    table = browser.get("/rota/CN/table/").content
    assert b"'=cmd,frontline,2026-07-20T23:00+01:00,2026-07-21T07:00+01:00" in table
    calendar = browser.get("/rota/CN/calendar/").content
    assert b"Frontline officer\\, CN: PC" in calendar
    number = Shift.objects.filter(bcu="CN").count()
    for content, form in ((table, Form.CSV), (calendar, Form.ICALENDAR)):
        done = import_rota(bcu="CN", content=content, form=form, by=cn.inspector, now=NOW)
        assert (done.added, done.unchanged) == (0, number)
    own = browser_as(officer).get("/rota/mine/calendar/")
    assert own["Content-Type"].startswith("text/calendar")
    assert own.content.count(b"BEGIN:VEVENT") == 1


def test_the_page_and_rest_name_the_wrong_lines(
    cn: Unit, now: datetime, browser_as: SignIn, api: Callable[..., Rest]
) -> None:
    officer = cn.another()
    good = csv_of(f"{officer.username},frontline,2026-07-20 07:00,2026-07-20 15:00")
    bad = csv_of("nobody,frontline,2026-07-20 07:00,2026-07-20 15:00")
    browser, rest = browser_as(cn.inspector), api(cn.inspector)
    for content, status, words in ((bad, 422, "Line 2: there is no officer"), (good, 302, "")):
        file = SimpleUploadedFile("rota.csv", content)
        answer = browser.post("/rota/CN/import/", {"form": "csv", "content": file})
        assert answer.status_code == status
        assert words in answer.content.decode()
    body = {"bcu": "CN", "content": bad.decode("utf-8-sig")}
    refused = rest.post("/api/v1/shifts/import/", body)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert (error["field"], error["message"][:7]) == ("content", "Line 2:")
    done = rest.post("/api/v1/shifts/import/", {**body, "content": good.decode("utf-8-sig")})
    assert done.json() == {"added": 0, "unchanged": 1, "not_taken": [], "assumed": []}
    mixed = good.decode("utf-8-sig").replace("07-20", "07-21") + "\n" + bad.decode().split("\n")[1]
    partly = rest.post("/api/v1/shifts/import/", {**body, "content": mixed, "partly": True})
    assert (partly.json()["added"], partly.json()["unchanged"]) == (1, 0)
    assert partly.json()["not_taken"] == [
        {
            "line": 3,
            "reason": "there is no officer “nobody”",
            "shifts": 1,
            "starts_first": "2026-07-20T06:00:00Z",
            "starts_last": "2026-07-20T06:00:00Z",
            "is_wrong": True,
        }
    ]
    assert Shift.objects.filter(officer=officer).count() == 2
    assert {each.role for each in Shift.objects.filter(officer=officer)} == {Role.FRONTLINE}
