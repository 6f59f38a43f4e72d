"""Opening, meeting, moving and ending deadlines, inside the transaction of the event."""

from collections.abc import Iterable
from datetime import datetime

from core.models import Event
from mispers.models import Incident
from mispers.protocol import Figures, in_force
from officers.models import Officer
from ownership.deadlines.codes import DUES
from ownership.deadlines.rungs import Rung, schedule
from ownership.models import Deadline
from riskassessment.selectors import current_grade

_OPEN = {"met_at__isnull": True, "cancelled_at__isnull": True}


def open_deadlines(incident: Incident, *codes: str, subject: str | None = None) -> list[Deadline]:
    """The incident's open deadlines of these codes, locked by the incident's own lock."""
    found = Deadline.objects.filter(incident=incident, code__in=codes, **_OPEN)
    if subject is not None:
        found = found.filter(subject=subject)
    return list(found)


def set_due(
    incident: Incident,
    code: str,
    *,
    due_at: datetime,
    event: Event,
    subject: str = "",
    title: str = "",
    officer: Officer | None = None,
) -> Deadline:
    """Open a deadline, or move the open one of the same code and subject to this due time."""
    now = event.recorded_at
    deadline = next(iter(open_deadlines(incident, code, subject=subject)), None)
    if deadline is None:
        due = DUES[code]
        deadline = Deadline(
            incident=incident,
            code=code,
            subject=subject,
            title=title or due.title,
            due_from=due.due_from,
            opened_at=now,
            opened_by=event,
        )
    deadline.due_at = due_at
    deadline.officer = officer or deadline.officer
    deadline.next_rung = Rung.BEFORE
    schedule(deadline, current_grade(incident), in_force(now))
    deadline.save()
    return deadline


def name_officer(incident: Incident, code: str, *, subject: str, officer: Officer) -> None:
    """Say that an open deadline is now due from somebody else."""
    for deadline in open_deadlines(incident, code, subject=subject):
        deadline.officer = officer
        deadline.save(update_fields=["officer"])


def bring_forward(incident: Incident, code: str, *, to: datetime) -> None:
    """Make an open deadline due earlier; never later."""
    figures, grade = in_force(to), current_grade(incident)
    for deadline in open_deadlines(incident, code):
        if to < deadline.due_at:
            deadline.due_at = to
            schedule(deadline, grade, figures)
            deadline.save(update_fields=["due_at", "next_rung_at"])


def climb_by_grade(incident: Incident, grade: str, figures: Figures) -> None:
    """Re-time the next rung of every open deadline after a new grade."""
    for deadline in Deadline.objects.filter(incident=incident, **_OPEN):
        schedule(deadline, grade, figures)
        deadline.save(update_fields=["next_rung_at"])


def meet(incident: Incident, code: str, *, event: Event, subject: str | None = None) -> None:
    """Mark open deadlines of the code met, proved by the event."""
    for deadline in open_deadlines(incident, code, subject=subject):
        deadline.met_at = event.recorded_at
        deadline.met_by = event
        deadline.next_rung_at = None
        deadline.save(update_fields=["met_at", "met_by", "next_rung_at"])


def cancel(
    incident: Incident, codes: Iterable[str], *, now: datetime, subject: str | None = None
) -> None:
    """End open deadlines that no longer apply."""
    for deadline in open_deadlines(incident, *codes, subject=subject):
        deadline.cancelled_at = now
        deadline.next_rung_at = None
        deadline.save(update_fields=["cancelled_at", "next_rung_at"])


def resume(incident: Incident, codes: Iterable[str], *, event: Event) -> None:
    """Open again what was ended unmet, due when it was: a refused closure gives no new hours."""
    for code in codes:
        of_code = Deadline.objects.filter(incident=incident, code=code)
        last = of_code.order_by("-opened_at", "-pk").first()
        if last is not None and last.cancelled_at is not None:
            set_due(
                incident,
                code,
                due_at=last.due_at,
                event=event,
                subject=last.subject,
                title=last.title,
                officer=last.officer,
            )
