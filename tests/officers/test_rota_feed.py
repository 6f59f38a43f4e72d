"""The rota as a calendar and a table: one name for life, and what is written is read again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from core.london import end_of, start_of
from officers.models import Officer, Shift
from officers.rules.turns import ROTA_ROLES, Turn, turn_of_duty
from officers.services.absences import end_absence, record_absence
from officers.services.rota_import import Form, import_rota
from officers.services.shifts import change_shift, cover_shift, take_out_shift
from officers.services.swaps import accept_swap, offer_swap
from tests.conftest import Unit
from tests.factories.officers import on_shift
from tests.moments import NOW, london

SignIn = Callable[[Officer], Browser]
FEEDS = ("/rota/CN/calendar/", "/rota/mine/calendar/")


@pytest.fixture
def feed(cn: Unit, now: datetime, browser_as: SignIn) -> Callable[..., dict[str, Any]]:
    """What a calendar says of its events, by UID."""

    def read(who: Officer, address: str = FEEDS[0]) -> dict[str, Any]:
        calendar = Calendar.from_ical(browser_as(who).get(address).content)
        events = list(calendar.walk("VEVENT"))
        found = {str(event["UID"]): event for event in events}
        assert len(found) == len(events)
        return found

    return read


def of(events: dict[str, Any], shift: Shift) -> Any:
    return events[f"shift-{shift.pk}@mispers"]


def said(event: Any) -> tuple[str, int, str]:
    start = event.decoded("DTSTART")
    return str(event["STATUS"]), int(event["SEQUENCE"]), f"{start:%d %H:%M}"


def test_a_shift_keeps_its_name_through_every_change_and_is_cancelled_when_taken_out(
    cn: Unit, feed: Callable[..., dict[str, Any]]
) -> None:
    officer, other = cn.another(), cn.another()
    first = on_shift(officer, london("2026-07-20 07:00"), london("2026-07-20 15:00"))
    assert said(of(feed(officer), first)) == ("CONFIRMED", 0, "20 06:00")
    later = change_shift(
        shift=first.pk, role="frontline", officer=officer, by=cn.inspector, now=NOW,
        starts_at=first.starts_at + timedelta(hours=1), ends_at=first.ends_at,
    )  # fmt: skip
    for address in FEEDS:
        assert said(of(feed(officer, address), first)) == ("CONFIRMED", 2, "20 07:00")
    swap = offer_swap(shift=later.pk, to=other, in_return=None, by=officer, now=NOW)
    accept_swap(swap=swap.pk, by=other, now=NOW)
    # The rota goes on with whoever has it now; for whoever had it, it is cancelled.
    assert said(of(feed(officer), first)) == ("CONFIRMED", 4, "20 07:00")
    assert of(feed(officer), first)["ATTENDEE"] == f"mailto:{other.email}"
    assert said(of(feed(other, FEEDS[1]), first)) == ("CONFIRMED", 4, "20 07:00")
    assert said(of(feed(officer, FEEDS[1]), first)) == ("CANCELLED", 3, "20 07:00")
    now_theirs = Shift.objects.get(officer=other)
    take_out_shift(shift=now_theirs.pk, by=cn.inspector, now=NOW)
    for address in FEEDS:
        assert said(of(feed(other, address), first)) == ("CANCELLED", 5, "20 07:00")


def test_an_absence_leaves_the_name_with_what_still_stands_and_back_again(
    cn: Unit, feed: Callable[..., dict[str, Any]]
) -> None:
    officer = cn.another()
    cut = on_shift(officer, london("2026-07-20 07:00"), london("2026-07-20 15:00"))
    whole = on_shift(officer, london("2026-07-21 07:00"), london("2026-07-21 15:00"))
    away = record_absence(
        officer=officer, kind="leave", by=cn.inspector, now=NOW,
        starts_at=london("2026-07-20 10:00"), ends_at=london("2026-07-22 00:00"),
    )  # fmt: skip
    events = feed(officer, FEEDS[1])
    assert said(of(events, cut)) == ("CONFIRMED", 2, "20 06:00")
    assert of(events, cut).decoded("DTEND") == london("2026-07-20 10:00")
    assert said(of(events, whole)) == ("CANCELLED", 1, "21 06:00")
    assert len(events) == 2
    end_absence(absence=away.pk, by=cn.inspector, now=NOW)
    assert said(of(feed(officer, FEEDS[1]), whole)) == ("CONFIRMED", 2, "21 06:00")


def test_cover_is_another_shift_with_a_name_of_its_own(
    cn: Unit, feed: Callable[..., dict[str, Any]]
) -> None:
    officer, other = cn.another(), cn.another()
    shift = on_shift(officer, london("2026-07-20 07:00"), london("2026-07-20 15:00"))
    take_out_shift(shift=shift.pk, by=cn.inspector, now=NOW)
    cover = cover_shift(shift=shift.pk, officer=other, by=cn.inspector, now=NOW)
    events = feed(officer)
    assert said(of(events, shift)) == ("CANCELLED", 1, "20 06:00")
    assert said(of(events, cover)) == ("CONFIRMED", 0, "20 06:00")


@pytest.mark.parametrize("number", [1, 10, 50])
def test_a_calendar_costs_as_many_queries_for_any_number_of_changed_shifts(
    cn: Unit, now: datetime, browser_as: SignIn, django_assert_num_queries: Any, number: int
) -> None:
    for n in range(number):
        start = london("2026-07-20 07:00") + timedelta(days=n % 30, hours=n // 30 * 8)
        shift = on_shift(cn.another(), start, start + timedelta(hours=8))
        change_shift(
            shift=shift.pk, role="frontline", officer=shift.officer, by=cn.inspector, now=NOW,
            starts_at=start + timedelta(hours=1), ends_at=shift.ends_at,
        )  # fmt: skip
    browser = browser_as(cn.inspector)
    browser.get(FEEDS[0])
    with django_assert_num_queries(6):
        assert browser.get(FEEDS[0]).content.count(b"CONFIRMED") == number + len(ROTA_ROLES)


def test_a_file_costs_as_many_queries_for_any_number_of_lines(cn: Unit) -> None:
    officers = [cn.another() for _ in range(62)]
    costs = []
    # The first of all begins the trail of the rota, and is not counted.
    for first, last in ((0, 1), (1, 2), (2, 12), (12, 62)):
        lines = "\n".join(
            f"{each.username},frontline,2026-07-20 07:00,2026-07-20 15:00"
            for each in officers[first:last]
        )
        content = f"officer,role,starts_at,ends_at\n{lines}".encode()
        with CaptureQueriesContext(connection) as queries:
            done = import_rota(bcu="CN", content=content, by=cn.inspector, now=NOW)
        assert done.added == last - first
        costs.append(len(queries))
    assert len(set(costs[1:])) == 1
    assert costs[1] < 15


# Both nights on which the clocks change lie ahead: a turn is by the clock on the wall.
DAYS = st.sampled_from(
    [date(2026, 10, 23) + timedelta(days=n) for n in range(4)]
    + [date(2027, 3, 26) + timedelta(days=n) for n in range(4)]
)
# Who, as what, on which day; one of the turns, or from midnight to midnight.
PLANNED = st.tuples(
    st.integers(0, 3), st.sampled_from(list(ROTA_ROLES)), DAYS, st.sampled_from([*Turn, None])
)
# What a spreadsheet would run, or part; and all of them share an address.
NAMES = ("=one", "'-two", "+44", "d,4;e")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def put_on_rota(people: list[Officer], planned: list[Any]) -> list[Shift]:
    for who, role, day, turn in planned:
        starts, ends = start_of(day), end_of(day)
        if turn:
            duty = turn_of_duty(day, turn)
            starts, ends = duty.starts_at, duty.ends_at
        there = Shift.objects.filter(officer=people[who], role=role)
        if not there.filter(starts_at__lt=ends, ends_at__gt=starts).exists():
            on_shift(people[who], starts, ends, role)
    return list(Shift.objects.filter(officer__in=people).order_by("starts_at", "pk"))


def standing(people: list[Officer], now: datetime) -> set[tuple[Any, ...]]:
    """What a download has of the rota, to the second."""
    found = Shift.objects.filter(
        officer__in=people, ends_at__gt=now, starts_at__lt=now + timedelta(days=59)
    )
    return {
        (
            each.officer_id,
            each.role,
            *(m.replace(microsecond=0) for m in (each.starts_at, each.ends_at)),
        )
        for each in found
    }


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(planned=st.lists(PLANNED, min_size=1, max_size=7), cut=st.integers(0, 3))
def test_what_a_rota_writes_adds_nothing_to_it_and_makes_it_again(
    cn: Unit,
    clock_at: Callable[[datetime], datetime],
    browser_as: SignIn,
    planned: list[Any],
    cut: int,
) -> None:
    with undone():
        people = [cn.another(username=name, email="shared@example.test") for name in NAMES]
        nothing_yet = transaction.savepoint()
        shifts = put_on_rota(people, planned)
        now = clock_at(shifts[0].starts_at - timedelta(hours=1))
        if cut:
            # It has begun; the rest is taken out, at a second and a fraction of it.
            moment = clock_at(
                shifts[0].starts_at + timedelta(minutes=cut, seconds=7, microseconds=9)
            )
            take_out_shift(shift=shifts[0].pk, by=cn.inspector, now=moment)
            now = clock_at(moment - timedelta(minutes=1))
        expected = standing(people, now)
        browser = browser_as(people[0])
        files = {
            Form.CSV: browser.get("/rota/CN/table/").content,
            Form.ICALENDAR: browser.get("/rota/CN/calendar/").content,
        }
        for form, content in files.items():
            done = import_rota(bcu="CN", content=content, form=form, by=cn.superintendent, now=now)
            assert (done.added, standing(people, now)) == (0, expected)
            assert all("cancelled" in each.reason for each in done.not_taken)
        transaction.savepoint_rollback(nothing_yet)
        assert not standing(people, now)
        for form, content in files.items():
            with undone():
                done = import_rota(
                    bcu="CN", content=content, form=form, by=cn.superintendent, now=now
                )
                assert standing(people, now) == expected
