"""Grading through the service: what is stored, what is refused, what the rules ask."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.errors import Conflict, Invalid, NotPermitted, NotVisible, StaleVersion
from core.models import Event
from mispers.models import Incident
from officers.rules.roles import Role
from riskassessment.models import RiskAssessment, RiskDraft
from riskassessment.selectors.assessments import assessments_of, current_grade
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment, grounds, trained
from tests.moments import london


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")


def test_an_assessment_keeps_all_that_it_was_made_from(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    trained(cn.frontline, now)
    made = an_assessment(incident, cn.frontline, now)
    stored = assessments_of(incident).get()
    assert stored.pk == made.pk
    assert stored.grade == "medium"
    assert stored.definition.grade == "medium"
    assert stored.definition.standing == "policy"
    assert stored.assessor_trained
    assert stored.review_due_at == now + timedelta(hours=12)
    assert [item.supplier for item in stored.information.all()] == ["Rowan Ashgrove, parent"]
    assert {(s.source, s.checked) for s in stored.sources.all()} == {
        ("informant", True),
        ("family", True),
        ("earlier_reports", True),
        ("pnd", False),
    }


def test_the_trail_says_in_words_who_graded_it_what_and_why(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    an_assessment(incident, cn.frontline, now)
    an_assessment(incident, cn.frontline, now, "high", likelihood="very_likely", severity="serious")
    first, second = Event.objects.filter(stream=incident.reference, kind="risk.assessed").order_by(
        "seq"
    )
    assert first.data["grade"] == "medium"
    assert first.data["before"] is None
    assert first.data["review_due_at"] == "2026-07-18T21:00:00Z"
    assert f"{cn.frontline} graded the risk medium: harm likely" in first.summary
    assert "Rowan Ashgrove, parent said at Sat 18 Jul 2026, 09:40 BST" in first.summary
    assert "Not looked at: PND." in first.summary
    assert "(it was medium from Sat 18 Jul 2026, 10:00 BST)" in second.summary


@pytest.mark.parametrize(("grade", "hours"), [("low", 24), ("medium", 12), ("high", 4)])
def test_the_review_falls_due_by_grade(
    incident: Incident, cn: Unit, now: datetime, grade: str, hours: int
) -> None:
    assert an_assessment(incident, cn.frontline, now, grade).review_due_at == now + timedelta(
        hours=hours
    )


@pytest.mark.parametrize(
    ("at", "word"), [("2026-07-02 12:00", "Serious"), ("2026-07-18 10:00", "Significant")]
)
def test_high_keeps_the_definition_in_force_that_day(cn: Unit, at: str, word: str) -> None:
    then = london(at)
    incident = log_incident(cn.frontline, then)
    # Nobody is on the rota of that day but the fallback, and that is no matter here.
    assert an_assessment(incident, cn.frontline, then, "high").definition.text.startswith(word)


@pytest.mark.parametrize("lapsed", [True, False])
def test_training_counts_on_the_day(
    incident: Incident, cn: Unit, now: datetime, lapsed: bool
) -> None:
    trained(cn.frontline, now, lapsed=lapsed)
    assert an_assessment(incident, cn.frontline, now).assessor_trained is not lapsed


FUTURE = timedelta(minutes=5)
ITEM = {"text": "x", "supplier": "y", "contact": "z", "obtained_at": london("2026-07-18 09:00")}


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"grade": "none"}, "grade", "invalid_choice"),
        ({"grade": ""}, "grade", "invalid_choice"),
        ({"grade": "no_apparent_risk"}, "grade", "invalid_choice"),
        ({"likelihood": "certain"}, "likelihood", "invalid_choice"),
        ({"severity": ""}, "severity", "invalid_choice"),
        ({"rationale": ""}, "rationale", "required"),
        ({"rationale": " \n\t\u00a0 "}, "rationale", "required"),
        ({"rationale": "x" * 10_001}, "rationale", "max_length"),
        ({"rationale": "x" * 100_000}, "rationale", "max_length"),
        ({"rationale": "bell \x07"}, "rationale", "control_characters"),
        ({"information": [{**ITEM, "text": " "}]}, "information[0].text", "required"),
        ({"information": [ITEM, {**ITEM, "supplier": ""}]}, "information[1].supplier", "required"),
        (
            {"information": [{**ITEM, "obtained_at": None}]},
            "information[0].obtained_at",
            "required",
        ),
        (
            {"information": [{**ITEM, "obtained_at": london("2026-07-18 10:05")}]},
            "information[0].obtained_at",
            "in_future",
        ),
        ({"sources_checked": ["crystal_ball"]}, "sources_checked", "invalid_choice"),
        (
            {"sources_not_checked": [{"source": "x", "reason": "y"}]},
            "sources_not_checked[0].source",
            "invalid_choice",
        ),
        (
            {"sources_not_checked": [{"source": "pnc", "reason": ""}]},
            "sources_not_checked[0].reason",
            "required",
        ),
        (
            {
                "sources_checked": ["pnc"],
                "sources_not_checked": [{"source": "pnc", "reason": "down"}],
            },
            "sources_not_checked",
            "checked_and_not",
        ),
        ({"differs_because": "x" * 10_001}, "differs_because", "max_length"),
        ({"factors": ["x"] * 51}, "factors", "too_many"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(
    incident: Incident, cn: Unit, now: datetime, over: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        an_assessment(incident, cn.frontline, now, **over)
    assert [(e.field, e.code) for e in refused.value.errors] == [(field, code)]
    assert not RiskAssessment.objects.exists()
    assert not Event.objects.filter(kind="risk.assessed").exists()


def test_below_what_is_usual_needs_a_reason_which_is_kept(cn: Unit, now: datetime) -> None:
    incident = log_incident(
        cn.frontline, now, date_of_birth=now.date().replace(year=2012), markers=["cce"]
    )
    with pytest.raises(Invalid) as refused:
        an_assessment(incident, cn.frontline, now, "low", factors=["suicidal_intent"])
    assert refused.value.code == "differs_because_required"
    assert refused.value.unprocessable
    assert "usually high" in refused.value.message
    assert "usually at least medium" in refused.value.message
    made = an_assessment(
        incident,
        cn.frontline,
        now,
        "low",
        differs_because="He is on the telephone to his aunt and she is with him.",
    )
    assert len(made.usually) == 1
    assert "USUALLY-4" in made.usually[0]
    event = Event.objects.get(kind="risk.assessed")
    assert event.data["usually"] == ["USUALLY-4"]
    assert "it differs because “He is on the telephone" in event.summary


def test_the_machine_never_raises_a_grade(incident: Incident, cn: Unit, now: datetime) -> None:
    made = an_assessment(
        incident,
        cn.frontline,
        now,
        "low",
        factors=["suicidal_intent"],
        differs_because="It was said years ago, and to a doctor who has ruled it out since.",
    )
    assert made.grade == "low"
    assert current_grade(incident) == "low"


def test_only_a_role_that_may_grade_does(incident: Incident, cn: Unit, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        an_assessment(incident, cn.another(Role.RECORDS), now)


def test_another_bcu_cannot_see_it(incident: Incident, ne: Unit, now: datetime) -> None:
    with pytest.raises(NotVisible):
        an_assessment(incident, ne.frontline, now)


def test_a_stale_version_is_refused(incident: Incident, cn: Unit, now: datetime) -> None:
    version = Incident.objects.get(pk=incident.pk).version
    an_assessment(incident, cn.frontline, now, version=version)
    with pytest.raises(StaleVersion):
        an_assessment(incident, cn.frontline, now, version=version)


def test_the_draft_is_gone_once_it_is_recorded(incident: Incident, cn: Unit, now: datetime) -> None:
    for officer in (cn.frontline, cn.inspector):
        RiskDraft.objects.create(officer=officer, incident=incident, data={}, saved_at=now)
    an_assessment(incident, cn.frontline, now)
    assert [draft.officer for draft in RiskDraft.objects.all()] == [cn.inspector]


def test_a_correction_is_a_further_assessment(incident: Incident, cn: Unit, now: datetime) -> None:
    first = an_assessment(incident, cn.frontline, now)
    second = an_assessment(incident, cn.frontline, now, "high")
    assert list(assessments_of(incident)) == [second, first]
    assert grounds(now)["rationale"] == first.rationale


def test_a_closed_incident_is_not_graded(
    incident: Incident, cn: Unit, now: datetime, close: Any
) -> None:
    close(incident)
    with pytest.raises(Conflict) as refused:
        an_assessment(incident, cn.frontline, now)
    assert refused.value.code == "incident_closed"
