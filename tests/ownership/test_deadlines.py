"""What falls due, and what meets it, by the events of the trail."""

from datetime import datetime, timedelta

import pytest

from mispers.models import Incident
from mispers.services.contacts import record_notification
from mispers.services.log import add_log_entry
from mispers.services.searches import SearchDetails, record_search
from mispers.services.strategy import write_strategy
from officers.models import Officer
from ownership.models import Capacity, Deadline
from ownership.selectors.custody import holders_of
from ownership.selectors.next_due import next_due, overdue
from ownership.services.actions import complete_action, extend_action, reassign_action
from riskassessment.models import RiskAssessment
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import endorse_assessment, return_assessment
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def due(incident: Incident, code: str) -> Deadline:
    return Deadline.objects.filter(incident=incident, code=code).latest("opened_at", "pk")


def grade(incident: Incident, by: Officer, now: datetime, grade: str = "medium") -> RiskAssessment:
    return assess_risk(
        reference=incident.reference,
        by=by,
        now=now,
        grade=grade,
        likelihood="likely",
        severity="moderate",
        rationale="Has never stayed away before and left without the coat or the bank card.",
    )


def search(incident: Incident, by: Officer, now: datetime, extent: str, kind: str = "home") -> None:
    record_search(
        incident.reference,
        SearchDetails(
            place="12 Tallow Street",
            kind=kind,
            extent=extent,
            covered="As the extent says.",
            not_covered="Nothing left out." if extent == "inside" else "The inside.",
            searched_by="PC Thorne",
            searched_at=now,
            result="Nobody there.",
        ),
        by=by,
        now=now,
    )


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("INI-1", HOUR),
        ("RISK-1", HOUR),
        ("PLAN-1", 4 * HOUR),
        ("SEARCH-1", 4 * HOUR),
        ("CIRC-1", 48 * HOUR),
    ],
)
def test_a_report_makes_the_first_steps_due(
    incident: Incident, now: datetime, code: str, after: timedelta
) -> None:
    assert due(incident, code).due_at == now + after


@pytest.mark.parametrize(
    ("given", "endorse", "review", "search_due"),
    [
        ("low", 8 * HOUR, 24 * HOUR, 4 * HOUR),
        ("medium", 4 * HOUR, 12 * HOUR, 4 * HOUR),
        ("high", HOUR, 4 * HOUR, HOUR),
    ],
)
def test_the_grade_sets_endorsement_review_and_search(
    incident: Incident,
    cn: Unit,
    now: datetime,
    given: str,
    endorse: timedelta,
    review: timedelta,
    search_due: timedelta,
) -> None:
    grade(incident, cn.frontline, now, given)
    assert due(incident, "RISK-1").met_at == now
    assert due(incident, "RISK-3").due_at == now + endorse
    assert due(incident, "RISK-4").due_at == now + review
    assert due(incident, "SEARCH-1").due_at == now + search_due


@pytest.mark.parametrize("extent", ["exterior", "knock", "part_inside"])
def test_only_a_search_of_the_inside_meets_search_1(
    incident: Incident, cn: Unit, now: datetime, extent: str
) -> None:
    search(incident, cn.frontline, now, extent)
    assert due(incident, "SEARCH-1").met_at is None
    search(incident, cn.frontline, now + HOUR, "inside")
    assert due(incident, "SEARCH-1").met_at == now + HOUR


def test_missing_from_care_the_place_is_searched_as_well_as_the_home(
    cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now, missing_from="care")
    search(incident, cn.frontline, now, "inside")
    assert due(incident, "SEARCH-1").met_at is None
    search(incident, cn.frontline, now, "inside", kind="missing_from")
    assert due(incident, "SEARCH-1").met_at == now


def test_first_steps_need_both_a_grade_and_an_action_or_strategy(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    grade(incident, cn.frontline, now)
    assert due(incident, "INI-1").met_at is None
    write_strategy(incident.reference, by=cn.frontline, now=now, text="Friends first, then buses.")
    assert due(incident, "INI-1").met_at == now
    assert due(incident, "PLAN-1").met_at == now


def test_endorsement_meets_risk_3_and_a_return_asks_again_within_the_hour(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    first = grade(incident, cn.frontline, now)
    return_assessment(
        assessment=first.pk, by=cn.inspector, now=now + HOUR, reason="Ask the school."
    )
    assert due(incident, "RISK-3").cancelled_at == now + HOUR
    assert due(incident, "RISK-1").due_at == now + 2 * HOUR
    second = grade(incident, cn.frontline, now + HOUR)
    endorse_assessment(assessment=second.pk, by=cn.inspector, now=now + HOUR)
    assert due(incident, "RISK-3").met_at == now + HOUR


def test_an_actions_due_time_follows_it_to_its_end(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    other = cn.another()
    action = an_action(incident, cn.frontline, now, due_at=now + HOUR)
    assert (due(incident, "ACT-2").due_at, due(incident, "ACT-2").officer) == (
        now + HOUR,
        cn.frontline,
    )
    reassign_action(
        action_id=action.pk, by=cn.frontline, now=now, responsible=other, reason="Off duty at 3."
    )
    extend_action(
        action_id=action.pk, by=cn.frontline, now=now, due_at=now + 2 * HOUR, reason="Closed now."
    )
    assert (due(incident, "ACT-2").due_at, due(incident, "ACT-2").officer) == (
        now + 2 * HOUR,
        other,
    )
    complete_action(action_id=action.pk, by=other, now=now + HOUR, result="Not at school today.")
    assert due(incident, "ACT-2").met_at == now + HOUR


def test_a_high_grade_makes_the_safeguarding_di_due_and_a_lower_one_ends_that(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    grade(incident, cn.frontline, now, "high")
    assert due(incident, "OWN-3").due_at == now + HOUR
    grade(incident, cn.frontline, now + HOUR, "medium")
    assert due(incident, "OWN-3").cancelled_at == now + HOUR


def test_circulation_meets_circ_1_and_other_notices_do_not(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    record_notification(incident.reference, by=cn.frontline, now=now, to="border", at=now)
    assert due(incident, "CIRC-1").met_at is None
    record_notification(incident.reference, by=cn.frontline, now=now, to="pnc", at=now)
    assert due(incident, "CIRC-1").met_at == now


def test_next_due_names_whose_it_is_and_overdue_lists_the_codes(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    owners = holders_of([incident], Capacity.OWNER)
    found = next_due([incident], now, owners, {})[incident.pk]
    assert found.at == now + HOUR
    assert found.who == str(cn.frontline)
    late = overdue([incident], now + 5 * HOUR)[incident.pk]
    assert late.standards == ("INI-1", "PLAN-1", "RISK-1", "SEARCH-1")
    assert late.actions == 0


def test_a_log_entry_on_an_open_record_asks_for_no_decision(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    add_log_entry(incident.reference, by=cn.frontline, now=now, text="Mother rang.")
    assert not Deadline.objects.filter(code="NEW-1").exists()
