"""The Dorset inquest of 2022: no handover, the night shift not tasked, an adviser not asked.

What was missed there is shown here to a named person, in time. Names and details are invented.
"""

import pytest

from core import clock
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from officers.rules.turns import Turn
from ownership.models import Capacity, Deadline, HandoverItem, InboxItem
from ownership.selectors.sitting import sheet_of
from ownership.services.acceptance import accept_handover
from ownership.services.reminders import raise_due_reminders
from ownership.services.shift_ends import watch_changes_of_shift
from tests.factories.assurance import verdict_on
from tests.factories.ownership import an_action, chain, held
from tests.factories.risk import an_assessment
from tests.moments import london
from tests.rest import Rest, assert_problem, make_client_system
from tests.scenarios.dorset_inquest_story import (
    ELEVEN,
    EVENING,
    HOUR,
    QUARTER,
    Crew,
    a_crew,
    an_evening,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew(db: None) -> Crew:
    return a_crew()


@pytest.fixture
def incident(crew: Crew) -> Incident:
    return an_evening(crew)


def told(officer: Officer, words: str) -> int:
    return InboxItem.objects.filter(officer=officer, title__contains=words).count()


def test_a_shift_that_ends_without_an_accepted_handover_climbs_until_somebody_accepts(
    crew: Crew, incident: Incident
) -> None:
    late, night = (crew[Role.DUTY_INSPECTOR, turn] for turn in (Turn.LATE, Turn.NIGHT))
    superintendent = crew[Role.SUPERINTENDENT, Turn.NIGHT]
    # Given eleven at night, and nobody has handed anything over
    assert watch_changes_of_shift(now=ELEVEN - QUARTER) == 0
    assert [watch_changes_of_shift(now=ELEVEN) for _ in range(2)] == [1, 0]
    # Then the record says who still answers, and it is due from the night's inspector in an hour
    ended = Event.objects.get(stream=incident.reference, kind="handover.shift_ended")
    assert f"{late} is off duty and still answers; {night} is on duty" in ended.summary
    due = Deadline.objects.get(code="OWN-5", subject__startswith="shift")
    assert (due.due_at, due.officer) == (ELEVEN + HOUR, night)
    # And after a quarter of an hour the clock offers it to them; the late turn keeps it
    assert [watch_changes_of_shift(now=ELEVEN + QUARTER) for _ in range(2)] == [1, 0]
    offer = HandoverItem.objects.get(incident=incident, capacity=Capacity.INSPECTOR).handover
    assert (offer.giver, offer.receiver) == (None, night)
    assert held(incident, Capacity.INSPECTOR) == late
    # When nobody answers, it is said again at fifteen minutes, then to the next rungs
    raise_due_reminders(now=ELEVEN + 2 * QUARTER)
    assert told(night, "Due now: Accept or send back the handover") == 1
    raise_due_reminders(now=ELEVEN + HOUR)
    assert told(night, "Due now: Accept it at the change of shift") == 1
    raise_due_reminders(now=ELEVEN + 7 * HOUR)
    assert told(late, "Overdue: to the inspector") == 2
    assert told(superintendent, "Overdue: to the superintendent") == 2
    assert verdict_on("OWN-5", incident, ELEVEN + 7 * HOUR).state == "not_met"
    # Then the superintendent, told of it, answers for it only by accepting it
    assert held(incident, Capacity.INSPECTOR) == late
    accept_handover(handover_id=offer.pk, by=superintendent, now=ELEVEN + 7 * HOUR)
    assert [link.officer for link in chain(incident, Capacity.INSPECTOR)] == [late, superintendent]
    assert told(night, "in your place") == 1
    verdict = verdict_on("OWN-5", incident, ELEVEN + 7 * HOUR)
    assert (verdict.state, verdict.late) == ("met", True)


def test_an_action_due_at_night_belongs_to_somebody_on_duty_at_night(
    crew: Crew, incident: Incident
) -> None:
    clock.set_to(ELEVEN - QUARTER)
    pc, night_pc = crew[Role.FRONTLINE, Turn.LATE], crew[Role.FRONTLINE, Turn.NIGHT]
    inspector = crew[Role.DUTY_INSPECTOR, Turn.LATE]
    action = an_action(
        incident, pc, EVENING, title="Search the path", due_at=london("2026-11-08 02:00")
    )
    rest = Rest(make_client_system(bcus=[incident.bcu]), inspector)
    read = rest.get(f"/api/v1/actions/{action.pk}/").json()
    assert read["on_duty_when_due"] is False
    (unanswered,) = sheet_of(inspector, ELEVEN - QUARTER).actions
    assert unanswered.there[0] == night_pc
    path, night = "/api/v1/handovers/shift/", crew[Role.DUTY_INSPECTOR, Turn.NIGHT]
    line = {"incident": incident.reference, "capacity": "inspector", "to": str(night.pk)}

    def allocated_to(officer: Officer) -> dict[str, object]:
        actions = [{"action": str(action.pk), "responsible": str(officer.pk)}]
        return {"lines": [line], "actions": actions}

    refused = rest.post(path, allocated_to(crew[Role.DUTY_INSPECTOR, Turn.LATE]))
    errors = assert_problem(refused, 400, "invalid")["errors"]
    assert [(each["field"], each["code"]) for each in errors] == [
        ("actions.0.responsible", "off_duty_then")
    ]
    assert not HandoverItem.objects.filter(capacity=Capacity.INSPECTOR).exists()
    assert rest.post(path, allocated_to(night_pc)).status_code == 201
    action.refresh_from_db()
    assert action.responsible == night_pc
    assert rest.get(f"/api/v1/actions/{action.pk}/").json()["on_duty_when_due"] is True


def test_a_search_advisers_involvement_is_a_recorded_decision_either_way(
    crew: Crew, incident: Incident
) -> None:
    clock.set_to(ELEVEN - QUARTER)
    inspector = crew[Role.DUTY_INSPECTOR, Turn.LATE]
    rest = Rest(make_client_system(bcus=[incident.bcu]), inspector)
    path = f"/api/v1/incidents/{incident.reference}/search-adviser/"
    an_assessment(incident, crew[Role.FRONTLINE, Turn.LATE], EVENING + HOUR, "high")

    def briefing() -> str:
        (line,) = sheet_of(inspector, ELEVEN - QUARTER).lines
        return line.draft.text

    assert "No decision is recorded on a specialist search adviser." in briefing()
    for body, field in (
        ({"involved": True, "reason": "The cliffs."}, "adviser"),
        ({"involved": False, "reason": " "}, "reason"),
    ):
        refused = rest.post(path, body)
        assert refused.status_code == 400
        errors = refused.json()["errors"]
        assert [each["field"] for each in errors] == [field]
    for body in (
        {"involved": False, "reason": "Her friends are being asked first."},
        {"involved": True, "adviser": "PS Quill", "reason": "The cliffs are dark."},
    ):
        assert rest.post(path, body).status_code == 201
    newest, before = rest.get(path).json()["results"]
    assert (newest["involved"], newest["adviser"], before["involved"]) == (True, "PS Quill", False)
    events = Event.objects.filter(stream=incident.reference, kind="search_adviser.decided")
    assert [event.data["involved"] for event in events.order_by("seq")] == [False, True]
    assert "No decision is recorded" not in briefing()
