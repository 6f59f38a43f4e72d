"""The request headers of the contract, read and checked in one place."""

from http import HTTPStatus

from django.http import HttpRequest

from core.api.problems import Problem
from core.checks import is_storable

LONGEST_REASON = 200
LONGEST_KEY = 255


def reason(request: HttpRequest) -> str:
    """The `Reason` header: why a record is consulted, 1 to 200 characters; empty if not sent."""
    raw = request.headers.get("Reason")
    if raw is None:
        return ""
    text = _as_sent(raw).strip()
    if not 1 <= len(text) <= LONGEST_REASON or not is_storable(text, lines=False):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid_reason",
            f"The Reason header takes 1 to {LONGEST_REASON} characters of one line.",
        )
    return text


def idempotency_key(request: HttpRequest) -> str | None:
    """The `Idempotency-Key` header: 1 to 255 visible ASCII characters, or None if not sent."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not all("!" <= c <= "~" for c in key):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid_idempotency_key",
            f"The Idempotency-Key header takes 1 to {LONGEST_KEY} visible ASCII characters.",
        )
    return key


def _as_sent(raw: str) -> str:
    """Header bytes reach us as Latin-1; most clients send UTF-8."""
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return raw
