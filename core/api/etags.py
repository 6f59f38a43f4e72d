"""Entity tags: which state of a resource an answer shows, and which one a change was made for."""

import hashlib
import re
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.http import parse_etags

from core.api.problems import Problem

# What no resource ever has: a well-formed tag of something else must come out as stale.
NO_VERSION = -1
_TAG = re.compile(r'"([\x21\x23-\x7e]*)"')
_VERSIONED = re.compile(r"([0-9]{1,9})(-[0-9a-f]+)?")


def etag(subject: Any, content: bytes) -> str:
    """A strong tag: the resource's version where it has one, and a digest of what is shown.

    The digest is there because part of an answer moves without a change (what is overdue by now).
    """
    digest = hashlib.sha256(content).hexdigest()[:16]
    version = getattr(subject, "version", None)
    return f'"{version}-{digest}"' if isinstance(version, int) else f'"{digest}"'


def expected_version(request: HttpRequest) -> int | None:
    """The version named by `If-Match`; None if there is no such header or it is `*`.

    Accepts the tag as answered and the bare version in quotes.
    """
    sent = request.headers.get("If-Match", "").strip()
    if sent in {"", "*"}:
        return None
    tag = _TAG.fullmatch(sent.removeprefix("W/"))
    if tag is None:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid_if_match",
            'If-Match takes one entity tag in double quotes, such as "3", or *.',
        )
    versioned = _VERSIONED.fullmatch(tag[1])
    # A weak tag never matches here (RFC 9110, 13.1.1).
    return int(versioned[1]) if versioned and not sent.startswith("W/") else NO_VERSION


def check_if_match_sent(request: HttpRequest) -> None:
    """Refuse a change that does not say which state it was made for (428)."""
    if not request.headers.get("If-Match", "").strip():
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            "if_match_required",
            "Send the ETag of what you read as If-Match, so that nobody's change is lost.",
        )


def is_not_modified(request: HttpRequest, tag: str) -> bool:
    """Whether `If-None-Match` names this tag; compared weakly (RFC 9110, 13.1.2)."""
    sent = request.headers.get("If-None-Match", "").strip()
    if not sent:
        return False
    return sent == "*" or tag in {each.removeprefix("W/") for each in parse_etags(sent)}
