"""In a real browser: how an officer is told, a notice that its worker shows, and where it leads."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from mispers.models import Incident
from ownership.models import Delivery, InboxItem, PushDevice
from ownership.services.delivering import deliver_to
from ownership.services.reminders import raise_due_reminders
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page, on_a_phone
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.push_service import BrowserKeys, PushService, push_service

pytestmark = pytest.mark.django_db(transaction=True)

# A browser subscribes at its maker's service, which tests do not call; all else is the browser's.
SUBSCRIBE = """
([endpoint, p256dh, auth]) => {
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly || options.applicationServerKey.length !== 65) throw new Error();
    return { toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
  };
}
"""
SHOWN = """
async () => {
  const registration = await navigator.serviceWorker.getRegistration("/inbox/");
  const shown = await registration.getNotifications();
  return shown.map((each) => [each.title, each.body, each.data.url]);
}
"""


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    with push_service() as service:
        settings.MISPERS_PUSH_HOSTS = [service.url]
        yield service


@pytest.fixture
def unit(transactional_db: None, now: datetime) -> Unit:
    return a_unit("CN")


@pytest.fixture
def incident(unit: Unit, now: datetime) -> Incident:
    return log_incident(unit.frontline, now - timedelta(hours=2))


def push_to(page: Page, message: str) -> None:
    """Give the page's own service worker a message, as the browser's maker would."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.getRegistration('/inbox/')")
    origin = page.evaluate("location.origin")
    given = {"origin": origin, "registrationId": found[-1], "data": message}
    session.send("ServiceWorker.deliverPushMessage", given)
    page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")


def test_a_phone_is_added_shows_what_is_due_and_leads_there(
    unit: Unit, incident: Incident, open_page: OpenPage, service: PushService
) -> None:
    # Given an officer at the page of how they are told, on a phone
    keys = BrowserKeys(ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
    page = on_a_phone(open_page(unit.frontline, permissions=["notifications"]))
    page.goto("/inbox/")
    page.get_by_role("link", name="How you are told").click()
    check_page(page, "notice-choices")
    # When they choose quiet hours and add the phone
    page.get_by_label("Quiet from").select_option("22:00")
    page.get_by_label("Quiet until").select_option("07:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved how you are told.")).to_be_visible()
    page.evaluate(SUBSCRIBE, [f"{service.url}/phone", keys.p256dh, keys.auth])
    page.get_by_role("button", name="Tell me on this device").click()
    expect(page.get_by_role("button", name="Remove Chrome on Linux")).to_be_visible()
    check_page(page, "notice-choices-device")
    # And something falls due
    Delivery.objects.all().delete()
    raise_due_reminders(now=NOW)
    deliver_to(officer_id=unit.frontline.pk, now=NOW)
    [(_, body)] = service.got
    # Then the browser shows it, with no name, and the tap leads there and is on the record
    push_to(page, keys.read(body).decode())
    [[title, words, url]] = page.evaluate(SHOWN)
    assert title == f"Something is due now on {incident.reference}"
    assert incident.person.family_name not in f"{title} {words} {url}"
    item = InboxItem.objects.filter(officer=unit.frontline, kind="reminder").earliest("pk")
    page.goto(f"/inbox/{item.pk}/go/")
    expect(page).to_have_url(f"{page.evaluate('location.origin')}{item.link}")
    item.refresh_from_db()
    assert item.read_at == NOW
    # And the incident says who was told, how, and when it was read
    page.goto(f"/incidents/{incident.reference}/reminders/")
    expect(page.get_by_text("Inbox: read").first).to_be_visible()
    check_page(page, "incident-reminders")
    # And the device can be taken away again
    page.goto("/inbox/choices/")
    page.get_by_role("button", name="Remove Chrome on Linux").click()
    expect(page.get_by_text("That device is told nothing more.")).to_be_visible()
    assert not PushDevice.objects.exists()
