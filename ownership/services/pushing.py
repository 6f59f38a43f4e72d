"""Web push: VAPID (RFC 8292) and encryption for the browser alone (RFC 8291), sent over HTTPS.

What is sent passes through the browser maker's service: a reference and what is due, no name.
"""

import http.client
import json
import os
import ssl
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from fnmatch import fnmatch
from http import HTTPStatus
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.urls import reverse
from py_vapid import Vapid02

from ownership.models import Delivery, InboxItem, PushDevice
from ownership.rules.rungs import Rung
from ownership.services.channels import NeverSent, NotSent

TIMEOUT_SECONDS = 10
# A reminder that a phone could not be given for a day is old news: the inbox has it.
KEEP_SECONDS = 24 * 60 * 60
VALID_SECONDS = 12 * 60 * 60
AUTH_OCTETS = 16
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
NO_DEVICE = "No device is left that asked for it."
_WORDS = {
    Rung.BEFORE: "Something is due soon",
    Rung.DUE: "Something is due now",
    Rung.INSPECTOR: "Something is overdue",
    Rung.SUPERINTENDENT: "Something is overdue",
}


def send_push(deliveries: Sequence[Delivery], now: datetime) -> None:
    """Send one message about all of them to each of the officer's devices.

    It counts as sent when one device's service has taken it. A device that its service no longer
    knows is forgotten. Raises NeverSent where none is left, NotSent where none took it.
    """
    devices = list(PushDevice.objects.filter(officer_id=deliveries[0].officer_id))
    payload = what_to_show([each.item for each in deliveries])
    urgent = any(each.item.urgent for each in deliveries)
    taken, refused = [], []
    for device in devices:
        try:
            status = _post(device, payload, urgent=urgent)
        except OSError as error:
            refused.append(type(error).__name__)
            continue
        if status in GONE:
            device.delete()
        elif status < HTTPStatus.MULTIPLE_CHOICES:
            taken.append(device.pk)
        else:
            refused.append(f"answered {status}")
    PushDevice.objects.filter(pk__in=taken).update(sent_at=now)
    if not taken:
        if refused:
            raise NotSent(f"The push service could not be used: {', '.join(sorted(set(refused)))}.")
        raise NeverSent(NO_DEVICE)


def what_to_show(items: Sequence[InboxItem]) -> dict[str, str]:
    """Title, words and where a tap leads; no name, nothing that somebody typed."""
    first = items[0]
    reference = first.incident.reference if first.incident else ""
    says = "You have been told something"
    if first.kind == InboxItem.Kind.UNREAD:
        says = "A reminder has not been read"
    elif first.rung is not None:
        says = _WORDS[Rung(first.rung)]
    title = f"{says} on {reference}" if reference else says
    if len(items) == 1:
        return {
            "title": title,
            "body": "Open to see what and by when.",
            "url": reverse("inbox-follow", args=[first.pk]),
        }
    return {
        "title": title,
        "body": f"And {len(items) - 1} more in your inbox.",
        "url": reverse("inbox"),
    }


def is_allowed(endpoint: str) -> bool:
    """Whether this is the address of a push service that we may be made to call.

    A browser says the address, so anybody signed in could make us ask any host: only those on
    the list, over TLS, at the usual port. (A test's own service is on its list with its scheme.)
    """
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname:
        return False
    if f"{parts.scheme}://{parts.netloc}" in settings.MISPERS_PUSH_HOSTS:
        return True
    is_tls = parts.scheme == "https" and port in {None, 443}
    return is_tls and any(fnmatch(parts.hostname, host) for host in settings.MISPERS_PUSH_HOSTS)


def is_on() -> bool:
    """Whether this deployment has a key to send with."""
    return bool(settings.MISPERS_PUSH_KEY)


def public_key() -> str:
    """The key by which a browser knows our messages (base64url, uncompressed point)."""
    point: bytes = _vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether these are a point of the curve and a secret of 16 octets, as RFC 8291 asks."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        return len(_bytes(auth)) == AUTH_OCTETS
    except ValueError:
        return False


def encrypted(payload: dict[str, str], *, p256dh: str, auth: str) -> bytes:
    """The payload for the one browser that holds the other half of p256dh (RFC 8291)."""
    body: bytes = http_ece.encrypt(
        json.dumps(payload).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(p256dh),
        auth_secret=_bytes(auth),
        version="aes128gcm",
    )
    return body


def _post(device: PushDevice, payload: dict[str, str], *, urgent: bool) -> int:
    """POST to the device's service and return the status; never follows a redirect."""
    if not is_allowed(device.endpoint):
        return HTTPStatus.GONE
    body = encrypted(payload, p256dh=device.p256dh, auth=device.auth)
    parts = urlsplit(device.endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    claims = {"aud": origin, "exp": int(time.time()) + VALID_SECONDS, "sub": _contact()}
    headers = {
        **_vapid().sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEEP_SECONDS),
        "Urgency": "high" if urgent else "normal",
    }
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            parts.netloc, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)
    try:
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read(1_000)
    except http.client.HTTPException as error:
        raise ConnectionError(type(error).__name__) from error
    finally:
        connection.close()
    return answer.status


def _vapid() -> Vapid02:
    return Vapid02.from_string(settings.MISPERS_PUSH_KEY)


def _contact() -> str:
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
