"""Standards, dip samples and disclosure packs over REST."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest

from assurance.models import Disclosure
from assurance.services.reviewing import NewFinding, review_item
from assurance.services.standards import refresh_standards
from core.models import Access, Event
from mispers.models import Incident
from mispers.rules.codes import STANDARDS
from officers.models import Officer
from tests.conftest import Unit
from tests.factories.assurance import HOUR, a_sample, answers, first_item
from tests.factories.incidents import log_incident
from tests.rest import Rest, assert_problem, make_client_system

pytestmark = pytest.mark.django_db
Connect = Callable[..., Rest]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    incident = log_incident(cn.frontline, now - 2 * HOUR)
    refresh_standards(incident_ids=[incident.pk], now=now)
    return incident


def test_a_record_tells_each_standard_with_the_event_that_proves_it(
    cn: Unit, incident: Incident, api: Connect
) -> None:
    answer = api(cn.frontline).get(f"/api/v1/incidents/{incident.reference}/standards/").json()
    assert answer["next"] is None
    by_code = {each["code"]: each for each in answer["results"]}
    assert list(by_code) == list(STANDARDS)
    reported = Event.objects.get(stream=incident.reference, kind="incident.reported")
    assert by_code["RISK-1"] == {
        "code": "RISK-1",
        "title": STANDARDS["RISK-1"].title,
        "state": "not_met",
        "late": False,
        "since": "2026-07-18T08:00:00Z",
        "due_at": "2026-07-18T08:00:00Z",
        "proved_by": str(reported.pk),
        "why": "Overdue: Assess the risk",
    }
    assert by_code["ACT-1"]["proved_by"] is None
    assert Access.objects.filter(stream=incident.reference).exists()


def test_another_bcus_record_is_not_found(ne: Unit, incident: Incident, api: Connect) -> None:
    response = api(ne.frontline).get(f"/api/v1/incidents/{incident.reference}/standards/")
    assert_problem(response, 404, "not_found")


def test_the_counts_are_narrowed_by_bcu_code_and_period(
    cn: Unit, ne: Unit, board: Officer, incident: Incident, now: datetime, api: Connect
) -> None:
    elsewhere = log_incident(ne.frontline, now - 2 * HOUR)
    refresh_standards(incident_ids=[elsewhere.pk], now=now)
    everywhere = api(board, bcus=[cn.bcu, ne.bcu])
    found = everywhere.get("/api/v1/standards/", {"code": "RISK-1"}).json()["results"]
    assert [(each["bcu"], each["not_met"]) for each in found] == [("CN", 1), ("NE", 1)]
    one = everywhere.get("/api/v1/standards/", {"code": "RISK-1", "bcu": "NE"}).json()["results"]
    assert one == [
        {
            "bcu": "NE",
            "code": "RISK-1",
            "title": STANDARDS["RISK-1"].title,
            "met": 0,
            "met_late": 0,
            "not_met": 1,
            "not_yet_due": 0,
            "not_applicable": 0,
        }
    ]
    for query, many in (
        ({"from": "2026-07-18T07:00:00Z", "to": "2026-07-18T07:00:01Z"}, 2 * len(STANDARDS)),
        ({"to": "2026-07-18T07:00:00Z"}, 0),
        ({"from": "2026-07-18T07:00:01Z"}, 0),
    ):
        answer = everywhere.get("/api/v1/standards/", {**query, "limit": 200}).json()
        assert len(answer["results"]) == many
    own = api(cn.superintendent).get("/api/v1/standards/", {"limit": 200}).json()["results"]
    assert {each["bcu"] for each in own} == {"CN"}
    assert_problem(api(cn.frontline).get("/api/v1/standards/"), 403, "not_permitted")
    wrong = everywhere.get("/api/v1/standards/", {"state": "met"})
    assert_problem(wrong, 400, "unknown_parameter")


def test_a_client_that_reads_without_an_officer_counts_its_bcus(
    cn: Unit, ne: Unit, incident: Incident, db: None
) -> None:
    answer = Rest(make_client_system(bcus=[ne.bcu])).get("/api/v1/standards/")
    assert answer.json()["results"] == []
    answer = Rest(make_client_system(bcus=[cn.bcu])).get("/api/v1/standards/", {"limit": 200})
    assert len(answer.json()["results"]) == len(STANDARDS)


def test_samples_tell_their_draw_reviews_and_findings(
    cn: Unit, ne: Unit, incident: Incident, now: datetime, api: Connect
) -> None:
    sample = a_sample(cn.superintendent, now)
    review_item(
        item_id=first_item(sample).pk,
        by=cn.superintendent,
        now=now,
        answers=answers(),
        findings=[NewFinding("Ask the college.", cn.inspector, now + HOUR)],
    )
    rest = api(cn.superintendent)
    listed = rest.get("/api/v1/samples/").json()["results"]
    assert listed[0]["reference"] == "DS-CN-00001"
    assert (listed[0]["records"], listed[0]["reviewed"], listed[0]["seed"]) == (1, 1, "a seed")
    shown = rest.get("/api/v1/samples/DS-CN-00001/").json()
    (item,) = shown["items"]
    assert (item["incident"], item["why"]) == (incident.reference, "lot")
    assert item["review"]["reviewed_by"]["id"] == str(cn.superintendent.pk)
    assert item["review"]["findings"][0]["responsible"]["id"] == str(cn.inspector.pk)
    assert_problem(api(ne.superintendent).get("/api/v1/samples/DS-CN-00001/"), 404, "not_found")
    assert api(ne.superintendent).get("/api/v1/samples/").json()["results"] == []
    assert_problem(api(cn.inspector).get("/api/v1/samples/"), 403, "not_permitted")


def test_a_pack_is_answered_as_a_file_and_the_same_key_gives_the_same_one(
    cn: Unit, records: Officer, incident: Incident, api: Connect
) -> None:
    rest = api(records, bcus=[cn.bcu])
    address = f"/api/v1/incidents/{incident.reference}/disclosure/"
    body = {
        "purpose": "For the inquest",
        "recipient": "The coroner",
        "redactions": [{"text": "Lark Lane", "reason": "an address"}],
    }
    answer = rest.post(address, body, Idempotency_Key="one-pack")
    pack = Disclosure.objects.get()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{pack.filename}"'
    assert answer.content == bytes(pack.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "check_pack.py" in archive.namelist()
        assert b"Lark Lane" not in archive.read("record.json")
    again = rest.post(address, body, Idempotency_Key="one-pack")
    assert again.content == answer.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Disclosure.objects.count() == 1
    listed = rest.get(address).json()["results"]
    assert [(each["sha256"], each["redactions"]) for each in listed] == [(pack.sha256, 1)]


def test_a_pack_is_refused_without_scope_role_or_sense(
    cn: Unit, records: Officer, incident: Incident, api: Connect
) -> None:
    address = f"/api/v1/incidents/{incident.reference}/disclosure/"
    body = {"purpose": "For the inquest", "recipient": "The coroner"}
    reading = api(records, bcus=[cn.bcu], scopes="disclosure:read")
    assert reading.post(address, body).status_code == 403
    assert_problem(api(cn.superintendent).post(address, body), 403, "not_permitted")
    wrong = api(records, bcus=[cn.bcu]).post(
        address, {**body, "redactions": [{"text": "Lark Lane", "reason": "at Lark Lane"}]}
    )
    problem = assert_problem(wrong, 400, "invalid")
    (error,) = problem["errors"]
    assert (error["field"], error["code"]) == ("redactions.0.reason", "repeats_words")
    assert not Disclosure.objects.exists()
