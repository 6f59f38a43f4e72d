"""The third decision: an inspector grades again themselves, and another endorses that."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Conflict, NotPermitted, NotVisible
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from riskassessment.errors import AlreadyDecided, OwnAssessment, Superseded
from riskassessment.models import RiskAssessment, RiskDraft
from riskassessment.selectors.assessments import get_assessment, waiting_for_endorsement
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.regrade import begin_regrading, regrade_assessment
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment, grounds
from tests.rest import Rest, assert_problem
from tests.site.markup import Page

MINUTE = timedelta(minutes=1)
Api = Callable[..., Rest]
SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")


@pytest.fixture
def made(incident: Incident, cn: Unit, now: datetime) -> RiskAssessment:
    return an_assessment(incident, cn.frontline, now, factors=["out_of_character", "Her birthday"])


def test_a_regrade_takes_its_place_and_waits_for_another_inspector(
    made: RiskAssessment, cn: Unit, now: datetime
) -> None:
    again = regrade_assessment(
        assessment=made.pk, by=cn.inspector, now=now + MINUTE, **grounds(now, "high")
    )
    before = get_assessment(cn.inspector, made.pk)
    assert (before.regraded_as, again.regrades_id) == (again, made.pk)
    assert list(waiting_for_endorsement(cn.inspector)) == [again]
    event = Event.objects.filter(kind="risk.assessed").latest("pk")
    assert event.data["regrades"] == made.pk
    assert f"takes the place of the assessment by {cn.frontline}" in event.summary
    assert not again.pointed.exists(), "It may repeat what it takes the place of."
    with pytest.raises(OwnAssessment):
        endorse_assessment(assessment=again.pk, by=cn.inspector, now=now + MINUTE)
    with pytest.raises(Superseded):
        endorse_assessment(assessment=made.pk, by=cn.superintendent, now=now + MINUTE)
    endorse_assessment(assessment=again.pk, by=cn.superintendent, now=now + MINUTE)


def test_who_may_not_regrade_and_what_may_not_be(
    made: RiskAssessment, incident: Incident, cn: Unit, ne: Unit, now: datetime
) -> None:
    body = grounds(now, "high")
    mine = an_assessment(log_incident(cn.frontline, now), cn.inspector, now)
    for officer, which, error in (
        (cn.frontline, made, NotPermitted),
        (ne.inspector, made, NotVisible),
        (cn.inspector, mine, OwnAssessment),
    ):
        with pytest.raises(error):
            regrade_assessment(assessment=which.pk, by=officer, now=now, **body)
    with pytest.raises(NotVisible):
        assess_risk(
            reference=incident.reference, by=cn.superintendent, now=now, regrades=mine.pk, **body
        )
    return_assessment(assessment=made.pk, reason="Ask the school.", by=cn.inspector, now=now)
    with pytest.raises(AlreadyDecided):
        regrade_assessment(assessment=made.pk, by=cn.superintendent, now=now, **body)
    with pytest.raises(AlreadyDecided):
        begin_regrading(assessment=made.pk, by=cn.superintendent, now=now)
    assert incident.risk_assessments.count() == 1


def test_not_on_a_closed_incident(
    made: RiskAssessment, incident: Incident, cn: Unit, now: datetime,
    close: Callable[[Incident], None],
) -> None:  # fmt: skip
    close(incident)
    with pytest.raises(Conflict):
        begin_regrading(assessment=made.pk, by=cn.inspector, now=now)
    assert not RiskDraft.objects.exists()


def test_the_page_begins_with_the_grounds_and_another_decision_in_between_is_told(
    made: RiskAssessment, incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.inspector)
    answer = browser.post(reverse("decide-assessment", args=[made.pk]), {"decision": "regrade"})
    assert answer["Location"] == reverse("assess-risk", args=[incident.reference])
    page = browser.get(answer["Location"])
    text = page.content.decode()
    assert "Yours takes its place; another inspector then endorses it." in text
    for words in (RATIONALE, "She left at three", "Rowan Ashgrove", "The terminal is down"):
        assert words in text
    typed = next(form for form in Page(page).posts() if "rationale" in form.given()).given()
    assert (typed["grade"], typed["other_factor"]) == (["medium"], ["Her birthday"])
    assert typed["factors"] == ["out_of_character"]
    high = {**typed, "grade": ["high"]}
    assert browser.post(answer["Location"], high).status_code == 302
    again = incident.risk_assessments.latest("pk")
    assert (again.regrades_id, again.made_by, again.grade) == (made.pk, cn.inspector, "high")
    tab = browser.get(reverse("incident-risk", args=[incident.reference])).content.decode()
    assert "Graded again by" in tab
    assert not RiskDraft.objects.exists()


def test_what_the_inspector_had_typed_already_stays(
    made: RiskAssessment, incident: Incident, cn: Unit, now: datetime
) -> None:
    mine = {"rationale": ["Half a thou"]}
    RiskDraft.objects.create(officer=cn.inspector, incident=incident, data=mine, saved_at=now)
    draft = begin_regrading(assessment=made.pk, by=cn.inspector, now=now)
    assert (draft.data, draft.regrades_id) == (mine, made.pk)


def test_it_is_regraded_over_rest(made: RiskAssessment, cn: Unit, now: datetime, api: Api) -> None:
    path = f"/api/v1/risk-assessments/{made.pk}/"
    body = {**grounds(now, "high"), "information": []}
    assert_problem(api(cn.frontline).post(f"{path}regrade/", body), 403, "not_permitted")
    answer = api(cn.inspector).post(f"{path}regrade/", body)
    assert answer.status_code == 201, answer.content
    again = answer.json()
    assert (again["regrades"], again["state"]) == (str(made.pk), "waiting")
    assert api(cn.inspector).get(answer["Location"]).json() == again
    before = api(cn.inspector).get(path).json()
    assert before["state"] == "regraded"
    assert before["regraded"]["by"]["id"] == str(cn.inspector.pk)
    assert before["regraded"]["id"] == again["id"]
    twice = api(cn.superintendent).post(f"{path}regrade/", body)
    assert_problem(twice, 409, "superseded")


def test_the_queue_is_by_deadline_with_what_to_look_at_first(
    cn: Unit, now: datetime, browser_as: SignIn, api: Api
) -> None:
    """A low grade of hours ago is due before a medium one of now; a high one before both."""
    ago = {"low": timedelta(hours=7, minutes=30), "medium": timedelta(), "high": 20 * MINUTE}
    made = {
        grade: an_assessment(
            log_incident(cn.frontline, now - since - MINUTE, markers=["dementia"]),
            cn.frontline,
            now - since,
            grade,
            differs_because="With her sister." if grade == "low" else "",
            rationale=f"{grade}: {RATIONALE}",
        )
        for grade, since in ago.items()
    }
    untrained = cn.another(Role.DUTY_INSPECTOR)
    text = browser_as(untrained).get(reverse("risk-queue")).content.decode()
    order = [text.index(f"/risk/{made[grade].pk}/decide/") for grade in ("low", "high", "medium")]
    assert order == sorted(order)
    assert text.count("Lower than usual") == 1
    assert text.count("Reasons used before") == 2
    assert text.count("training not in date") == 3
    assert text.count("A trained inspector endorses it; your training is not in date.") == 3
    assert "7 h 30 min" in text
    rest = api(cn.inspector)
    queue = rest.get("/api/v1/risk-assessments/", {"waiting": "true"}).json()["results"]
    assert [each["grade"] for each in queue] == ["low", "high", "medium"]
    assert queue[0]["due_at"] == "2026-07-18T09:30:00Z"
    assert (queue[0]["differs"], queue[0]["repeats"], queue[2]["state"]) == (True, False, "waiting")
    assert not queue[0]["assessor_trained"]
    one = rest.get("/api/v1/risk-assessments/", {"waiting": "true", "grade": "high", "limit": 1})
    assert [each["id"] for each in one.json()["results"]] == [str(made["high"].pk)]
    endorse_assessment(assessment=made["high"].pk, by=cn.inspector, now=now)
    others = rest.get("/api/v1/risk-assessments/", {"waiting": "false", "bcu": "CN"}).json()
    assert [each["state"] for each in others["results"]] == ["endorsed"]
    first = rest.get("/api/v1/risk-assessments/", {"waiting": "true", "limit": 1}).json()
    rest_of = rest.get(first["next"].split("testserver")[1]).json()["results"]
    assert [each["grade"] for each in rest_of] == ["medium"]


def test_the_queue_takes_as_many_queries_for_20_as_for_1(
    cn: Unit, now: datetime, browser_as: SignIn, api: Api
) -> None:
    browser, rest, counts = browser_as(cn.inspector), api(cn.inspector), set()
    url, path = reverse("risk-queue"), "/api/v1/risk-assessments/?waiting=true&limit=50"
    browser.get(url)
    for n in (1, 20):
        while waiting_for_endorsement(cn.inspector).count() < n:
            an_assessment(log_incident(cn.frontline, now), cn.frontline, now)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).content.decode().count("house-card__title") == n
            assert len(rest.get(path).json()["results"]) == n
        counts.add(len(queries))
    assert len(counts) == 1
