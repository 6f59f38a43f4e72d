"""Actions as pages: set, changed, completed, and who answered for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident
from officers.models import Officer
from ownership.models import Action
from ownership.services.actions import propose_not_pursued
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action
from tests.moments import NOW
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, NOW)


def test_an_action_is_set_and_completed_on_pages(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    typed = {
        "title": "Look in the shed",
        "responsible": cn.frontline.pk,
        "due_at_day": "18/7/2026",
        "due_at_time": "14:00",
        "priority": "urgent",
    }
    made = browser.post(reverse("action-new", args=[incident.reference]), typed)
    assert made.status_code == 302, text_of(made)
    action = Action.objects.get()
    complete = reverse("action-complete", args=[incident.reference, action.pk])
    empty = browser.post(complete, {"version": action.version, "result": ""})
    assert empty.status_code == 422
    browser.post(complete, {"version": action.version, "result": "Empty, locked from outside."})
    page = text_of(browser.get(reverse("action", args=[incident.reference, action.pk])))
    assert "Empty, locked from outside." in page


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("action-extend", {"due_at_day": "18/7/2026", "due_at_time": "18:00", "reason": "Later"}),
        ("action-propose-not-pursued", {"reason": "She was seen"}),
        ("action-reassign", {"reason": "Off duty"}),
    ],
)
def test_an_action_changes_on_its_pages(
    cn: Unit, incident: Incident, browser_as: SignIn, name: str, typed: dict[str, Any]
) -> None:
    action = an_action(incident, cn.frontline, NOW)
    path = reverse(name, args=[incident.reference, action.pk])
    browser = browser_as(cn.inspector)
    assert browser.get(path).status_code == 200
    if name == "action-reassign":
        typed = {**typed, "responsible": cn.another().pk}
    assert browser.post(path, {**typed, "version": 1}).status_code == 302
    stale = browser.post(path, {**typed, "version": 1})
    assert stale.status_code == 422


def test_another_inspector_agrees_not_to_pursue(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    action = an_action(incident, cn.frontline, NOW)
    propose_not_pursued(action_id=action.pk, by=cn.inspector, now=NOW, reason="Seen since")
    page = reverse("action", args=[incident.reference, action.pk])
    assert "Agree not to pursue" not in text_of(browser_as(cn.inspector).get(page))
    browser = browser_as(cn.superintendent)
    assert "Agree not to pursue" in text_of(browser.get(page))
    browser.post(reverse("action-approve-not-pursued", args=[incident.reference, action.pk]))
    action.refresh_from_db()
    assert action.state == "not_pursued"


def test_an_action_of_one_incident_is_not_found_under_another(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    action = an_action(log_incident(cn.frontline, NOW), cn.frontline, NOW)
    path = reverse("action", args=[incident.reference, action.pk])
    assert browser_as(cn.frontline).get(path).status_code == 404
