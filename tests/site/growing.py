"""More of everything that a page may list, for counting queries at several sizes."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from assurance.models import Disclosure
from mispers.models import (
    Associate,
    ClosureRequest,
    Clothing,
    ExploitationInvestigation,
    FamilyContact,
    HealthCondition,
    Hypothesis,
    Incident,
    KnownPlace,
    Located,
    LogEntry,
    Medication,
    Notification,
    PreventionInterview,
    Reopening,
    ReportDraft,
    ReturnInterview,
    Search,
    Sighting,
    Strategy,
    Weather,
)
from mispers.services.links import link_incident
from mispers.services.log import add_log_entry
from officers.models import Shift, Training
from officers.rules.roles import Role
from officers.services.absences import record_absence
from officers.services.swaps import offer_swap
from ownership.models import Capacity, Delivery, InboxItem, PushDevice
from ownership.services.handovers import withdraw_handover
from riskassessment.language.answers import unanswered
from tests.factories.assurance import a_sample
from tests.factories.incidents import log_incident
from tests.factories.known import a_condition
from tests.factories.officers import on_shift
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import RATIONALE, an_assessment, trained
from tests.moments import NOW
from tests.site.world import HOUR, World

SUPPLIED = {"supplier": "Dr Quill", "contact": "020 7946 0002", "obtained_at": NOW}
MATTERS = {"critical_at": NOW + HOUR, "critical_because": "She said so."}
ENTRIES: dict[type[Model], dict[str, Any]] = {
    Strategy: {"text": "Ask her friends first."},
    Hypothesis: {"statement": "At a friend's.", "would_confirm": "Yes.", "would_refute": "No."},
    Search: {
        "place": "12 Tallow Street", "kind": "home", "extent": "inside", "covered": "All.",
        "not_covered": "Nothing.", "searched_by": "PC Quill", "searched_at": NOW,
        "result": "Nobody.",
    },
    Sighting: {"at": NOW, "place": "Lark Lane", "reported_by": "A neighbour"},
    FamilyContact: {"contact_with": "The mother", "made_by": "PC Quill", "at": NOW, "text": "No."},
    Notification: {"to": "pnc", "at": NOW},
    Located: {"at": NOW, "place": "Coram Park", "condition": "safe", "how": "A keeper rang."},
    PreventionInterview: {"attempted_at": NOW, "by": "PC Quill", "not_held_because": "Asleep."},
    ReturnInterview: {"requested_at": NOW, "authority": "Coram Council"},
    Reopening: {"reason": "Gone again."},
    HealthCondition: {"code": "asthma", "label": "Asthma", "meaning": "Kills.", "hours": 12,
                      **SUPPLIED},
    Medication: {"name": "Insulin", "what_for": "Diabetes", **MATTERS, **SUPPLIED},
    ExploitationInvestigation: {"marker": "cse", "reference": "EX-26-17", **SUPPLIED},
    Associate: {"name": "Idris", "relationship": "A friend", **SUPPLIED},
    KnownPlace: {"place": "Lark Lane", "why": "Friends.", **SUPPLIED},
    Clothing: {"description": "A red coat.", **SUPPLIED},
    Weather: {"conditions": "Rain", **MATTERS, **SUPPLIED},
}  # fmt: skip
# Nobody that the factories invent sounds like this: the matches are ours at every size.
KNOWN_AS = {"given_name": "Wilhelmina", "family_name": "Quixano"}


def grow(world: World, size: int, *, made: int) -> dict[str, Any]:
    """Bring what the duty inspector's pages and the world's incident list to `size` rows each.

    made: to how many at most what only services make (incidents, actions, chains, offers, shifts).
    Answers the records to ask for: those that do not stay the same.
    """
    incident = Incident.objects.get(reference=world.own["reference"])
    inspector, frontline = world.cn.inspector, world.cn.frontline
    for number in range(LogEntry.objects.count(), min(size, made)):
        _grow_by_one(world, incident, NOW - HOUR + timedelta(seconds=number))
    there = Sighting.objects.count()
    missing = size - there
    common = {"incident": incident, "recorded_by": frontline, "recorded_at": NOW}
    for model, fields in ENTRIES.items():
        _add(model, missing, **common, **fields)
    decided = {"decision": "refused", "decided_by": inspector, "decided_at": NOW}
    why = {"rationale": "Home.", "refusal_reason": "Not seen yet."}
    _add(ClosureRequest, missing, **common, **decided, **why)
    _add(ReportDraft, missing, officer=inspector, started_at=NOW, saved_at=NOW)
    told = {"kind": "notice", "title": "An offer", "link": "/", "raised_at": NOW}
    _add(InboxItem, missing, officer=inspector, incident=incident, **told)
    for item in InboxItem.objects.filter(officer=inspector, deliveries__isnull=True):
        Delivery.objects.create(item=item, officer=inspector, channel="email", next_try_at=NOW)
    for number in range(there, size):
        PushDevice.objects.create(
            officer=inspector, endpoint=f"https://push.example/new/{number}", p256dh="x", auth="x",
            label="Firefox on Android", added_at=NOW,
        )  # fmt: skip
    pack = {"purpose": "An inquest", "recipient": "The coroner", "content": b"", "sha256": "0"}
    by = {"made_by": world.officers[Role.RECORDS], "made_at": NOW}
    _add(Disclosure, missing, incident=incident, **pack, **by)
    return _of_this_size(world, size)


def _grow_by_one(world: World, incident: Incident, at: datetime) -> None:
    """One more of what is made by a service: events, actions, chains and offers come with it."""
    inspector, frontline = world.cn.inspector, world.cn.frontline
    add_log_entry(incident.reference, by=frontline, now=at, text="Rang the college.")
    an_action(incident, frontline, at, inspector)
    said = a_condition(incident, frontline, at, code="autism", details="Likes water.")
    a_condition(incident, frontline, at, code="autism", corrects=said.pk, because="Worse.")
    an_assessment(
        incident, frontline, at,
        rationale=f"{RATIONALE} She is streetwise.", differs_because="She has both with her.",
    )  # fmt: skip
    other = log_incident(frontline, at, **KNOWN_AS)
    link_incident(incident.reference, other=other.reference, by=frontline, now=at)
    an_offer(frontline, inspector, other, NOW, Capacity.OWNER)
    on_shift(world.cn.another(), at, NOW + 8 * HOUR)
    _more_on_the_rota(world, at)
    trained(world.cn.another(), NOW)
    days = timedelta(days=Training.objects.count())
    trained(frontline, NOW - days)
    a_sample(world.cn.superintendent, NOW, size=1)


def _more_on_the_rota(world: World, at: datetime) -> None:
    """One more shift ahead of the inspector, swap, absence, gap to cover, and leaver with work."""
    inspector, frontline = world.cn.inspector, world.cn.frontline
    days = timedelta(days=70 + Shift.objects.filter(officer=inspector).count())
    mine = on_shift(inspector, at + days, at + days + HOUR)
    colleague = world.cn.another(Role.DUTY_INSPECTOR)
    offer_swap(shift=mine.pk, to=colleague, by=inspector, now=NOW)
    away = on_shift(world.cn.another(), at + HOUR, NOW + 8 * HOUR)
    by = away.officer
    held = log_incident(frontline, at, given_name="Perpetua", family_name="Zimmern")
    an_action(held, frontline, at, by)
    an_action(held, frontline, at, frontline)
    record_absence(
        officer=by, kind="leave", starts_at=at, ends_at=NOW + 9 * HOUR, by=by, now=NOW - HOUR
    )


def _of_this_size(world: World, size: int) -> dict[str, Any]:
    """A handover and a sample with as many incidents, and a report of somebody known as often."""
    superintendent, inspector = world.cn.superintendent, world.cn.inspector
    held = Incident.objects.filter(person__family_name=KNOWN_AS["family_name"], bcu="CN")
    offer = an_offer(inspector, superintendent, list(held), NOW)
    withdraw_handover(handover_id=offer.pk, by=inspector, now=NOW)
    sample = a_sample(superintendent, NOW, size=100)
    typed = {name: [value] for name, value in KNOWN_AS.items()}
    draft = ReportDraft.objects.create(officer=inspector, data=typed, started_at=NOW, saved_at=NOW)
    incident = Incident.objects.get(reference=world.own["reference"])
    item = sample.items.get(incident=incident).pk
    return {
        "handover": offer.pk,
        "sample": sample.reference,
        "item": item,
        "draft": draft.pk,
        "own_shift": inspector.shifts.order_by("-starts_at")[0].pk,
        "phrase": unanswered(incident)[0].pk,
    }


def _add(model: type[Model], number: int, **fields: Any) -> None:
    """So many alike, without their service."""
    model._default_manager.bulk_create(model(**fields) for _ in range(number))
