"""IOPC, July 2022, over REST: low for too long, sickle cell taken for anaemia, a doctor unheard."""

from datetime import datetime
from typing import Any

import pytest

from mispers.models import Incident
from ownership.models import InboxItem
from tests.conftest import Unit
from tests.factories.endings import all_overrides
from tests.factories.risk import trained
from tests.rest import assert_problem
from tests.scenarios.incident_over_rest import HOUR, MINUTE, OverRest, z

pytestmark = pytest.mark.django_db
MOTHER = {"name": "Abiodun Sayers", "relationship": "mother", "phone": "020 7946 0417"}
REPORT = {
    "person": {"given_name": "Dele", "family_name": "Sayers", "date_of_birth": "2007-02-11"},
    "informant": MOTHER,
    "circumstances": "Went out last night without saying where to, and is not answering.",
    "missing_from": "home",
}
DOCTOR = "Dr Maya Trent, his GP, 020 7946 0555"


@pytest.fixture
def case(cn: Unit, now: datetime) -> OverRest:
    """Graded low on the first evening, and endorsed."""
    for officer in (cn.frontline, cn.inspector):
        trained(officer, now)
    case = OverRest(cn, now)
    case.report(REPORT, by=cn.frontline)
    case.at(30 * MINUTE)
    made = case.under("risk-assessments/", low(case), by=cn.frontline)
    case.post(f"risk-assessments/{made['id']}/endorse/", None, by=cn.inspector, status=200)
    return case


def low(case: OverRest, **over: Any) -> dict[str, Any]:
    return {
        "grade": "low",
        "likelihood": "possible",
        "severity": "minimal",
        "rationale": "Dele is 19, took his phone and his card, and has stayed with friends before.",
        "information": [
            {
                "text": "He was well when he went out.",
                "supplier": "Abiodun Sayers, mother",
                "contact": MOTHER["phone"],
                "obtained_at": z(case.reported_at),
            }
        ],
        "sources_checked": ["informant", "family"],
        **over,
    }


def test_a_condition_is_recorded_with_its_meaning_and_makes_the_review_due_at_once(
    case: OverRest, cn: Unit
) -> None:
    supplied = {
        "supplier": "Abiodun Sayers, mother",
        "supplier_kind": "family",
        "contact": MOTHER["phone"],
        "obtained_at": z(case.at(HOUR)),
    }
    # Given what his mother says, written down as a word only
    refused = case.send(
        f"incidents/{case.reference}/conditions/",
        {"code": "other", "label": "Anaemia", **supplied},
        by=cn.frontline,
    )
    # Then a name without its meaning is not taken
    assert [each["field"] for each in assert_problem(refused, 400, "invalid")["errors"]] == [
        "meaning"
    ]
    # When it is recorded as what it is
    made = case.under("conditions/", {"code": "sickle_cell", **supplied}, by=cn.frontline)
    # Then its meaning for risk stands with it, what it is mistaken for, and who said so
    assert "hospital within hours" in made["meaning"]
    assert "anaemia" in made["not_the_same"]
    assert made["supplier"] == supplied["supplier"]
    # And the risk is to be reviewed at once, because of it
    review = case.standard("RISK-4")
    assert review["due_at"] == z(case.reported_at + 2 * HOUR)
    # And whoever keeps it at low is asked why, by name of the condition
    again = case.send(f"incidents/{case.reference}/risk-assessments/", low(case), by=cn.frontline)
    problem = assert_problem(again, 422, "differs_because_required")
    assert "condition that can kill" in problem["errors"][0]["message"]


