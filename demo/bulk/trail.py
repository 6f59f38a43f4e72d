"""The trail of many sketched incidents: hashed and chained as the services would have."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.models import Event, Stream
from core.trail import THE_CLOCK, Kind, canonical, digest
from demo.bulk.records import Written
from mispers import events as incident_events
from officers.models import Officer
from ownership import events as ownership_events
from ownership.models import Capacity
from riskassessment import events as risk_events


class Chain:
    """One incident's events, in the order of their times."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.events: dict[str, Event] = {}
        self._told: list[tuple[datetime, str, Kind, Officer | None, str, dict[str, Any]]] = []

    def tell(
        self,
        name: str,
        what: Kind,
        at: datetime | None,
        by: Officer | None,
        summary: str,
        /,
        **data: Any,
    ) -> None:
        """Add an event under a name by which deadlines find it; nothing if it never happened."""
        if at is not None:
            self._told.append((at, name, what, by, summary, data))

    def chained(self) -> list[Event]:
        """The events with their hashes."""
        prev = ""
        for seq, (at, name, what, by, summary, data) in enumerate(
            sorted(self._told, key=lambda told: told[0]), start=1
        ):
            event = Event(
                stream_id=self.written.incident.reference,
                seq=seq,
                kind=what.code,
                at=at,
                recorded_at=at,
                actor=by,
                actor_name=by.get_full_name() if by else THE_CLOCK,
                actor_rank=by.rank if by else "",
                summary=summary,
                data=json.loads(canonical(data)),
                prev_hash=prev,
            )
            event.hash = prev = digest(event)
            self.events[name] = event
        return list(self.events.values())


def write_trail(written: Sequence[Written]) -> list[Chain]:
    """Streams and events; answers the chains, whose events now have ids."""
    chains = [_chain(each) for each in written]
    events = [chain.chained() for chain in chains]
    Stream.objects.bulk_create(
        Stream(
            key=chain.written.incident.reference,
            bcu=chain.written.sketch.bcu,
            last_seq=each[-1].seq,
            last_hash=each[-1].hash,
        )
        for chain, each in zip(chains, events, strict=True)
    )
    Event.objects.bulk_create([event for each in events for event in each], batch_size=5_000)
    return chains


def _chain(written: Written) -> Chain:
    chain, life, incident = Chain(written), written.sketch, written.incident
    person = incident.person
    chain.tell(
        "reported", incident_events.REPORTED, life.reported_at, life.owner,
        f"{life.owner} logged that {person.name} is missing: {incident.circumstances}",
        incident=incident.pk, person=person.pk, reported_at=life.reported_at, previous=[],
    )  # fmt: skip
    for capacity, officer in ((Capacity.OWNER, life.owner), (Capacity.INSPECTOR, life.inspector)):
        chain.tell(
            f"taken {capacity}", ownership_events.TAKEN, life.reported_at, life.owner,
            f"{officer} is {capacity.label.lower()}: on duty when it was reported.",
            capacity=capacity, officer=officer.pk, basis="reported",
        )  # fmt: skip
    _tell_work(chain)
    _tell_ending(chain)
    return chain


def _tell_work(chain: Chain) -> None:
    written, life = chain.written, chain.written.sketch
    if written.assessment:
        chain.tell(
            "assessed", risk_events.ASSESSED, life.assessed_at, life.owner,
            f"{life.owner} graded the risk {life.grade}: {life.rationale}",
            assessment=written.assessment.pk, grade=life.grade,
            review_due_at=written.assessment.review_due_at,
        )  # fmt: skip
    if written.endorsement:
        chain.tell(
            "endorsed", risk_events.ENDORSED, life.endorsed_at, life.inspector,
            f"{life.inspector} endorsed the assessment.",
            assessment=written.endorsement.assessment_id, grade=life.grade,
        )  # fmt: skip
    if written.action:
        data = {
            "action": written.action.pk,
            "responsible": life.owner.pk,
            "due_at": written.action.due_at,
        }
        chain.tell(
            "action set", ownership_events.ACTION_SET, life.planned_at, life.owner,
            f"{life.owner} set an action: {written.action.title}.", **data,
        )  # fmt: skip
        chain.tell(
            "action done", ownership_events.ACTION_COMPLETED, life.action_done_at, life.owner,
            f"{life.owner} completed “{written.action.title}”: {written.action.result}", **data,
        )  # fmt: skip
    if written.search:
        chain.tell(
            "searched", incident_events.SEARCHED, life.searched_at, life.owner,
            f"{life.owner}: {written.search.get_extent_display()}, {written.search.place}.",
            search=written.search.pk, kind="home", extent=written.search.extent,
        )  # fmt: skip
    chain.tell(
        "taken over", ownership_events.TAKEN, life.handed_over_at, life.specialist,
        f"{life.specialist} is owner: accepted a handover.",
        capacity=Capacity.OWNER, officer=life.specialist.pk, basis="accepted",
    )  # fmt: skip
    chain.tell(
        "boundary", incident_events.STAGE_CHANGED, life.boundary_at, None,
        "The clock passed 48 hours since the report.",
        **{"from": "pre_48h", "to": "post_48h", "outcome": ""},
    )  # fmt: skip


def _tell_ending(chain: Chain) -> None:
    written, life = chain.written, chain.written.sketch
    if written.located:
        chain.tell(
            "located", incident_events.LOCATED, life.located_at, life.holder,
            f"{life.holder} saw {written.incident.person.name}: {life.found_how}",
            located=written.located.pk, condition="safe", seen=True,
        )  # fmt: skip
        before = "post_48h" if life.boundary_at else "pre_48h"
        chain.tell(
            "to closure", incident_events.STAGE_CHANGED, life.located_at, life.holder,
            "Located: the incident goes on to closure.",
            **{"from": before, "to": "closure", "outcome": ""},
        )  # fmt: skip
    if written.interview:
        chain.tell(
            "interviewed", incident_events.PREVENTION_INTERVIEW, life.interviewed_at, life.holder,
            f"{life.holder} held the prevention interview.", interview=written.interview.pk,
        )  # fmt: skip
    if written.closure:
        chain.tell(
            "asked", incident_events.CLOSURE_ASKED, life.asked_at, life.holder,
            f"{life.holder} asked for closure: {written.closure.rationale}",
            closure=written.closure.pk,
        )  # fmt: skip
        chain.tell(
            "authorised", incident_events.CLOSURE_AUTHORISED, life.closed_at, life.inspector,
            f"{life.inspector} authorised closure.", closure=written.closure.pk,
        )  # fmt: skip
        chain.tell(
            "closed", incident_events.STAGE_CHANGED, life.closed_at, life.inspector,
            "Closed: found safe.",
            **{"from": "closure", "to": "closed", "outcome": "found_safe"},
        )  # fmt: skip
