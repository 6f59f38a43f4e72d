"""The pages of the investigation and the closure: what they show, keep and cost."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client as Browser

from mispers.models import Incident, Search
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.endings import ask, close, locate, stage_of, suppose_abroad
from tests.factories.incidents import log_incident
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]
SEARCH = {
    "extent": "knock",
    "kind": "home",
    "place": "1 Tallow Street",
    "covered": "The front door.",
    "not_covered": "All of the inside.",
    "searched_by": "PC Noor",
    "searched_at_day": "18/7/2026",
    "searched_at_time": "09:30",
    "result": "No answer.",
}


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def address(incident: Incident, path: str) -> str:
    return f"/incidents/{incident.reference}/{path}"


def test_a_knock_is_shown_as_no_search_of_the_inside(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    answer = browser.post(address(incident, "searches/record/"), SEARCH, follow=True)
    shown = text_of(answer)
    assert "The search is recorded as exactly what it was." in shown
    assert "Knocked, no entry Not a search of the whole inside" in shown
    assert "Nobody has recorded a search of all the inside of the home." in shown


def test_what_was_typed_stays_when_it_is_refused(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    wrong = {**SEARCH, "searched_at_day": "19/7/2026", "not_covered": ""}
    answer = browser_as(cn.frontline).post(address(incident, "searches/record/"), wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter what was not searched" in page
    assert "The front door." in page
    assert not Search.objects.exists()
    answer = browser_as(cn.frontline).post(
        address(incident, "searches/record/"), {**wrong, "not_covered": "The loft."}
    )
    assert "This is in the future" in answer.content.decode()
    assert "The loft." in answer.content.decode()


def test_the_barriers_are_shown_before_anybody_asks(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    suppose_abroad(incident, cn.frontline, now)
    browser = browser_as(cn.frontline)
    for page in (address(incident, "closure/"), address(incident, "closure/ask/")):
        shown = text_of(browser.get(page))
        for code in ("LOCATED", "END-1", "HYP-1", "END-2"):
            assert code in shown
        assert "May have gone abroad without telling anyone" in shown
    answer = browser.post(
        address(incident, "closure/ask/"),
        {"outcome": "", "rationale": "Likely abroad.", "version": incident.version + 1},
    )
    assert answer.status_code == 422
    assert "Likely abroad." in answer.content.decode()


def test_an_inspector_gives_a_reason_for_each_barrier_and_closes(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    browser = browser_as(cn.another(Role.DUTY_INSPECTOR))
    page = address(incident, "closure/authorise/")
    codes = re.findall(r'name="reason_([A-Z0-9-]+)"', browser.get(page).content.decode())
    assert "END-2" in codes
    missing = browser.post(page, {})
    assert missing.status_code == 422
    assert "Give a reason for going past END-2" in text_of(missing)
    assert 'href="#id_reason_END-2"' in missing.content.decode()
    given = {f"reason_{code}": "She declined and is with her mother." for code in codes}
    done = browser.post(page, given, follow=True)
    assert "Closure is authorised. The incident is closed." in text_of(done)
    assert stage_of(incident) == "closed"


def test_refusing_and_reopening_by_the_pages(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    inspector = browser_as(cn.another(Role.DUTY_INSPECTOR))
    assert inspector.post(address(incident, "closure/refuse/"), {"reason": ""}).status_code == 422
    refused = inspector.post(
        address(incident, "closure/refuse/"), {"reason": "Interview first."}, follow=True
    )
    assert "Because: Interview first." in text_of(refused)
    assert stage_of(incident) == "pre_48h"
    close(incident, cn.frontline, cn.superintendent, now)
    reopened = browser_as(cn.frontline).post(
        address(incident, "reopen/"), {"reason": "Reported again."}, follow=True
    )
    assert "The incident is open again." in text_of(reopened)


def test_whoever_may_not_decide_is_not_offered_it(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    browser = browser_as(cn.frontline)
    assert "closure/authorise/" not in browser.get(address(incident, "closure/")).content.decode()
    assert browser.get(address(incident, "closure/authorise/")).status_code == 403


def test_the_located_form_lets_the_second_person_send_theirs_after_reading(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser, page = browser_as(cn.another()), address(incident, "located/record/")
    form = {
        "at_day": "18/7/2026",
        "at_time": "09:45",
        "place": "The library",
        "condition": "safe",
        "how": "A librarian rang.",
        "version": incident.version,
    }
    locate(incident, cn.frontline, now)
    first = browser.post(page, form)
    assert first.status_code == 422
    assert str(cn.frontline) in text_of(first)
    assert "A librarian rang." in first.content.decode()
    version = re.search(r'name="version" value="(\d+)"', first.content.decode())
    assert version
    second = browser.post(page, {**form, "version": version[1]}, follow=True)
    assert "It is recorded how they were located." in text_of(second)


@pytest.mark.parametrize("path", ["investigation/", "closure/", "searches/record/"])
def test_another_bcu_is_told_that_there_is_nothing(
    path: str, incident: Incident, ne: Unit, browser_as: SignIn
) -> None:
    assert browser_as(ne.frontline).get(address(incident, path)).status_code == 404
