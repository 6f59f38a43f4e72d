"""The rows of many sketched incidents, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from simple_history.utils import bulk_create_with_history

from demo.bulk.sketch import Sketch
from mispers.models import (
    ClosureRequest,
    Incident,
    Located,
    Person,
    PreventionInterview,
    Search,
)
from mispers.services.people import write_name_parts
from ownership.models import Action, ActionLink, CustodyLink
from ownership.models.chain import Basis
from riskassessment.models import (
    Endorsement,
    GradeDefinition,
    InformationItem,
    RiskAssessment,
    SourceLookedAt,
)

REVIEW_HOURS = {"low": 24, "medium": 12, "high": 4}


@dataclass
class Written:
    """One sketch with the rows made of it; those that never came to be are None.

    links: of its chains, in the order of their times.
    """

    sketch: Sketch
    incident: Incident
    links: list[CustodyLink] = field(default_factory=list)
    assessment: RiskAssessment | None = None
    endorsement: Endorsement | None = None
    action: Action | None = None
    search: Search | None = None
    located: Located | None = None
    interview: PreventionInterview | None = None
    closure: ClosureRequest | None = None


def write_incidents(sketches: Sequence[Sketch], references: Sequence[str]) -> list[Written]:
    """People and their incidents, with the first version of each in the history."""
    people = bulk_create_with_history([_person(each) for each in sketches], Person)
    write_name_parts(people)
    incidents = bulk_create_with_history(
        [
            _incident(each, person, reference)
            for each, person, reference in zip(sketches, people, references, strict=True)
        ],
        Incident,
    )
    return [Written(each, incident) for each, incident in zip(sketches, incidents, strict=True)]


def _person(sketch: Sketch) -> Person:
    given = sketch.person
    person = Person(
        given_name=given["given_name"],
        family_name=given["family_name"],
        date_of_birth=given["date_of_birth"],
        sex=given["sex"],
        home_address_lines=given["home_address"]["lines"],
        home_postcode=given["home_address"]["postcode"],
        phones=given["phones"],
        looked_after_by=given["looked_after_by"] or "",
        markers=given["markers"],
    )
    person._history_date = sketch.reported_at  # type: ignore[attr-defined]  # read by the history
    return person


def _incident(sketch: Sketch, person: Person, reference: str) -> Incident:
    report = sketch.report
    incident = Incident(
        reference=reference,
        bcu_id=sketch.bcu,
        person=person,
        informant_name=report["informant"]["name"],
        informant_relationship=report["informant"]["relationship"],
        informant_phone=report["informant"]["phone"],
        last_seen_at=report["last_seen_at"],
        last_seen_place=report["last_seen_place"],
        circumstances=report["circumstances"],
        missing_from=report["missing_from"],
        reported_at=sketch.reported_at,
        recorded_at=sketch.reported_at,
        recorded_by=sketch.owner,
        boundary_48h_at=sketch.reported_at + timedelta(hours=48),
    )
    incident._history_date = sketch.reported_at  # type: ignore[attr-defined]  # as above
    return incident


def write_assessments(written: Sequence[Written], definitions: dict[str, GradeDefinition]) -> None:
    """Assessments with their grounds and endorsements."""
    for each in written:
        life = each.sketch
        if life.assessed_at is None:
            continue
        each.assessment = RiskAssessment(
            incident=each.incident,
            grade=life.grade,
            likelihood={"low": "possible", "medium": "likely", "high": "very_likely"}[life.grade],
            severity={"low": "minimal", "medium": "moderate", "high": "serious"}[life.grade],
            rationale=life.rationale,
            definition=definitions[life.grade],
            made_by=life.owner,
            made_at=life.assessed_at,
            assessor_trained=True,
            review_due_at=life.assessed_at + timedelta(hours=REVIEW_HOURS[life.grade]),
        )
    made = [each for each in written if each.assessment]
    RiskAssessment.objects.bulk_create([each.assessment for each in made if each.assessment])
    InformationItem.objects.bulk_create(
        InformationItem(
            assessment=each.assessment,
            text=each.incident.circumstances,
            supplier=each.incident.informant_name,
            contact=each.incident.informant_phone,
            obtained_at=each.sketch.reported_at,
        )
        for each in made
    )
    SourceLookedAt.objects.bulk_create(
        SourceLookedAt(assessment=each.assessment, source=source, checked=True)
        for each in made
        for source in ("informant", "family", "earlier_reports", "pnc")
    )
    for each in made:
        if each.sketch.endorsed_at and each.sketch.inspector != each.sketch.owner:
            each.endorsement = Endorsement(
                assessment=each.assessment,
                decision="endorsed",
                by=each.sketch.inspector,
                at=each.sketch.endorsed_at,
                endorser_trained=True,
            )
    Endorsement.objects.bulk_create([each.endorsement for each in made if each.endorsement])


def write_work(written: Sequence[Written]) -> None:
    """The one action and the search of the home."""
    for each in written:
        life = each.sketch
        if life.planned_at:
            done = life.action_done_at
            each.action = Action(
                incident=each.incident,
                title=f"View the cameras near {each.incident.last_seen_place}",
                due_at=life.planned_at + timedelta(hours=4),
                responsible=life.owner,
                set_by=life.owner,
                set_at=life.planned_at,
                state="completed" if done else "open",
                result="Seen at the stop, alone, taking the bus towards the centre."
                if done
                else "",
                ended_by=life.owner if done else None,
                ended_at=done,
            )
            each.action._history_date = life.planned_at  # type: ignore[attr-defined]  # as above
        if life.searched_at:
            inside = life.searched_inside
            each.search = Search(
                incident=each.incident,
                recorded_by=life.owner,
                recorded_at=life.searched_at,
                place=", ".join(life.person["home_address"]["lines"]),
                kind="home",
                extent="inside" if inside else "knock",
                covered="Every room, the loft and the shed." if inside else "The front door.",
                not_covered="Nothing left out." if inside else "The inside: nobody let us in.",
                searched_by=str(life.owner),
                searched_at=life.searched_at,
                result="Not there.",
            )
    actions = [each.action for each in written if each.action]
    bulk_create_with_history(actions, Action)
    ActionLink.objects.bulk_create(
        ActionLink(action=each, officer=each.responsible, taken_at=each.set_at, basis=Basis.SET)
        for each in actions
    )
    Search.objects.bulk_create([each.search for each in written if each.search])


def write_endings(written: Sequence[Written]) -> None:
    """Located, interviewed, closure asked for and authorised, as far as it came."""
    for each in written:
        life, incident = each.sketch, each.incident
        common = {"incident": incident, "recorded_by": life.holder}
        if life.located_at:
            each.located = Located(
                **common, recorded_at=life.located_at, at=life.located_at, place=life.found_place,
                condition="safe", how=life.found_how, seen_in_person_by=life.holder,
                seen_at=life.located_at,
            )  # fmt: skip
        if life.interviewed_at:
            each.interview = PreventionInterview(
                **common, recorded_at=life.interviewed_at, attempted_at=life.interviewed_at,
                held_at=life.interviewed_at, by=str(life.holder),
                why="Wanted to be somewhere quiet after a quarrel.",
                what_happened="Walked, then stayed with somebody known to the family.",
            )  # fmt: skip
        if life.asked_at:
            each.closure = ClosureRequest(
                **common, recorded_at=life.asked_at,
                rationale="Found and seen in person, interviewed, and safe where they now are.",
                decision="authorised" if life.closed_at else "pending",
                decided_by=life.inspector if life.closed_at else None,
                decided_at=life.closed_at,
            )  # fmt: skip
    Located.objects.bulk_create([each.located for each in written if each.located])
    PreventionInterview.objects.bulk_create([each.interview for each in written if each.interview])
    ClosureRequest.objects.bulk_create([each.closure for each in written if each.closure])
