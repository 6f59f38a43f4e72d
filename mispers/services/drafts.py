"""Reports being written: started, saved as they are typed, logged once."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from core.errors import Invalid, NotVisible
from core.forms.reading import read_day
from core.london import in_london
from mispers.errors import AlreadyLogged
from mispers.models import ReportDraft
from mispers.rules.reports import MissingReport
from mispers.services.intake import Logged, log_report
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission

MOST_CHOSEN = 20
MOMENTS = ("last_seen_at", "reported_at")
_SPOKEN = frozenset({"today", "yesterday", "tomorrow"})

Typed = dict[str, list[str]]


def start_draft(
    *, by: Officer, now: datetime, typed: Mapping[str, list[str]] | None = None
) -> ReportDraft:
    """A new report; typed: what it begins with. Raises NotPermitted for who may not log one."""
    check_may(by, Permission.LOG_REPORT, now)
    return ReportDraft.objects.create(
        officer=by, started_at=now, saved_at=now, data=_settled(typed or {}, now)
    )


def save_draft(
    pk: uuid.UUID, *, changes: Mapping[str, list[str]], by: Officer, now: datetime
) -> ReportDraft:
    """Keep what was typed, right or wrong, beside what was typed before.

    Words such as "now" and "today" are kept as the moment they meant when they were typed.
    """
    with _open_draft(pk, by) as draft:
        draft.data = _settled({**draft.data, **changes}, now)
        draft.saved_at = now
        draft.save(update_fields=["data", "saved_at"])
    return draft


def choose_earlier(
    pk: uuid.UUID, *, reference: str, chosen: bool, by: Officer, now: datetime
) -> ReportDraft:
    """Mark an earlier incident as the same person's, or take the mark away."""
    with _open_draft(pk, by) as draft:
        others = [each for each in draft.data.get("previous", []) if each != reference]
        if chosen and len(others) >= MOST_CHOSEN:
            raise Invalid.field("previous", "too_many", f"Link at most {MOST_CHOSEN} incidents.")
        draft.data["previous"] = [*others, reference] if chosen else others
        draft.saved_at = now
        draft.save(update_fields=["data", "saved_at"])
    return draft


def log_draft(pk: uuid.UUID, *, report: MissingReport, by: Officer, now: datetime) -> Logged:
    """Log the report; pressed again, it gives the incident that the first press made.

    The draft's words are dropped: they are the incident's.
    """
    with transaction.atomic():
        draft = _locked(pk, by)
        if draft.incident is not None:
            return Logged(draft.incident, created=False)
        logged = log_report(report, by=by, now=now)
        draft.incident, draft.data, draft.saved_at = logged.incident, {}, now
        draft.save(update_fields=["incident", "data", "saved_at"])
    return logged


def discard_draft(pk: uuid.UUID, *, by: Officer) -> None:
    """Throw a report away that was never logged."""
    with _open_draft(pk, by) as draft:
        draft.delete()


@contextmanager
def _open_draft(pk: uuid.UUID, by: Officer) -> Iterator[ReportDraft]:
    with transaction.atomic():
        draft = _locked(pk, by)
        if draft.incident is not None:
            raise AlreadyLogged(f"This report has been logged as {draft.incident.reference}.")
        yield draft


def _locked(pk: uuid.UUID, by: Officer) -> ReportDraft:
    """The officer's own draft under a row lock; somebody else's is as if it did not exist."""
    # Without its incident: a joined row is as old as the query, though the draft under lock is new.
    draft = ReportDraft.objects.select_for_update().filter(pk=pk, officer=by).first()
    if draft is None:
        raise NotVisible
    return draft


def _settled(data: Mapping[str, list[str]], now: datetime) -> Typed:
    """The words with every "now" and "today" in them written out."""
    settled = dict(data)
    local = in_london(now)
    for name in MOMENTS:
        boxes = {part: _only(data.get(f"{name}_{part}")) for part in ("day", "time")}
        if "now" in boxes.values():
            settled[f"{name}_day"] = [local.strftime("%d/%m/%Y")]
            settled[f"{name}_time"] = [local.strftime("%H:%M")]
        elif boxes["day"] in _SPOKEN:
            day = read_day(boxes["day"], today=local.date())
            settled[f"{name}_day"] = [day.strftime("%d/%m/%Y")]
    return settled


def _only(values: list[str] | None) -> str:
    return values[0].strip().lower() if values else ""
