"""Reads of what is recorded under one incident, newest first, with who recorded it."""

from typing import TypeVar

from django.db.models import QuerySet

from core.errors import NotVisible
from core.models import Event
from mispers import events
from mispers.models import ClosureRequest, Hypothesis, Incident, Located, LogEntry
from mispers.models.entry import Entry
from mispers.rules.stages import RESOLVED_STAGES

E = TypeVar("E", bound=Entry)


def entries_of(model: type[E], incident: Incident) -> QuerySet[E]:
    """All entries of one kind."""
    return (
        model._default_manager.filter(incident=incident)
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
    )


def hypotheses_of(incident: Incident) -> QuerySet[Hypothesis]:
    """The hypotheses, with who concluded them."""
    return entries_of(Hypothesis, incident).select_related("concluded_by")


def located_of(incident: Incident) -> QuerySet[Located]:
    """The located entries, with who saw the person; the first supersedes the others."""
    return entries_of(Located, incident).select_related("seen_in_person_by")


def closure_requests_of(incident: Incident) -> QuerySet[ClosureRequest]:
    """The closure requests, with who decided and what was overridden."""
    return (
        entries_of(ClosureRequest, incident)
        .select_related("decided_by", "duplicate_of")
        .prefetch_related("overrides")
    )


def get_hypothesis(incident: Incident, pk: int) -> Hypothesis:
    """One hypothesis of the incident, or NotVisible."""
    hypothesis = hypotheses_of(incident).filter(pk=pk).first()
    if hypothesis is None:
        raise NotVisible
    return hypothesis


def waiting_information(incident: Incident) -> list[LogEntry]:
    """What has arrived on a resolved record since anybody last decided on it (NEW-1)."""
    if incident.stage not in RESOLVED_STAGES:
        return []
    trail = Event.objects.filter(stream=incident.reference)
    answers = (events.NEW_INFORMATION_DECIDED.code, events.STAGE_CHANGED.code)
    answered = trail.filter(kind__in=answers).order_by("-seq").values("seq")[:1]
    arrived = trail.filter(kind=events.LOGGED_ON_CLOSED.code, seq__gt=answered)
    entries = [events.LOGGED_ON_CLOSED.of(event).entry for event in arrived]
    return list(entries_of(LogEntry, incident).filter(pk__in=entries)) if entries else []
