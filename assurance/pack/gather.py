"""Everything held on one incident, as plain data: nothing here needs this software to be read."""

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from assurance.standards.evaluate import evaluate
from core.models import Access, Event
from core.trail import kinds
from mispers.models import Incident, IncidentLink
from mispers.models.entry import Entry
from officers.models import Officer
from ownership.models import Action, CustodyLink, HandoverItem, InboxItem
from ownership.models.chain import Link
from riskassessment.models import RiskAssessment

# Bookkeeping of this software, of no meaning to a reader.
_LEFT_OUT = {"given_key", "family_key", "version", "history"}


def gather(incident: Incident, now: datetime) -> dict[str, Any]:
    """The record by part. Times are UTC; a period of a chain ends where the next begins."""
    officers = {officer.pk: str(officer) for officer in Officer.objects.all()}
    plain = _Plain(officers)
    return {
        "incident": plain.row(incident),
        "person": plain.row(incident.person),
        "linked_incidents": [
            {"reference": link.other.reference, "kind": link.kind, "made_at": link.made_at}
            for link in IncidentLink.objects.filter(incident=incident).select_related("other")
        ],
        "chains": _chains(incident, officers),
        "handovers": [
            plain.row(item) | {"handover": plain.row(item.handover)}
            for item in HandoverItem.objects.filter(incident=incident).select_related("handover")
        ],
        "actions": [
            plain.row(action) | {"chain": _periods(list(action.chain.all()), officers)}
            for action in Action.objects.filter(incident=incident)
            .prefetch_related("chain")
            .order_by("set_at", "pk")
        ],
        "risk_assessments": [_assessment(plain, each) for each in _assessments(incident)],
        "entries": {
            model._meta.verbose_name_plural: plain.rows(
                model._default_manager.filter(incident=incident).order_by("recorded_at", "pk")
            )
            for model in sorted(Entry.__subclasses__(), key=lambda model: model.__name__)
        },
        "standards": [
            {
                "code": verdict.code,
                "asks": verdict.title,
                "state": verdict.state.value,
                "since": verdict.since,
                "due_at": verdict.due_at,
                "late": verdict.late,
                "why": verdict.why,
                "proved_by_event": verdict.proved_by,
            }
            for verdict in evaluate(incident, now)
        ],
        "told": plain.rows(InboxItem.objects.filter(incident=incident).order_by("raised_at", "pk")),
        "consulted": plain.rows(Access.objects.filter(stream=incident.reference).order_by("at", "pk")),
    }


def gather_trail(incident: Incident) -> list[dict[str, Any]]:
    """Every event of the incident's stream in order, with what its hash was made from."""
    labels = kinds()
    return [
        {
            "id": event.pk,
            "stream": event.stream_id,
            "seq": event.seq,
            "kind": event.kind,
            "label": labels[event.kind].label if event.kind in labels else event.kind,
            "at": event.at,
            "recorded_at": event.recorded_at,
            "actor_id": event.actor_id,
            "actor_name": event.actor_name,
            "actor_rank": event.actor_rank,
            "client": event.client,
            "summary": event.summary,
            "data": event.data,
            "prev_hash": event.prev_hash,
            "hash": event.hash,
        }
        for event in Event.objects.filter(stream=incident.reference).order_by("seq")
    ]


class _Plain:
    """Turns rows into dictionaries by their fields; an officer becomes rank and name."""

    def __init__(self, officers: dict[int, str]) -> None:
        self.officers = officers

    def row(self, row: Model) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for field in row._meta.concrete_fields:
            if field.name in _LEFT_OUT:
                continue
            value = field.value_from_object(row)
            if field.related_model is Officer:
                value = self.officers.get(value) if value is not None else None
            plain[field.name] = value
        return plain

    def rows(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        return [self.row(row) for row in rows]


def _chains(incident: Incident, officers: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    links = list(CustodyLink.objects.filter(incident=incident).order_by("taken_at", "pk"))
    return {
        capacity: _periods([link for link in links if link.capacity == capacity], officers)
        for capacity in ("owner", "inspector")
    }


def _periods(links: list[Any], officers: dict[int, str]) -> list[dict[str, Any]]:
    """From, until and who: until is the next one's from, and empty for the last."""
    links.sort(key=lambda link: link.taken_at)
    ends: list[datetime | None] = [*(link.taken_at for link in links[1:]), None]
    return [
        {
            "officer": officers[link.officer_id],
            "from": link.taken_at,
            "until": until,
            "basis": link.basis,
            "reason": getattr(link, "reason", ""),
        }
        for link, until in zip(links, ends, strict=True)
        if isinstance(link, Link)
    ]


def _assessments(incident: Incident) -> QuerySet[RiskAssessment]:
    return (
        RiskAssessment.objects.filter(incident=incident)
        .select_related("definition", "endorsement")
        .prefetch_related("information", "sources")
        .order_by("made_at", "pk")
    )


def _assessment(plain: _Plain, assessment: RiskAssessment) -> dict[str, Any]:
    endorsement = getattr(assessment, "endorsement", None)
    return plain.row(assessment) | {
        "definition": plain.row(assessment.definition),
        "information": [plain.row(item) for item in assessment.information.all()],
        "sources": [plain.row(source) for source in assessment.sources.all()],
        "endorsement": plain.row(endorsement) if endorsement else None,
    }
