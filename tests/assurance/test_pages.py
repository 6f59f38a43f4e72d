"""The pages of assurance: who sees them, what they say, and that they ask no more for more rows."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client as Browser

from assurance.models import Disclosure, Review, ReviewDraft
from assurance.rules.principles import PRINCIPLES
from assurance.services.standards import refresh_standards
from core.models import Access
from mispers.models import Incident
from mispers.rules.codes import STANDARDS
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, a_sample, answers, first_item
from tests.factories.incidents import log_incident
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]
SEES_STANDARDS = set(Role) - {Role.FRONTLINE}
SAMPLES = {Role.SUPERINTENDENT, Role.ASSURANCE_BOARD}


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Reported two hours ago and never graded."""
    incident = log_incident(cn.frontline, now - 2 * HOUR)
    refresh_standards(incident_ids=[incident.pk], now=now)
    return incident


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/standards/", SEES_STANDARDS),
        ("/standards/records/?state=not_met", SEES_STANDARDS),
        ("/dip-samples/", SAMPLES),
        ("/dip-samples/draw/", SAMPLES),
        ("/dip-samples/DS-CN-00001/", SAMPLES),
        ("/dip-samples/records/{item}/", SAMPLES),
        ("/incidents/{reference}/standards/", set(Role)),
        ("/incidents/{reference}/disclosure/", {Role.RECORDS}),
    ],
)
def test_each_page_is_for_its_roles(
    cn: Unit, incident: Incident, now: datetime, browser_as: SignIn, role: Role, path: str,
    allowed: set[Role],
) -> None:  # fmt: skip
    item = first_item(a_sample(cn.superintendent, now))
    address = path.format(reference=incident.reference, item=item.pk)
    response = browser_as(cn.another(role)).get(address)
    assert response.status_code == (200 if role in allowed else 403)


@pytest.mark.parametrize(
    "path",
    [
        "/dip-samples/DS-CN-00001/",
        "/dip-samples/records/{item}/",
        "/incidents/{reference}/standards/",
    ],
)
def test_another_bcus_records_are_not_there_for_a_superintendent_and_are_for_the_board(
    cn: Unit, ne: Unit, board: Officer, incident: Incident, now: datetime, browser_as: SignIn,
    path: str,
) -> None:  # fmt: skip
    item = first_item(a_sample(cn.superintendent, now))
    address = path.format(reference=incident.reference, item=item.pk)
    assert browser_as(ne.superintendent).get(address).status_code == 404
    assert browser_as(board).get(address).status_code == 200


def test_a_records_page_shows_every_standard_and_leads_to_the_event_that_proves_it(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    page = browser.get(f"/incidents/{incident.reference}/standards/")
    said = text_of(page)
    for standard in STANDARDS.values():
        assert f"{standard.code} {standard.title}" in said
        assert standard.policy in said
    assert "Not met Overdue: Assess the risk" in said
    link = re.search(rf'href="(/incidents/{incident.reference}/timeline/\?before=\d+)(#[\w-]+)"',
                     page.content.decode())  # fmt: skip
    assert link
    assert f'id="{link[2][1:]}"' in browser.get(link[1]).content.decode()
    assert Access.objects.filter(stream=incident.reference, officer=cn.frontline).exists()


def test_the_overview_says_what_is_not_met(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    said = text_of(browser_as(cn.frontline).get(f"/incidents/{incident.reference}/"))
    assert "Standards not met" in said
    assert "RISK-1 Overdue: Assess the risk" in said


def test_a_number_leads_to_the_records_that_it_counts(
    cn: Unit, ne: Unit, incident: Incident, now: datetime, browser_as: SignIn
) -> None:
    elsewhere = log_incident(ne.frontline, now - 2 * HOUR)
    refresh_standards(incident_ids=[elsewhere.pk], now=now)
    browser = browser_as(cn.superintendent)
    page = browser.get("/standards/").content.decode()
    link = re.search(r'href="(/standards/records/\?code=RISK-1&amp;state=not_met)"', page)
    assert link
    records = text_of(browser.get(link[1].replace("&amp;", "&")))
    assert "1 record" in records
    assert incident.reference in records
    assert elsewhere.reference not in records


def test_what_has_fallen_due_since_it_was_kept_counts_as_not_met(
    cn: Unit, now: datetime, clock_at: Callable[[datetime], datetime], browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now)
    refresh_standards(incident_ids=[incident.pk], now=now)
    browser = browser_as(cn.superintendent)
    assert "code=RISK-1&amp;state=not_met" not in browser.get("/standards/").content.decode()
    clock_at(now + HOUR)
    assert "code=RISK-1&amp;state=not_met" in browser.get("/standards/").content.decode()


def test_the_board_sees_each_bcu_and_the_worst_first(
    cn: Unit, ne: Unit, board: Officer, incident: Incident, now: datetime, browser_as: SignIn
) -> None:
    good = log_incident(ne.frontline, now - 30 * MINUTE)
    refresh_standards(incident_ids=[good.pk], now=now)
    said = text_of(browser_as(board).get("/standards/"))
    assert said.index("Not met, by BCU")
    matrix = said[said.index("Not met, by BCU") :]
    assert matrix.index(" CN ") < matrix.index(" NE ")
    by_bcu = text_of(browser_as(board).get("/standards/?code=RISK-1"))
    assert by_bcu.index("By BCU")
    only = text_of(browser_as(board).get("/standards/?bcu=NE&code=RISK-1"))
    assert "By standard" in only


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("first=18/7/2026&last=18/7/2026", True),
        ("first=2026-07-18", True),
        ("last=17/7/2026", False),
        ("first=19/7/2026", False),
    ],
)
def test_the_period_is_of_reports_recorded_in_it(
    cn: Unit, incident: Incident, browser_as: SignIn, query: str, counted: bool
) -> None:
    said = text_of(browser_as(cn.superintendent).get(f"/standards/?{query}"))
    assert ("No records" not in said) is counted


