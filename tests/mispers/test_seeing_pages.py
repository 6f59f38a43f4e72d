"""The pages that show incidents: to whom, what is logged, and the same cost for any number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from core.models import Access
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer
from tests.moments import NOW

SignIn = Callable[[Officer], Browser]
PAGES = ["incident", "incident-timeline", "incident-as-at", "incident-reason"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_incident_opens_in_its_bcu_and_is_not_found_in_another(
    cn: Unit, ne: Unit, browser_as: SignIn, now: datetime, page: str
) -> None:
    incident = log_incident(cn.frontline, now)
    address = reverse(page, args=[incident.reference])
    assert browser_as(cn.inspector).get(address).status_code == 200
    assert browser_as(ne.inspector).get(address).status_code == 404
    board = an_officer(Role.ASSURANCE_BOARD, ne.bcu)
    assert browser_as(board).get(address).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_incident_asks_for_a_sign_in(cn: Unit, now: datetime, page: str) -> None:
    incident = log_incident(cn.frontline, now)
    address = reverse(page, args=[incident.reference])
    answer = Browser().get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("sign-in"))


def test_looking_at_an_incident_is_logged_with_the_reason_given(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    browser = browser_as(cn.inspector)
    browser.get(reverse("incident", args=[incident.reference]))
    reason = reverse("incident-reason", args=[incident.reference])
    browser.post(reason, {"reason": "Supervisor review"})
    browser.get(reverse("incident-timeline", args=[incident.reference]))
    looks = Access.objects.filter(stream=incident.reference).order_by("pk")
    assert [(look.officer, look.reason, look.detail["page"]) for look in looks] == [
        (cn.inspector, "", "incident"),
        (cn.inspector, "Supervisor review", "incident-timeline"),
    ]


def test_where_a_reason_is_mandatory_it_is_asked_for_before_the_page(
    cn: Unit, browser_as: SignIn, now: datetime, settings: Any
) -> None:
    settings.MISPERS_REASON_MANDATORY = True
    incident = log_incident(cn.frontline, now)
    browser, address = browser_as(cn.inspector), reverse("incident", args=[incident.reference])
    asked = browser.get(address)
    assert asked.status_code == 302
    assert not Access.objects.filter(stream=incident.reference).exists()
    answered = browser.post(asked.headers["Location"], {"reason": "I have found her"})
    assert answered.headers["Location"] == address
    assert browser.get(address).status_code == 200
    assert Access.objects.get(stream=incident.reference).reason == "I have found her"


def test_the_reason_page_never_leads_to_another_site(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    address = reverse("incident-reason", args=[incident.reference])
    answer = browser_as(cn.inspector).post(
        f"{address}?next=https://elsewhere.example/", {"reason": "Review"}
    )
    assert answer.headers["Location"] == reverse("incident", args=[incident.reference])


def test_a_search_is_logged_with_what_was_asked(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    browser_as(cn.frontline).get(reverse("search"), {"q": "Ashgrove"})
    look = Access.objects.get(kind="search")
    assert (look.officer, look.detail["q"]) == (cn.frontline, "Ashgrove")


def test_a_search_shows_another_bcus_incident_by_name_while_open_and_never_by_reference(
    cn: Unit, ne: Unit, browser_as: SignIn, now: datetime
) -> None:
    incident = log_incident(ne.frontline, now, given_name="Nadiya", family_name="Carrow")
    browser = browser_as(cn.frontline)
    by_name = browser.get(reverse("search"), {"q": "nadia carrow"}).content.decode()
    assert "Missing now." in by_name
    assert reverse("incident", args=[incident.reference]) not in by_name
    assert incident.circumstances not in by_name
    by_reference = browser.get(reverse("search"), {"q": incident.reference}).content.decode()
    assert "Nadiya" not in by_reference


def test_the_open_list_has_the_overdue_first(
    cn: Unit, browser_as: SignIn, clock_at: Callable[[datetime], datetime]
) -> None:
    new = log_incident(cn.frontline, NOW + timedelta(hours=3), given_name="New")
    old = log_incident(cn.frontline, NOW, given_name="Old")
    clock_at(NOW + timedelta(hours=3, minutes=5))
    page = browser_as(cn.inspector).get(reverse("open-incidents")).content.decode()
    assert page.index(old.reference) < page.index(new.reference)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"q": "Zofia"}, True),
        ({"q": "Orla"}, False),
        ({"stage": "pre_48h"}, True),
        ({"stage": "post_48h"}, False),
        ({"grade": "none"}, True),
        ({"grade": "high"}, False),
        ({"grade": "nonsense"}, True),
    ],
)
def test_the_open_list_is_narrowed(
    cn: Unit, browser_as: SignIn, now: datetime, query: dict[str, str], shown: bool
) -> None:
    incident = log_incident(cn.frontline, now, given_name="Zofia", family_name="Eastlake")
    page = browser_as(cn.inspector).get(reverse("open-incidents"), query).content.decode()
    assert (incident.reference in page) is shown


def test_the_open_list_is_narrowed_by_owner_and_inspector(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    browser = browser_as(cn.inspector)
    for name, holder in {"owner": cn.frontline, "inspector": cn.inspector}.items():
        hit = browser.get(reverse("open-incidents"), {name: holder.pk}).content.decode()
        miss = browser.get(reverse("open-incidents"), {name: cn.superintendent.pk}).content.decode()
        assert incident.reference in hit
        assert incident.reference not in miss


def test_the_timeline_goes_on_page_by_page(cn: Unit, browser_as: SignIn, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    for number in range(60):
        add_log_entry(incident.reference, by=cn.frontline, now=now, text=f"Entry {number:02}.")
    browser = browser_as(cn.inspector)
    address = reverse("incident-timeline", args=[incident.reference])
    first = browser.get(address)
    assert len(first.context["entries"]) == 50
    second = browser.get(address, {"before": first.context["older"]})
    numbers = [entry.event.seq for answer in (first, second) for entry in answer.context["entries"]]
    assert numbers == list(range(max(numbers), 0, -1))
    whole = browser.get(address, {"whole": "1"})
    assert len(whole.context["entries"]) == len(numbers)


def test_an_event_recorded_later_than_it_happened_says_so(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    incident = log_incident(
        cn.frontline, now, reported_at=now - timedelta(hours=5), last_seen_at=None
    )
    page = browser_as(cn.inspector).get(reverse("incident-timeline", args=[incident.reference]))
    entry = page.context["entries"][-1]
    assert (entry.event.at, entry.event.recorded_at) == (now - timedelta(hours=5), now)
    assert "Recorded <time" in page.content.decode()
