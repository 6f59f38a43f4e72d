"""The trail of many sketched incidents: hashed and chained as the services would have."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from core.models import Event, Stream
from core.trail import THE_CLOCK, Kind, Payload, canonical, digest
from demo.bulk.records import Written
from mispers import events as incident_events
from officers.models import Officer
from ownership import events as ownership_events
from ownership.models import Capacity, CustodyLink
from ownership.services.changing_actions import fields_of
from riskassessment import events as risk_events

P = TypeVar("P", bound=Payload)


class Chain:
    """One incident's events, in the order of their times."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.events: dict[str, Event] = {}
        self._told: list[tuple[datetime, str, Kind, Officer | None, str, Payload]] = []

    def tell(
        self,
        name: str,
        what: Kind[P],
        said: P,
        at: datetime | None,
        by: Officer | None,
        summary: str,
        /,
    ) -> None:
        """Add an event under a name by which deadlines find it; nothing if it never happened."""
        if at is not None:
            self._told.append((at, name, what, by, summary, said))

    def chained(self) -> list[Event]:
        """The events with their hashes."""
        prev = ""
        for seq, (at, name, what, by, summary, said) in enumerate(
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
                data=json.loads(canonical(said.as_data())),
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
        "reported", incident_events.REPORTED,
        incident_events.Reported(
            incident=incident.pk, person=person.pk, reported_at=life.reported_at, previous=()
        ),
        life.reported_at, life.owner,
        f"{life.owner} logged that {person.name} is missing: {incident.circumstances}",
    )  # fmt: skip
    owner, inspector, *over = written.links
    for link in (owner, inspector):
        chain.tell(
            f"taken {link.capacity}", ownership_events.TAKEN, _taken(link),
            life.reported_at, life.owner,
            f"{link.officer} is {Capacity(link.capacity).label.lower()}: "
            "on duty when it was reported.",
        )  # fmt: skip
    for link in over:
        chain.tell(
            "taken over", ownership_events.TAKEN, _taken(link, before=owner),
            life.handed_over_at, life.specialist,
            f"{life.specialist} is owner: accepted a handover.",
        )  # fmt: skip
    _tell_grading(chain)
    _tell_work(chain)
    _tell_ending(chain)
    return chain


def _taken(link: CustodyLink, before: CustodyLink | None = None) -> ownership_events.Taken:
    return ownership_events.Taken(
        capacity=link.capacity, officer=link.officer_id, basis=link.basis, link=link.pk,
        taken_at=link.taken_at, is_fallback=False, before=before.officer_id if before else None,
    )  # fmt: skip


def _tell_grading(chain: Chain) -> None:
    written, life = chain.written, chain.written.sketch
    if written.assessment:
        chain.tell(
            "assessed", risk_events.ASSESSED,
            risk_events.Assessed(
                assessment=written.assessment.pk, grade=life.grade,
                review_due_at=written.assessment.review_due_at, review_because="", usually=(),
                before=None, pointed=(), regrades=None,
            ),
            life.assessed_at, life.owner,
            f"{life.owner} graded the risk {life.grade}: {life.rationale}",
        )  # fmt: skip
    if written.endorsement:
        chain.tell(
            "endorsed", risk_events.ENDORSED,
            risk_events.OfAssessment(
                assessment=written.endorsement.assessment_id, grade=life.grade
            ),
            life.endorsed_at, life.inspector,
            f"{life.inspector} endorsed the assessment.",
        )  # fmt: skip


def _tell_work(chain: Chain) -> None:
    written, life = chain.written, chain.written.sketch
    if written.action:
        action, fields = written.action, fields_of(written.action)
        chain.tell(
            "action set", ownership_events.ACTION_SET,
            ownership_events.ActionSet(**fields, title=action.title, priority=action.priority),
            life.planned_at, life.owner,
            f"{life.owner} set an action: {action.title}.",
        )  # fmt: skip
        chain.tell(
            "action done", ownership_events.ACTION_COMPLETED,
            ownership_events.ActionCompleted(**fields, result=action.result),
            life.action_done_at, life.owner,
            f"{life.owner} completed “{action.title}”: {action.result}",
        )  # fmt: skip
    if written.search:
        chain.tell(
            "searched", incident_events.SEARCHED,
            incident_events.Searched(
                search=written.search.pk, kind="home", extent=written.search.extent
            ),
            life.searched_at, life.owner,
            f"{life.owner}: {written.search.get_extent_display()}, {written.search.place}.",
        )  # fmt: skip
    chain.tell(
        "boundary", incident_events.STAGE_CHANGED,
        incident_events.StageChanged(from_="pre_48h", to="post_48h", outcome=""),
        life.boundary_at, None,
        "The clock passed 48 hours since the report.",
    )  # fmt: skip


def _tell_ending(chain: Chain) -> None:
    written, life = chain.written, chain.written.sketch
    if written.located:
        chain.tell(
            "located", incident_events.LOCATED,
            incident_events.Located(located=written.located.pk, condition="safe", seen=True),
            life.located_at, life.holder,
            f"{life.holder} saw {written.incident.person.name}: {life.found_how}",
        )  # fmt: skip
        before = "post_48h" if life.boundary_at else "pre_48h"
        chain.tell(
            "to closure", incident_events.STAGE_CHANGED,
            incident_events.StageChanged(from_=before, to="closure", outcome=""),
            life.located_at, life.holder,
            "Located: the incident goes on to closure.",
        )  # fmt: skip
    if written.interview:
        chain.tell(
            "interviewed", incident_events.PREVENTION_INTERVIEW,
            incident_events.PreventionInterview(interview=written.interview.pk, held=True),
            life.interviewed_at, life.holder,
            f"{life.holder} held the prevention interview.",
        )  # fmt: skip
    if written.closure:
        chain.tell(
            "asked", incident_events.CLOSURE_ASKED,
            incident_events.OfClosure(closure=written.closure.pk),
            life.asked_at, life.holder,
            f"{life.holder} asked for closure: {written.closure.rationale}",
        )  # fmt: skip
        chain.tell(
            "authorised", incident_events.CLOSURE_AUTHORISED,
            incident_events.ClosureAuthorised(
                closure=written.closure.pk, outcome="found_safe", overrides=(), duplicate_of=None
            ),
            life.closed_at, life.inspector,
            f"{life.inspector} authorised closure.",
        )  # fmt: skip
        chain.tell(
            "closed", incident_events.STAGE_CHANGED,
            incident_events.StageChanged(from_="closure", to="closed", outcome="found_safe"),
            life.closed_at, life.inspector,
            "Closed: found safe.",
        )  # fmt: skip