def test_a_superintendent_draws_reviews_and_makes_work(
    cn: Unit, incident: Incident, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.superintendent)
    page = text_of(browser.get("/dip-samples/draw/"))
    assert "1 of 1 record did not meet RISK-1: Graded" in page
    drawn = browser.post(
        "/dip-samples/draw/",
        {"bcu": "CN", "first": "1/7/2026", "last": "today", "size": "5", "seed": ""},
        follow=True,
    )
    assert "0 of 1 reviewed" in text_of(drawn)
    link = re.search(r'href="(/dip-samples/records/\d+/)"', drawn.content.decode())
    assert link
    posted = {
        **answers(),
        "findings-TOTAL_FORMS": "1",
        "findings-INITIAL_FORMS": "0",
        "findings-0-text": "Nobody asked the college.",
        "findings-0-responsible": str(cn.inspector.pk),
        "findings-0-due_at_day": "25/7/2026",
        "findings-0-due_at_time": "14:00",
    }
    missing = browser.post(link[1], {**posted, "risk": ""})
    assert missing.status_code == 422
    assert "Nobody asked the college." in missing.content.decode()
    assert not Review.objects.exists()
    done = browser.post(link[1], posted, follow=True)
    said = text_of(done)
    assert "1 of 1 reviewed" in said
    assert f"Reviewed {incident.reference}" in said
    assert "Nobody asked the college." in said
    read = text_of(browser.get(link[1]))
    assert all(question in read for question in PRINCIPLES.values())
    again = browser.post(link[1], posted)
    assert again.status_code == 422
    assert f"{cn.superintendent} reviewed this record on" in text_of(again)


def test_a_draw_with_nothing_in_it_says_so_at_its_field(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    response = browser_as(cn.superintendent).post(
        "/dip-samples/draw/",
        {"bcu": "CN", "first": "1/7/2026", "last": "rubbish", "size": "500", "seed": "my words"},
    )
    said = text_of(response)
    assert response.status_code == 422
    assert "Enter a date" in said
    assert "my words" in response.content.decode()


def test_a_review_half_typed_is_there_again(
    cn: Unit, incident: Incident, now: datetime, browser_as: SignIn
) -> None:
    item = first_item(a_sample(cn.superintendent, now))
    browser = browser_as(cn.superintendent)
    answer = browser.post(
        f"/dip-samples/records/{item.pk}/draft/",
        {"_changed": ["risk", "findings-0-text"], "risk": "Half a", "findings-0-text": "Ask the"},
        headers={"X-Draft": "1"},
    )
    assert answer.json() == {"saved_at": "2026-07-18T09:00:00Z"}
    assert ReviewDraft.objects.get().officer == cn.superintendent
    page = browser.get(f"/dip-samples/records/{item.pk}/").content.decode()
    assert "Half a" in page
    assert "Ask the" in page


def test_records_make_a_pack_and_download_exactly_it(
    cn: Unit, records: Officer, incident: Incident, browser_as: SignIn
) -> None:
    browser = browser_as(records)
    address = f"/incidents/{incident.reference}/disclosure/"
    rows = {"redactions-TOTAL_FORMS": "1", "redactions-INITIAL_FORMS": "0"}
    given = {"purpose": "For the inquest", "recipient": "The coroner", **rows}
    wrong = browser.post(
        address,
        {**given, "redactions-0-text": "Lark Lane", "redactions-0-reason": "she was at Lark Lane"},
    )
    assert wrong.status_code == 422
    assert "The reason repeats words that are taken out" in text_of(wrong)
    made = browser.post(
        address,
        {**given, "redactions-0-text": "Lark Lane", "redactions-0-reason": "an address"},
        follow=True,
    )
    pack = Disclosure.objects.get()
    assert pack.sha256 in made.content.decode()
    download = browser.get(f"{address}{pack.pk}/")
    assert download.content == bytes(pack.content)
    assert download.headers["Content-Type"] == "application/zip"
    assert download.headers["Content-Disposition"] == (
        f'attachment; filename="{incident.reference}-disclosure-{pack.pk}.zip"'
    )
    assert browser_as(cn.superintendent).get(f"{address}{pack.pk}/").status_code == 403


def test_the_menu_and_tabs_lead_to_what_each_role_sees(
    cn: Unit, records: Officer, incident: Incident, browser_as: SignIn
) -> None:
    address = f"/incidents/{incident.reference}/"
    for officer, menu, tab in (
        (cn.frontline, (False, False), False),
        (cn.superintendent, (True, True), False),
        (records, (True, False), True),
    ):
        page = browser_as(officer).get(address).content.decode()
        assert ('href="/standards/"' in page, 'href="/dip-samples/"' in page) == menu
        assert (f'href="{address}disclosure/"' in page) is tab
        assert f'href="{address}standards/"' in page
