"""My work, handovers, actions and chains as pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Access
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, Deadline, Handover, HandoverItem
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer, on_shift
from tests.factories.ownership import an_action, an_offer, held
from tests.moments import NOW
from tests.site.markup import Page, text_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, NOW)


@pytest.fixture
def night(cn: Unit) -> Officer:
    return cn.another(Role.DUTY_INSPECTOR, given_name="Night", family_name="Duty")


def test_my_work_shows_what_i_hold_and_have_to_do_the_earliest_due_first(
    cn: Unit, incident: Incident, browser_as: SignIn, clock_at: Callable[..., datetime]
) -> None:
    soon = an_action(incident, cn.frontline, NOW, title="Ring the school")
    late = an_action(
        incident, cn.frontline, NOW, title="Look in the shed", due_at=NOW + timedelta(minutes=20)
    )
    clock_at(NOW + timedelta(hours=1))
    page = text_of(browser_as(cn.frontline).get("/"))
    assert "I own (1)" in page
    assert incident.person.name in page
    assert page.index(late.title) < page.index(soon.title)
    assert "overdue by 40 min" in page
    assert "I answer for as inspector" not in page


def test_an_incident_with_nothing_due_says_so(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    Deadline.objects.update(cancelled_at=NOW)
    for officer in (cn.frontline, cn.inspector):
        answer = browser_as(officer).get("/")
        assert answer.status_code == 200
        assert "Nothing is due" in text_of(answer)


def test_an_inspector_sees_what_they_answer_for(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    page = text_of(browser_as(cn.inspector).get("/"))
    assert "I answer for as inspector (1)" in page
    assert incident.reference in page


def test_an_offer_waits_on_the_receivers_page_and_on_the_givers(
    cn: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    an_offer(cn.inspector, night, incident, NOW)
    assert "waiting for my answer (1)" in text_of(browser_as(night).get("/"))
    mine = text_of(browser_as(cn.inspector).get("/"))
    assert "I have offered, not yet accepted (1)" in mine
    assert "yours until they accept" in mine


def test_one_incident_is_handed_over_from_its_own_page(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    to = cn.another()
    browser = browser_as(cn.frontline)
    path = reverse("incident-hand-over", args=[incident.reference])
    assert browser.get(path).status_code == 200
    done = browser.post(path, {"capacity": "owner", "to": to.pk, "briefing": "Ring at nine."})
    item = HandoverItem.objects.get()
    assert done.headers["Location"] == reverse("handover", args=[item.handover_id])
    assert (item.briefing, item.handover.receiver) == ("Ring at nine.", to)


def test_a_wrong_receiver_keeps_what_was_typed(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    path = reverse("incident-hand-over", args=[incident.reference])
    typed = {"capacity": "inspector", "to": cn.another().pk, "briefing": "Ring at nine."}
    page = browser_as(cn.inspector).post(path, typed)
    assert page.status_code == 422
    assert "cannot be inspector in CN" in text_of(page)
    assert "Ring at nine." in page.content.decode()


def test_who_does_not_hold_it_has_no_page_to_hand_it_over(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    path = reverse("incident-hand-over", args=[incident.reference])
    assert browser_as(cn.another()).get(path).status_code == 403


def test_a_shift_is_handed_over_in_one_form(
    cn: Unit, now: datetime, night: Officer, browser_as: SignIn
) -> None:
    incidents = [log_incident(cn.frontline, NOW) for _ in range(3)]
    browser = browser_as(cn.inspector)
    page = browser.get("/handovers/new/")
    assert page.content.decode().count("checked") >= 3
    typed: dict[str, Any] = {"to_duty_inspector": night.pk, "reason": "End of early turn"}
    for incident in incidents[:2]:
        typed |= {
            f"take_inspector_{incident.pk}": "on",
            f"briefing_inspector_{incident.pk}": "All quiet.",
            f"worry_inspector_{incident.pk}": "Her phone is off.",
        }
    for _ in range(2):  # the second press is the same answer
        assert browser.post("/handovers/new/", typed).status_code == 302
    made = Handover.objects.get()
    assert [item.incident for item in made.items.all()] == incidents[:2]
    assert {(item.briefing, item.worry) for item in made.items.all()} == {
        ("All quiet.", "Her phone is off.")
    }
    assert made.reason == "End of early turn"
    assert "Already on offer" in text_of(browser.get("/handovers/new/"))


def test_a_briefing_left_as_drafted_is_known_as_one_and_somebody_must_be_named(
    cn: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    browser, form = browser_as(cn.inspector), "/handovers/new/"
    given: dict[str, Any] = Page(browser.get(form)).posts()[-1].given()
    given[f"take_inspector_{incident.pk}"] = "on"
    assert given["to_duty_inspector"] == [""]  # the rota has nobody but the giver
    nobody = browser.post(form, given)
    assert nobody.status_code == 422
    assert "Choose next Duty inspector" in text_of(nobody)
    browser.post(form, {**given, "to_duty_inspector": night.pk})
    item = HandoverItem.objects.get()
    assert item.drafted
    assert item.briefing.startswith("Risk: not graded yet.")


def test_nothing_ticked_is_said_and_nothing_offered(
    cn: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    page = browser_as(cn.inspector).post("/handovers/new/", {"to_duty_inspector": night.pk})
    assert page.status_code == 422
    assert "Choose at least one incident." in text_of(page)
    assert not Handover.objects.exists()


def test_some_are_accepted_and_the_rest_sent_back_with_a_question(
    cn: Unit, now: datetime, night: Officer, browser_as: SignIn
) -> None:
    incidents = [log_incident(cn.frontline, NOW) for _ in range(3)]
    offer = an_offer(cn.inspector, night, incidents, NOW)
    path = reverse("handover", args=[offer.pk])
    browser = browser_as(night)
    item = offer.items.get(incident=incidents[2])
    one = reverse("handover-answer", args=[offer.pk, incidents[2].reference])
    refused = browser.post(one, {"answer": "decline"})
    assert refused.status_code == 422
    assert "Say what you ask" in text_of(refused)
    browser.post(one, {"answer": "decline", f"i{item.pk}-reason": "Who has rung?"})
    browser.post(path, {"items": [i.reference for i in incidents[:2]]})
    assert [held(i, Capacity.INSPECTOR) for i in incidents] == [night, night, cn.inspector]
    page = text_of(browser.get(path))
    assert "Accepted in part" in page
    assert "Who has rung?" in page


def test_accepting_what_was_withdrawn_meanwhile_says_who_and_when(
    cn: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    offer = an_offer(cn.inspector, night, incident, NOW)
    browser_as(cn.inspector).post(reverse("handover-withdraw", args=[offer.pk]))
    page = browser_as(night).post(
        reverse("handover", args=[offer.pk]), {"items": [incident.reference]}
    )
    assert page.status_code == 422
    assert f"withdrawn by {cn.inspector}, Sat 18 Jul 2026, 10:00 BST" in text_of(page)


def test_pressing_accept_twice_is_one_acceptance(
    cn: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    path = reverse("handover", args=[an_offer(cn.inspector, night, incident, NOW).pk])
    browser = browser_as(night)
    answers = [browser.post(path, {"items": [incident.reference]}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert held(incident, Capacity.INSPECTOR) == night


def test_the_ownership_page_says_who_answered_at_a_time(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    an_action(incident, cn.frontline, NOW, title="Look in the shed")
    browser = browser_as(cn.inspector)
    path = reverse("incident-ownership", args=[incident.reference])
    page = text_of(browser.get(path, {"at_day": "18/7/2026", "at_time": "10:30"}))
    assert "At Sat 18 Jul 2026, 10:30" in page
    assert "Look in the shed" in page
    before = text_of(browser.get(path, {"at_day": "18/7/2026", "at_time": "09:30"}))
    assert f"{incident.reference} had not been logged yet" in before
    wrong = browser.get(path, {"at_day": "the other day", "at_time": ""})
    assert "There is a problem" in text_of(wrong)
    assert Access.objects.filter(stream=incident.reference, officer=cn.inspector).count() == 3


def test_another_bcus_pages_are_not_there(
    cn: Unit, ne: Unit, incident: Incident, night: Officer, browser_as: SignIn
) -> None:
    action = an_action(incident, cn.frontline, NOW)
    offer = an_offer(cn.inspector, night, incident, NOW)
    browser = browser_as(ne.inspector)
    for name, *arguments in (
        ("incident-actions", incident.reference),
        ("incident-ownership", incident.reference),
        ("incident-hand-over", incident.reference),
        ("action-new", incident.reference),
        ("action", incident.reference, action.pk),
        ("handover", offer.pk),
    ):
        assert browser.get(reverse(name, args=arguments)).status_code == 404


def test_a_handover_of_many_is_read_in_as_many_queries_as_one_of_few(
    cn: Unit, night: Officer, browser_as: SignIn, now: datetime
) -> None:
    counts = []
    for number in (2, 12):
        incidents = [log_incident(cn.frontline, NOW) for _ in range(number)]
        path = reverse("handover", args=[an_offer(cn.inspector, night, incidents, NOW).pk])
        with CaptureQueriesContext(connection) as queries:
            assert browser_as(night).get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_those_on_duty_stand_first_in_the_list_of_receivers(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    on = cn.another(given_name="Zoe", family_name="Zeal")
    on_shift(on, NOW - timedelta(hours=1), NOW + timedelta(hours=7))
    nxt = cn.another(given_name="Yan", family_name="Yarrow")
    on_shift(nxt, NOW + timedelta(hours=7), NOW + timedelta(hours=15))
    off = cn.another(given_name="Abe", family_name="Aarons")
    elsewhere = an_officer(Role.RECORDS, cn.bcu, given_name="Rec", family_name="Ords")
    path = reverse("incident-hand-over", args=[incident.reference])
    page = text_of(browser_as(cn.frontline).get(path))
    assert page.index(str(on)) < page.index(str(nxt)) < page.index(str(off))
    assert str(elsewhere) not in page
