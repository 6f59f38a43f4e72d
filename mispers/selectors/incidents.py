"""Reads of incidents, always within what the reader may see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, When

from core.errors import NotVisible
from core.models import Event
from mispers import registries
from mispers.models import Incident, IncidentLink
from mispers.rules import names
from mispers.rules.stages import OPEN_STAGES, Stage
from officers.selectors.visibility import Reader, bcus_seen_by


def incidents_visible_to(reader: Reader) -> QuerySet[Incident]:
    """Incidents of the BCUs the officer or client sees."""
    seen = bcus_seen_by(reader)
    incidents = Incident.objects.select_related("person", "bcu")
    return incidents if seen is None else incidents.filter(bcu__in=seen)


def is_visible_to(reader: Reader, incident: Incident) -> bool:
    """Whether the incident is one of `incidents_visible_to`, without asking the database."""
    seen = bcus_seen_by(reader)
    return seen is None or incident.bcu_id in seen


def open_incidents_visible_to(reader: Reader) -> QuerySet[Incident]:
    """Those for which somebody still answers."""
    return incidents_visible_to(reader).filter(stage__in=OPEN_STAGES)


def get_incident(reader: Reader, reference: str) -> Incident:
    """The incident, or NotVisible: outside the reader's BCUs it is as if it did not exist."""
    incident = incidents_visible_to(reader).filter(reference=reference).first()
    if incident is None:
        raise NotVisible
    return incident


def trail_of(incident: Incident) -> QuerySet[Event]:
    """Every event of the incident, with who did it; give it an order."""
    return Event.objects.filter(stream=incident.reference).select_related("actor")


def all_earlier_incidents(incident: Incident) -> QuerySet[Incident]:
    """Other incidents of the same person, and those linked as earlier ones, whoever may see them.

    For counting: what a reader is shown of one is read by `earlier_incidents`.
    """
    linked = IncidentLink.objects.filter(incident=incident, kind=IncidentLink.Kind.PREVIOUS)
    return (
        Incident.objects.filter(
            Q(person=incident.person_id, reported_at__lte=incident.reported_at)
            | Q(pk__in=linked.values("other"))
        )
        .exclude(pk=incident.pk)
        .order_by("-reported_at", "-pk")
    )


def earlier_incidents(reader: Reader, incident: Incident) -> QuerySet[Incident]:
    """Those of them that the reader sees, newest first."""
    earlier = all_earlier_incidents(incident).select_related("person", "bcu")
    seen = bcus_seen_by(reader)
    return earlier if seen is None else earlier.filter(bcu__in=seen)


def linked_incidents(reader: Reader, incident: Incident) -> QuerySet[Incident]:
    """Incidents linked with this one in either direction, but for its earlier ones."""
    links = IncidentLink.objects.exclude(kind=IncidentLink.Kind.PREVIOUS)
    return (
        incidents_visible_to(reader)
        .filter(
            Q(pk__in=links.filter(incident=incident).values("other"))
            | Q(pk__in=links.filter(other=incident).values("incident"))
            | Q(
                pk__in=IncidentLink.objects.filter(
                    other=incident, kind=IncidentLink.Kind.PREVIOUS
                ).values("incident")
            )
        )
        .order_by("-reported_at", "-pk")
    )


# Columns that other apps may add for ordering, the most pressing first.
_PRESSING = (("is_late", "-is_late"), ("grade_rank", "-grade_rank"))


def narrowed(
    incidents: QuerySet[Incident], wanted: Mapping[str, Any], now: datetime
) -> QuerySet[Incident]:
    """The incidents that every named filter lets through; Invalid at a name that is no filter's."""
    for name, value in wanted.items():
        incidents = registries.filter_named(name)(incidents, value, now)
    return incidents


# What this app narrows by: q looks in reference and name, reported_after is in UTC.
FILTERS: Mapping[str, registries.Filter] = {
    "stage": lambda incidents, stage, _: incidents.filter(stage=stage),
    "bcu": lambda incidents, bcu, _: incidents.filter(bcu=bcu),
    "reported_after": lambda incidents, after, _: incidents.filter(reported_at__gt=after),
    "q": lambda incidents, text, _: incidents.filter(_words_match(text)),
}


def most_pressing_first(incidents: QuerySet[Incident], now: datetime) -> QuerySet[Incident]:
    """Overdue first, then by grade, then by what is due next, then the longest missing."""
    incidents = registries.annotated(incidents, now)
    added = incidents.query.annotations
    if "overdue_count" in added:
        late = Case(When(overdue_count__gt=0, then=1), default=0, output_field=IntegerField())
        incidents = incidents.annotate(is_late=late)
    order: list[Any] = [by for column, by in _PRESSING if column in incidents.query.annotations]
    if "next_due_at" in added:
        order.append(F("next_due_at").asc(nulls_last=True))
    return incidents.order_by(*order, "reported_at", "pk")


def _words_match(text: str) -> Q:
    """Every word in the reference or in a name, whatever its case."""
    match = Q()
    for word in text.split():
        match &= (
            Q(reference__icontains=word)
            | Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
        )
    return match


def found_by_words(reader: Reader, text: str) -> QuerySet[Incident]:
    """Incidents whose reference or person the words name, by spelling or by sound, open ones first.

    Of other BCUs only those who are missing now: whoever meets them must learn it.
    """
    names_match = Q()
    for word in text.split():
        names_match &= (
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | _sounds_like(word)
        )
    seen = bcus_seen_by(reader)
    found = Q(reference__icontains=text) | names_match
    if seen is not None:
        elsewhere = names_match & Q(stage__in=OPEN_STAGES)
        found = found & Q(bcu__in=seen) | elsewhere
    is_closed = Case(When(stage=Stage.CLOSED, then=1), default=0, output_field=IntegerField())
    incidents = Incident.objects.select_related("person", "bcu").filter(found)
    return incidents.annotate(is_closed=is_closed).order_by("is_closed", "-reported_at", "-pk")


def _sounds_like(word: str) -> Q:
    given, family = names.given_sound(word), names.sound(word)
    match = Q(pk__in=[])
    if given:
        match |= Q(person__given_key=given)
    if family:
        match |= Q(person__family_key=family)
    return match
