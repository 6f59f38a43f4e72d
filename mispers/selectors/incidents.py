"""Reads of incidents, always within what the reader may see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from core.errors import NotVisible
from core.models import Event
from mispers import registries
from mispers.models import Incident, IncidentLink
from mispers.rules.naming.parts import name_of
from mispers.rules.stages import OPEN_STAGES, Stage
from mispers.selectors.name_search import search_names
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
    """Words with a figure in the reference; the others in it too, or a name that they may be."""
    numbered = [word for word in text.split() if _has_figure(word)]
    name = " ".join(word for word in text.split() if not _has_figure(word))
    match = Q(reference__icontains=name) | Q(person__in=_people_named(name)) if name else Q()
    for word in numbered:
        match &= Q(reference__icontains=word)
    return match


def found_by_words(reader: Reader, text: str) -> QuerySet[Incident]:
    """Incidents whose reference or person the words name; open ones first, the likeliest first.

    Of other BCUs only those who are missing now: whoever meets them must learn it.
    """
    people = _people_named(text)
    is_named = Q(person__in=people)
    seen = bcus_seen_by(reader)
    found = Q(reference__icontains=text) | is_named
    if seen is not None:
        found = found & Q(bcu__in=seen) | is_named & Q(stage__in=OPEN_STAGES)
    is_closed = Case(When(stage=Stage.CLOSED, then=1), default=0, output_field=IntegerField())
    likeliest = Func(
        Value(people, output_field=ArrayField(BigIntegerField())), F("person_id"),
        function="array_position", output_field=IntegerField(),
    )  # fmt: skip
    incidents = Incident.objects.select_related("person", "bcu").filter(found)
    return incidents.annotate(is_closed=is_closed, likeliest=likeliest).order_by(
        "is_closed", F("likeliest").asc(nulls_first=True), "-reported_at", "-pk"
    )


def _people_named(text: str) -> list[int]:
    """Whose name it may be, the likeliest first; nobody's, of what is a reference."""
    return [] if _has_figure(text) else [hit.person for hit in search_names(name_of(text))]


def _has_figure(text: str) -> bool:
    return any(char.isdigit() for char in text)
