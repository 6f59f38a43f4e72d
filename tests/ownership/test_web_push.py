"""Web push through a real service of this machine: signed, sealed for a browser, naming nobody."""

import json
import os
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from django.urls import reverse

from core.errors import Conflict, Invalid
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from ownership.models import Delivery, InboxItem, PushDevice
from ownership.services import pushing
from ownership.services.delivering import deliver_to, deliver_what_is_due
from ownership.services.notice_choices import add_device, remove_device
from ownership.services.telling import tell
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.push_service import BrowserKeys, PushService, check_vapid, decoded, push_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    """On the list of services that may be called, as the makers of browsers are."""
    with push_service() as service:
        settings.MISPERS_PUSH_HOSTS = [service.url]
        yield service


@pytest.fixture
def keys() -> BrowserKeys:
    return BrowserKeys(ec.generate_private_key(ec.SECP256R1()), os.urandom(16))


def subscribed(officer: Officer, service: PushService, keys: BrowserKeys, at: str = "a") -> None:
    add_device(
        by=officer, now=NOW, endpoint=f"{service.url}/{at}", p256dh=keys.p256dh, auth=keys.auth,
        label="Firefox on Android",
    )  # fmt: skip


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    incident = log_incident(cn.frontline, now, family_name="Quillfeather")
    Delivery.objects.all().delete()
    return incident


def told(officer: Officer, incident: Incident) -> InboxItem:
    return tell(officer, incident=incident, title="Ring Rowan Ashgrove", link="/inbox/", now=NOW)


def pushed(item: InboxItem) -> Delivery:
    return item.deliveries.get(channel="push")


def test_our_reader_reads_the_example_of_the_rfc() -> None:
    private = int.from_bytes(decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    browser = BrowserKeys(
        ec.derive_private_key(private, ec.SECP256R1()), decoded("BTBZMqHH6r4Tts7J_aSIgg")
    )
    message = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )
    assert browser.read(decoded(message)) == b"When I grow up, I want to be a watermelon"


def test_a_notice_is_signed_sealed_for_the_browser_and_names_nobody(
    incident: Incident, cn: Unit, service: PushService, keys: BrowserKeys
) -> None:
    subscribed(cn.frontline, service, keys)
    item = told(cn.frontline, incident)
    deliver_to(officer_id=cn.frontline.pk, now=NOW)
    assert (pushed(item).state, pushed(item).sent_at) == ("sent", NOW)
    [(headers, body)] = service.got
    claims, key = check_vapid(headers["Authorization"])
    assert key == pushing.public_key()
    assert claims["aud"] == service.url
    assert claims["sub"].startswith("mailto:")
    assert time.time() < claims["exp"] < time.time() + 24 * 60 * 60
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    shown = json.loads(keys.read(body))
    assert shown == {
        "title": f"You have been told something on {incident.reference}",
        "body": "Open to see what and by when.",
        "url": reverse("inbox-follow", args=[item.pk]),
    }
    for private in (b"Quillfeather", b"Ashgrove", b"inbox"):
        assert private not in body


def test_one_message_speaks_of_all_that_goes_to_a_person(
    incident: Incident, cn: Unit, service: PushService, keys: BrowserKeys
) -> None:
    subscribed(cn.frontline, service, keys)
    for _ in range(3):
        told(cn.frontline, incident)
    deliver_what_is_due(now=NOW)
    [(_, body)] = service.got
    assert json.loads(keys.read(body))["body"] == "And 2 more in your inbox."
    assert set(Delivery.objects.filter(channel="push").values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(
    ("status", "state", "devices"),
    [(201, "sent", 1), (404, "dropped", 0), (410, "dropped", 0), (503, "failed", 1),
     (302, "failed", 1)],
)  # fmt: skip
def test_what_the_service_answers_decides(
    incident: Incident,
    cn: Unit,
    service: PushService,
    keys: BrowserKeys,
    status: int,
    state: str,
    devices: int,
) -> None:
    subscribed(cn.frontline, service, keys)
    service.status = status
    item = told(cn.frontline, incident)
    deliver_to(officer_id=cn.frontline.pk, now=NOW)
    assert pushed(item).state == state
    assert PushDevice.objects.count() == devices
    assert len(service.got) == 1, "A redirect is not followed."
    assert item.deliveries.get(channel="email").state == "sent"


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("http://fcm.googleapis.com/fcm/send/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evil.example/fcm.googleapis.com", False),
        ("https://fcm.googleapis.com@169.254.169.254/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("https://fcm.googleapis.com:x/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_known_services_are_called_and_only_over_tls(endpoint: str, allowed: bool) -> None:
    assert pushing.is_allowed(endpoint) is allowed


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://internal.example/"},
        {"p256dh": "x"},
        {"p256dh": "\ud800"},
        {"auth": ""},
        {"endpoint": "long"},
    ],
)
def test_a_device_that_is_none_is_refused(
    cn: Unit, service: PushService, keys: BrowserKeys, wrong: dict[str, str]
) -> None:
    if wrong.get("endpoint") == "long":
        wrong = {"endpoint": f"{service.url}/{'x' * 500}"}
    given = {"endpoint": f"{service.url}/a", "p256dh": keys.p256dh, "auth": keys.auth, **wrong}
    with pytest.raises(Invalid):
        add_device(by=cn.frontline, now=NOW, label="x", **given)
    assert not PushDevice.objects.exists()


def test_a_device_belongs_to_whoever_added_it_last_and_only_they_remove_it(
    cn: Unit, service: PushService, keys: BrowserKeys
) -> None:
    subscribed(cn.frontline, service, keys)
    subscribed(cn.inspector, service, keys)
    device = PushDevice.objects.get()
    assert device.officer == cn.inspector
    remove_device(device_id=device.pk, by=cn.inspector, now=NOW)
    assert not PushDevice.objects.exists()
    kinds = Event.objects.filter(stream=f"notices-{cn.inspector.pk}").values_list("kind", flat=True)
    assert list(kinds) == ["notices.device_added", "notices.device_removed"]


def test_without_a_key_no_device_is_taken(
    cn: Unit, service: PushService, keys: BrowserKeys, settings: LazySettings
) -> None:
    settings.MISPERS_PUSH_KEY = ""
    with pytest.raises(Conflict):
        subscribed(cn.frontline, service, keys)