def test_a_doctors_worry_names_who_and_when_and_makes_the_review_due_at_once(
    case: OverRest, cn: Unit
) -> None:
    told_at = case.at(3 * HOUR)
    worry = {"text": "He has no medicine with him; I am worried.", "source_kind": "professional"}
    # Given that nobody wrote down who it was
    refused = case.send(f"incidents/{case.reference}/log/", worry, by=cn.frontline)
    # Then it is asked for
    assert [each["field"] for each in assert_problem(refused, 400, "invalid")["errors"]] == [
        "source"
    ]
    # When it is logged with the doctor's name
    entry = case.under("log/", {**worry, "source": DOCTOR}, by=cn.frontline)
    assert entry["source"] == DOCTOR
    assert entry["recorded_at"] == z(told_at)
    # Then the review is due at once: within the hour of a low grade; the record says through whom
    assert case.standard("RISK-4")["due_at"] == z(told_at + HOUR)
    case.at(4 * HOUR)
    assert case.standard("RISK-4")["state"] == "not_met"
    owner = InboxItem.objects.filter(officer=cn.frontline, title__contains="(RISK-4)")
    assert any("Dr Maya Trent" in item.title for item in owner)


def test_the_low_grade_is_not_carried_past_its_review_unless_somebody_decides_again(
    case: OverRest, cn: Unit
) -> None:
    # Given that nobody has thought again by the time of the review
    due = 24 * HOUR + 30 * MINUTE
    assert case.standard("RISK-4")["due_at"] == z(case.reported_at + due)
    case.at(due - MINUTE)
    assert "RISK-4" not in case.incident()["overdue"]["standards"]
    case.at(due + MINUTE)
    # Then the record says so, and goes on saying so up the ladder
    assert "RISK-4" in case.incident()["overdue"]["standards"]
    assert case.standard("RISK-4")["state"] == "not_met"
    case.at(due + 16 * HOUR)
    for officer in (cn.frontline, cn.inspector, cn.superintendent):
        assert case.told(officer, "RISK-4"), officer
    # And no clock decides it: one assessment, a person's
    assert len(case.incident("risk-assessments/")) == 1
    # When a person decides again
    case.at(due + 17 * HOUR)
    case.under(
        "risk-assessments/",
        low(
            case,
            grade="high",
            likelihood="very_likely",
            severity="serious",
            rationale="Dele has been without medicine for two nights of frost; a crisis is likely.",
            changes="Two nights, and nobody has heard from him.",
        ),
        by=cn.frontline,
    )
    # Then it is answered, and says how late it was
    assert "RISK-4" not in case.incident()["overdue"]["standards"]
    assert len(case.incident("risk-assessments/")) == 2


@pytest.mark.parametrize("resolved", ["located", "closed"])
def test_his_mothers_call_to_a_resolved_record_reaches_the_duty_inspector(
    case: OverRest, cn: Unit, resolved: str
) -> None:
    # Given that an officer took somebody else for him
    seen_at = z(case.at(5 * HOUR))
    case.under(
        "located/",
        {
            "at": seen_at,
            "place": "Coram Park",
            "condition": "safe",
            "seen_in_person_by": str(cn.frontline.pk),
            "seen_at": seen_at,
            "how": "A young man who gave his name.",
        },
        by=cn.frontline,
    )
    if resolved == "closed":
        _close(case, cn)
    # When his mother rings
    rung_at = case.at(6 * HOUR)
    call = {
        "text": "That was his cousin. He is not home.",
        "source": "His mother",
        "source_kind": "family",
    }
    case.under("log/", call, by=cn.frontline)
    # Then the duty inspector is told at once, and has an hour to decide with a reason
    notice = InboxItem.objects.get(officer=cn.inspector, title__startswith="Information on")
    assert notice.raised_at == rung_at
    case.at(7 * HOUR)
    assert len(case.told(cn.inspector, "NEW-1")) >= 1
    # When the inspector opens it again
    if resolved == "closed":
        case.under("reopen/", {"reason": "It was not him."}, by=cn.inspector)
        assert case.incident()["stage"] == "pre_48h"
        # Then a fresh grade is due within the hour
        assert case.standard("RISK-1")["state"] != "met"
        return
    barrier = case.incident("barriers/", to="closed")
    assert "That was his cousin" in next(b for b in barrier if b["code"] == "NEW-1")["message"]


def _close(case: OverRest, cn: Unit) -> None:
    case.under("closure/", {"rationale": "Seen and well."}, by=cn.frontline)
    incident = Incident.objects.get(reference=case.reference)
    overrides = all_overrides(incident, cn.superintendent, case.at(5 * HOUR))
    case.under("closure/authorise/", {"overrides": overrides}, by=cn.superintendent, status=200)
