"""Calendars read into the rota of a BCU by its inspector, and what became of them."""

from datetime import datetime, timedelta

import pytest

from core.errors import Invalid
from core.london import LONDON as PLACE
from officers.models import Officer, Shift
from officers.services.rota_import import Form, Imported, import_rota
from tests.conftest import Unit
from tests.moments import NOW
from tests.rota_text import calendar_of

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
