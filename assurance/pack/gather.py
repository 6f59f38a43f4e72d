"""Everything held on one incident, as plain data: nothing here needs this software to be read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from assurance.models import Disclosure, SampleItem
from assurance.pack.plain import OfficerKey, row, rows, with_names
from assurance.standards.evaluate import evaluate
from core.models import Access, Event
from core.trail import kinds
from mispers.models import BarrierOverride, Incident, IncidentLink
from mispers.models.entry import Entry
from mispers.selectors import protocol
from ownership.models import Action, Capacity, Deadline, HandoverItem, InboxItem
from ownership.selectors.custody import Period, chain_of
from riskassessment.models import PhraseFound, RiskAssessment


def gather(incident: Incident, now: datetime) -> dict[str, Any]:
    """The record by part. Times are UTC; a period of a chain ends where the next begins.

    Told and consulted: every reminder and notice with how it went out and when it was read, and
    everybody who looked, with the reason given.
    """
    mine = {"incident": incident}
    record: dict[str, Any] = with_names(
        {
            "incident": row(incident),
            "person": row(incident.person) | {"name": incident.person.name},
            "linked_incidents": _links(incident),
            "chains": _chains(chain_of(incident)),
            "handovers": [
                row(item) | {"handover": row(item.handover)}
                for item in HandoverItem.objects.filter(**mine)
                .select_related("handover")
                .order_by("pk")
            ],
            "actions": [_action(action) for action in _actions(incident)],
            "risk_assessments": [_assessment(each) for each in _assessments(incident)],
            "entries": _entries(incident),
            "overridden_barriers": rows(
                BarrierOverride.objects.filter(closure__incident=incident).order_by("pk")
            ),
            "phrases": [
                row(found) | {"kept": row(found.kept) if hasattr(found, "kept") else None}
                for found in PhraseFound.objects.filter(**mine)
                .select_related("kept")
                .order_by("pk")
            ],
            "deadlines": rows(Deadline.objects.filter(**mine).order_by("opened_at", "pk")),
            "standards": _standards(incident, now),
            "protocol": _protocol(incident, now),
            "dip_samples": [_sampled(item) for item in _sample_items(incident)],
            "told": [_told(item) for item in _items(incident)],
            "consulted": rows(
                Access.objects.filter(stream=incident.reference).order_by("at", "pk")
            ),
            # What was taken out of an earlier pack is named in its row: not for this one's reader.
            "earlier_packs": rows(
                Disclosure.objects.filter(**mine).defer("content").order_by("made_at", "pk"),
                without=["content", "redactions"],
            ),
        }
    )
    return record


def gather_trail(incident: Incident) -> list[dict[str, Any]]:
    """Every event of the incident's stream in order, with what its hash was made from."""
    labels = kinds()
    return [
        row(event, without=["actor"])
        | {
            "actor_id": event.actor_id,
            "label": labels[event.kind].label if event.kind in labels else event.kind,
        }
        for event in Event.objects.filter(stream=incident.reference).order_by("seq")
    ]


def _links(incident: Incident) -> list[dict[str, Any]]:
    """Both ways, each with the other's reference."""
    found = IncidentLink.objects.select_related("incident", "other").filter(
        Q(incident=incident) | Q(other=incident)
    )
    return [
        {
            "from": link.incident.reference,
            "to": link.other.reference,
            "kind": link.kind,
            "made_by": OfficerKey(link.made_by_id),
            "made_at": link.made_at,
        }
        for link in found.order_by("made_at", "pk")
    ]


def _chains(periods: Sequence[Period]) -> dict[str, list[dict[str, Any]]]:
    return {
        capacity.value: [
            {
                "officer": str(period.officer),
                "from": period.taken_at,
                "until": period.until,
                "because": period.basis_label,
                "fallback": period.is_fallback,
            }
            for period in periods
            if period.capacity == capacity
        ]
        for capacity in Capacity
    }


def _actions(incident: Incident) -> QuerySet[Action]:
    found = Action.objects.filter(incident=incident).prefetch_related("chain")
    return found.order_by("set_at", "pk")


def _action(action: Action) -> dict[str, Any]:
    links = list(action.chain.all())
    ends = [*(link.taken_at for link in links[1:]), action.ended_at]
    return row(action) | {
        "chain": [
            {
                "officer": OfficerKey(link.officer_id),
                "from": link.taken_at,
                "until": until,
                "reason": link.reason,
            }
            for link, until in zip(links, ends, strict=True)
        ]
    }


def _assessments(incident: Incident) -> QuerySet[RiskAssessment]:
    return (
        RiskAssessment.objects.filter(incident=incident)
        .select_related("definition", "endorsement")
        .prefetch_related("information", "sources", "prompts", "pointed")
        .order_by("made_at", "pk")
    )


def _assessment(assessment: RiskAssessment) -> dict[str, Any]:
    endorsement = getattr(assessment, "endorsement", None)
    return row(assessment) | {
        "definition": row(assessment.definition),
        "prompts": _in_order(assessment.prompts.all()),
        "information": _in_order(assessment.information.all()),
        "sources": _in_order(assessment.sources.all()),
        "pointed": _in_order(assessment.pointed.all()),
        "endorsement": row(endorsement) if endorsement else None,
    }


def _entries(incident: Incident) -> dict[str, list[dict[str, Any]]]:
    """By kind, in the order of their names: searches, sightings, contacts, the end and the rest."""
    return {
        str(model._meta.verbose_name_plural): rows(
            model._default_manager.filter(incident=incident).order_by("recorded_at", "pk")
        )
        for model in sorted(_kinds_of_entry(), key=lambda model: model.__name__)
    }


def _kinds_of_entry() -> Iterator[type[Entry]]:
    """Every kind of entry that has a table of its own."""
    return (model for model in apps.get_models() if issubclass(model, Entry))


def _items(incident: Incident) -> QuerySet[InboxItem]:
    found = InboxItem.objects.filter(incident=incident).prefetch_related("deliveries")
    return found.order_by("raised_at", "pk")


def _told(item: InboxItem) -> dict[str, Any]:
    """With what became of it on each channel; when it was read is in the row."""
    return row(item) | {"deliveries": _in_order(item.deliveries.all())}


def _standards(incident: Incident, now: datetime) -> list[dict[str, Any]]:
    return [
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
    ]


def _protocol(incident: Incident, now: datetime) -> list[dict[str, Any]]:
    """Every version of the force's figures that was in force while the record ran, oldest first."""
    return [
        {
            "version": version.version,
            "in_force_from": version.in_force_from,
            "note": version.note,
            "figures": protocol.in_words(version),
        }
        for version in protocol.versions_between(incident.reported_at, incident.closed_at or now)
    ]


def _sample_items(incident: Incident) -> QuerySet[SampleItem]:
    return (
        SampleItem.objects.filter(incident=incident)
        .select_related("sample", "review")
        .prefetch_related("review__answers", "review__findings")
        .order_by("pk")
    )


def _sampled(item: SampleItem) -> dict[str, Any]:
    review = getattr(item, "review", None)
    return row(item) | {
        "sample": item.sample.reference,
        "review": row(review) if review else None,
        "answers": _in_order(review.answers.all()) if review else [],
        "findings": _in_order(review.findings.all()) if review else [],
    }


def _in_order(of: Iterable[Model]) -> list[dict[str, Any]]:
    """As they were written, so that the same record gives the same pack."""
    return rows(sorted(of, key=lambda each: each.pk))
