"""The ladder of reminders: when each rung of a deadline falls, and to whom it goes."""

from datetime import datetime, timedelta

from mispers.models import Incident
from mispers.protocol import Figures
from officers.duty import NobodyToAnswer, is_on_duty, on_duty
from officers.models import Officer
from officers.roles import Role
from ownership.deadlines.codes import CLIMBS_AS_FAST_AS_HIGH
from ownership.models import Capacity, Deadline, Holding, InboxItem
from riskassessment.grades import Grade

Rung = InboxItem.Rung


def rung_at(
    rung: Rung, *, opened_at: datetime, due_at: datetime, grade: str | None, figures: Figures
) -> datetime:
    """When a rung falls (UTC).

    Before: a quarter of the allowance, at most 30 minutes ahead. Then at the due time, to the
    inspector after it by grade, to the superintendent after four times that. An ungraded incident
    climbs as fast as a high one: not knowing never slows anything down.
    """
    if rung is Rung.BEFORE:
        ahead = min((due_at - opened_at) / 4, timedelta(minutes=figures.remind_before_at_most))
        return due_at - max(ahead, timedelta(0))
    if rung is Rung.DUE:
        return due_at
    climb = figures.allow("escalate", grade or "high")
    return due_at + (climb if rung is Rung.INSPECTOR else climb * figures.superintendent_factor)


def schedule(deadline: Deadline, grade: str | None, figures: Figures) -> None:
    """Set when the deadline's next rung falls, or that none is left; the caller saves."""
    if deadline.next_rung > Rung.SUPERINTENDENT:
        deadline.next_rung_at = None
        return
    deadline.next_rung_at = rung_at(
        Rung(deadline.next_rung),
        opened_at=deadline.opened_at,
        due_at=deadline.due_at,
        grade=Grade.HIGH if deadline.code in CLIMBS_AS_FAST_AS_HIGH else grade,
        figures=figures,
    )


def recipients(deadline: Deadline, rung: Rung, incident: Incident, now: datetime) -> list[Officer]:
    """Who is told: the one it is due from, or a rung above; off duty, also the role on duty now."""
    if rung is Rung.SUPERINTENDENT:
        return _superintendents(incident, now)
    named = (
        _holder(incident, Capacity.INSPECTOR)
        if rung is Rung.INSPECTOR
        else _due_from(deadline, incident)
    )
    told = [named]
    if not is_on_duty(named, now):
        told += _on_duty_instead(named, incident, now)
    return list({officer.pk: officer for officer in told}.values())


def _due_from(deadline: Deadline, incident: Incident) -> Officer:
    if deadline.officer is not None:
        return deadline.officer
    return _holder(incident, Capacity(deadline.due_from))


def _holder(incident: Incident, capacity: Capacity) -> Officer:
    return (
        Holding.objects.select_related("officer").get(incident=incident, capacity=capacity).officer
    )


def _on_duty_instead(named: Officer, incident: Incident, now: datetime) -> list[Officer]:
    try:
        return [on_duty(incident.bcu_id, Role(named.role), now).officer]
    except NobodyToAnswer:
        return []


def _superintendents(incident: Incident, now: datetime) -> list[Officer]:
    """Whoever the rota has on duty as superintendent; else those posted to the BCU."""
    posted = list(
        Officer.objects.filter(
            bcu_id=incident.bcu_id, role=Role.SUPERINTENDENT, is_active=True
        ).order_by("pk")
    )
    try:
        found = on_duty(incident.bcu_id, Role.SUPERINTENDENT, now)
    except NobodyToAnswer:
        return posted
    return [found.officer] if not found.is_fallback or not posted else posted
