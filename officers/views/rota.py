"""The rota to read: who is on duty now, a BCU's week, the same to download."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core import clock
from core.errors import NotVisible
from core.london import day_of, in_london, start_of
from core.pages.form_page import csv_file
from officers.files import feed
from officers.files.rota_csv import BCU as BCU_COLUMN
from officers.files.rota_csv import COLUMNS
from officers.models import BCU, Officer, Shift
from officers.permissions import may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.rules.turns import ROTA_ROLES
from officers.selectors.calendar import Entry, entries_of_bcu, entries_of_officer
from officers.selectors.gaps import AHEAD as GAPS_AHEAD
from officers.selectors.gaps import gaps_ahead
from officers.selectors.rota import on_duty_everywhere, turns_ahead
from officers.selectors.shifts import (
    links_of,
    shift_in_sight,
    shifts_seen_by,
    to_cover,
    week_of,
)

DAYS_TO_DOWNLOAD = 60
MOST_GAPS = 20
MOST_YEARS = 5
_WEEK = timedelta(days=7)


@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """On duty now in every BCU; the next 48 hours of one, and its gaps of the next 14 days."""
    officer, now = signed_in(request), clock.now()
    everywhere = on_duty_everywhere(now)
    codes = {each.bcu.pk: each.bcu for each in everywhere}
    chosen = codes.get(request.GET.get("bcu", officer.bcu_id), officer.bcu)
    gaps = gaps_ahead([chosen.pk], now, now + GAPS_AHEAD)
    return render(
        request,
        "officers/rota.html",
        {
            "bcu": chosen,
            "roles": [role.label for role in ROTA_ROLES],
            "everywhere": everywhere,
            "turns": turns_ahead(chosen.pk, now),
            "gaps": gaps[:MOST_GAPS],
            "more_gaps": max(0, len(gaps) - MOST_GAPS),
            "to_cover": to_cover(now, bcu=chosen.pk),
            "may_edit": may_edit(officer, chosen.pk, now),
        },
    )


@require_GET
def week(request: HttpRequest, bcu: str) -> HttpResponse:
    """A week of a BCU's rota; on a phone the chosen day of it."""
    officer, now = signed_in(request), clock.now()
    unit = bcu_or_not_visible(bcu)
    chosen = _day(request, now)
    monday = chosen - timedelta(days=chosen.weekday())
    days = week_of(unit.pk, monday, now)
    return render(
        request,
        "officers/week.html",
        {
            "bcu": unit,
            "days": days,
            "chosen": chosen,
            "roles": [role.label for role in ROTA_ROLES],
            "earlier": monday - _WEEK,
            "later": monday + _WEEK,
            "today": day_of(now),
            "may_edit": may_edit(officer, unit.pk, now),
        },
    )


@require_GET
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """One shift, what was there before it, and what can be done with it."""
    officer, now = signed_in(request), clock.now()
    found = shift_in_sight(officer, pk)
    stands = found.taken_out_at is None and found.ends_at > now
    editing = may_edit(officer, found.bcu_id, now)
    return render(
        request,
        "officers/shift.html",
        {
            "shift": found,
            **links_of(found),
            "may_edit": editing and stands,
            "may_swap": stands and found.officer_id == officer.pk and found.starts_at > now,
            "may_cover": to_cover(now).filter(pk=found.pk).exists()
            and (editing or (officer.bcu_id == found.bcu_id and officer.role == found.role)),
        },
    )


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The officer's own shifts as a calendar to put on a phone."""
    officer, now = signed_in(request), clock.now()
    entries = entries_of_officer(officer, now)
    return _calendar(entries, f"Duty of {officer}", "my-shifts", now)


@require_GET
def calendar(request: HttpRequest, bcu: str) -> HttpResponse:
    """The BCU's rota of the next 60 days as a calendar."""
    unit, now = bcu_or_not_visible(bcu), clock.now()
    entries = entries_of_bcu(unit.pk, starts_before=_last_to_download(now), ends_after=now)
    return _calendar(entries, f"Rota of {unit.pk}", f"rota-{unit.pk}", now)


@require_GET
def table(request: HttpRequest, bcu: str) -> HttpResponse:
    """The same as a CSV file, which can be read in again."""
    unit, now = bcu_or_not_visible(bcu), clock.now()
    rows = (
        (each.officer.username, each.role, _with_offset(each.starts_at), _with_offset(each.ends_at),
         unit.pk, each.officer)
        for each in shifts_seen_by(
            signed_in(request), bcu=unit.pk, ends_after=now, starts_before=_last_to_download(now)
        )
    )  # fmt: skip
    return csv_file(f"rota-{unit.pk}-{day_of(now)}", [*COLUMNS, BCU_COLUMN, "name"], rows)


def bcu_or_not_visible(code: str) -> BCU:
    """The BCU. Every officer may read every rota; raises NotVisible for a code of none."""
    found = BCU.objects.filter(pk=code).first()
    if found is None:
        raise NotVisible
    return found


def may_edit(officer: Officer, bcu: str, now: datetime) -> bool:
    """Whether the officer changes this BCU's rota; for buttons."""
    seen = officer.bcus_seen()
    return (seen is None or bcu in seen) and may(officer, Permission.EDIT_ROTA, now, bcu)


def week_url(shift: Shift) -> str:
    """The week in which a shift lies, at its day."""
    return f"{reverse('rota-week', args=[shift.bcu_id])}?day={day_of(shift.starts_at)}"


def _day(request: HttpRequest, now: datetime) -> date:
    try:
        chosen = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return day_of(now)
    # The first and last years of the calendar have no week before or after.
    return chosen if abs(chosen.year - now.year) <= MOST_YEARS else day_of(now)


def _last_to_download(now: datetime) -> datetime:
    return start_of(day_of(now) + timedelta(days=DAYS_TO_DOWNLOAD))


def _calendar(entries: list[Entry], title: str, name: str, now: datetime) -> HttpResponse:
    return HttpResponse(
        feed.written(entries, name=title, now=now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )


def _with_offset(moment: datetime) -> str:
    """London's time with its offset, so that the hour that comes twice is told apart.

    A shift that was cut short ends at a second, which is kept so that it can be read back.
    """
    unit = "seconds" if moment.second else "minutes"
    return in_london(moment).isoformat(timespec=unit)
