"""HMICFRS, February 2025, over REST: an exploited child of 14, and hours without any action."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mispers.models import Incident
from officers.models import Officer, Training
from tests.conftest import Unit
from tests.factories.risk import trained
from tests.rest import assert_problem
from tests.scenarios.incident_over_rest import HOUR, MINUTE, OverRest, z

pytestmark = pytest.mark.django_db
REPORT = {
    "person": {
        "given_name": "Marlon",
        "family_name": "Ashby",
        "date_of_birth": "2012-04-09",
        "looked_after_by": "Borough of Fairmead",
        "markers": ["cce"],
    },
    "informant": {"name": "Ines Okafor", "relationship": "key worker", "phone": "020 7946 0230"},
    "circumstances": "Collected from the children's home by a car that staff did not know.",
    "missing_from": "care",
}
BLAMES = "He is streetwise and keeps putting himself at risk with older lads."
REWORDED = (
    "Marlon is 14 and is being criminally exploited: adults collect him by car, and last time he "
    "came back beaten. Harm tonight is likely."
)


@pytest.fixture
def case(cn: Unit, now: datetime) -> OverRest:
    """Reported by the children's home in the evening."""
    for officer in (cn.frontline, cn.inspector):
        trained(officer, now)
    case = OverRest(cn, now)
    case.report(REPORT, by=cn.frontline)
    return case


def grounds(case: OverRest, grade: str, rationale: str, **over: Any) -> dict[str, Any]:
    return {
        "grade": grade,
        "likelihood": "likely",
        "severity": "moderate",
        "rationale": rationale,
        "information": [
            {
                "text": "A grey car waited at the corner.",
                "supplier": "Ines Okafor, key worker",
                "contact": "020 7946 0230",
                "obtained_at": z(case.reported_at),
            }
        ],
        "sources_checked": ["informant", "carers", "earlier_reports"],
        **over,
    }


def test_markers_set_at_intake_ask_why_the_grade_is_lower_and_ask_for_his_investigation(
    case: OverRest, cn: Unit
) -> None:
    # Given a report with the marker, before anybody has graded it
    asked = case.read("risk-prompts/", by=cn.frontline, incident=case.reference)
    because = {each["code"]: each["because"] for each in asked}
    assert "Criminal exploitation" in because["exploiters"]
    # When it is graded low without a word about the marker
    refused = case.send(
        f"incidents/{case.reference}/risk-assessments/",
        grounds(case, "low", REWORDED),
        by=cn.frontline,
    )
    # Then it is refused with the rule, the question stands at its field, and nothing graded him
    problem = assert_problem(refused, 422, "differs_because_required")
    assert [each["field"] for each in problem["errors"]] == ["differs_because"]
    assert "usually at least medium" in problem["errors"][0]["message"]
    assert case.incident()["grade"] is None
    # And the exploitation investigation is asked for within the day
    asked_for = case.standard("CHILD-2")
    assert asked_for["state"] == "not_yet_due"
    assert asked_for["due_at"] == z(case.reported_at + 24 * HOUR)


def test_his_investigation_is_met_only_in_trained_hands(case: OverRest, cn: Unit) -> None:
    untrained, investigator = cn.another(), cn.another()
    _trained_in_exploitation(investigator, case.at(HOUR))

    def allocate(officer: Officer) -> None:
        given = {
            "marker": "cce",
            "investigation": "OP-LARCH-14",
            "officer": str(officer.pk),
            "supplier": "The exploitation desk",
            "contact": "ext. 4410",
            "obtained_at": z(case.reported_at),
        }
        case.under("exploitation-investigations/", given, by=cn.frontline)

    allocate(untrained)
    assert case.standard("CHILD-2")["state"] == "not_yet_due"
    case.at(24 * HOUR)
    assert case.standard("CHILD-2")["state"] == "not_met"
    allocate(investigator)
    assert case.standard("CHILD-2")["proved_by"]


def test_an_hour_without_a_first_action_is_on_the_inspectors_board_two_on_the_superintendents(
    case: OverRest, cn: Unit
) -> None:
    # Given that he is graded medium and nothing is begun
    case.at(20 * MINUTE)
    case.under("risk-assessments/", grounds(case, "medium", REWORDED), by=cn.frontline)
    case.at(HOUR - MINUTE)
    assert case.read("incidents/", by=cn.inspector, overdue="true") == []
    # When the hour is up
    case.at(HOUR)
    # Then it stands among what is overdue, for the inspector who answers for it
    overdue = case.read(
        "incidents/", by=cn.inspector, overdue="true", inspector=str(cn.inspector.pk)
    )
    assert [each["reference"] for each in overdue] == [case.reference]
    assert "INI-1" in overdue[0]["overdue"]["standards"]
    # And the ladder reaches the inspector, and at two hours the superintendent, once each
    assert case.told(cn.inspector, "INI-1") == []
    case.at(HOUR + 15 * MINUTE)
    assert len(case.told(cn.inspector, "INI-1")) == 1
    case.at(2 * HOUR - MINUTE)
    assert case.told(cn.superintendent, "INI-1") == []
    case.at(2 * HOUR)
    case.at(8 * HOUR)
    assert len(case.told(cn.inspector, "INI-1")) == 1
    assert len(case.told(cn.superintendent, "INI-1")) == 1


def test_words_that_blame_him_are_answered_before_an_inspector_endorses(
    case: OverRest, cn: Unit
) -> None:
    # Given a rationale that blames him
    case.at(20 * MINUTE)
    blamed = case.under(
        "risk-assessments/", grounds(case, "medium", f"{REWORDED} {BLAMES}"), by=cn.frontline
    )
    assert {"streetwise", "putting himself at risk"} <= {
        each["phrase"].lower() for each in blamed["words"]
    }
    assert all(each["prefer"] for each in blamed["words"])
    # Then no inspector endorses it
    refused = case.send(f"risk-assessments/{blamed['id']}/endorse/", None, by=cn.inspector)
    assert "streetwise" in assert_problem(refused, 409, "phrases_unanswered")["detail"]
    # When one is kept, because it is a quotation, and the rest is reworded in a further assessment
    case.at(40 * MINUTE)
    quoted = f"{REWORDED} His key worker wrote that he is streetwise."
    made = case.under(
        "risk-assessments/",
        grounds(
            case,
            "medium",
            quoted,
            words_kept=[{"phrase": "streetwise", "reason": "His key worker's word, to be asked."}],
        ),
        by=cn.frontline,
    )
    # Then it is endorsed, and both assessments stay on the record
    endorsed = case.post(
        f"risk-assessments/{made['id']}/endorse/", None, by=cn.inspector, status=200
    )
    assert endorsed["endorsed_by"]["id"] == str(cn.inspector.pk)
    assert len(case.incident("risk-assessments/")) == 2


def test_he_stays_answered_for_all_the_while(case: OverRest, cn: Unit) -> None:
    case.at(8 * HOUR)
    now = Incident.objects.get(reference=case.reference)
    assert now.is_open
    named = case.incident("ownership/")
    assert {each["capacity"]: each["officer"]["id"] for each in named} == {
        "owner": str(cn.frontline.pk),
        "inspector": str(cn.inspector.pk),
    }


def _trained_in_exploitation(officer: Officer, now: datetime) -> None:
    Training.objects.create(
        officer=officer,
        course=Training.Course.EXPLOITATION,
        passed_on=now.date() - timedelta(days=30),
        lapses_on=now.date() + timedelta(days=300),
    )
