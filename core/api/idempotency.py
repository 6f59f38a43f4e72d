"""A write repeated under the same Idempotency-Key is done once and answered twice.

The key's answer is stored in the transaction of the write: both are there or neither is. Only an
answer that changed something is kept; a refused write left nothing behind and may be tried again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.db import OperationalError, connection, transaction

from core.api.problems import Problem
from core.errors import Barred
from core.models import GivenAnswer

KEPT_FOR = timedelta(hours=24)
WAIT = timedelta(seconds=10)
_LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True)
class Stored:
    """An answer in the form in which it is sent and kept."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    replayed: bool = False


@dataclass(frozen=True)
class Attempt:
    """Who sent what under which key. caller: client and officer; route: method and path."""

    caller: str
    route: str
    key: str
    fingerprint: str


def fingerprint(body: Any, query: str) -> str:
    """SHA-256 of what was asked; spacing and the order of members do not count."""
    canonical = json.dumps([body, query], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def once(
    attempt: Attempt, *, now: datetime, perform: Callable[[], Stored | Barred]
) -> Stored | Barred:
    """Perform the write and keep its answer, or give the answer that was kept.

    A refusal is not kept: the same key may be sent again once what stood in the way is gone.

    Raises Problem: 422 `idempotency_key_reused` for another body, 409 `in_progress` when the
    first one has not finished within `WAIT`.
    """
    with transaction.atomic():
        _wait_for_turn(attempt)
        given = GivenAnswer.objects.filter(
            caller=attempt.caller, route=attempt.route, key=attempt.key
        ).first()
        if given is not None and given.at <= now - KEPT_FOR:
            given.delete()
            given = None
        if given is not None:
            return _again(given, attempt)
        answer = perform()
        if isinstance(answer, Barred):
            return answer
        GivenAnswer.objects.create(
            caller=attempt.caller,
            route=attempt.route,
            key=attempt.key,
            fingerprint=attempt.fingerprint,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            at=now,
        )
        return answer


def purge(*, now: datetime) -> int:
    """Forget answers older than 24 hours; returns how many."""
    return GivenAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()[0]


def _again(given: GivenAnswer, attempt: Attempt) -> Stored:
    if given.fingerprint != attempt.fingerprint:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another body. Use a new key for a new request.",
        )
    return Stored(given.status, given.body, given.headers, replayed=True)


def _wait_for_turn(attempt: Attempt) -> None:
    """Hold the key until the transaction ends; a second request with it waits here."""
    name = f"{attempt.caller}\n{attempt.route}\n{attempt.key}"
    lock = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    milliseconds = int(WAIT.total_seconds() * 1000)
    try:
        # The savepoint keeps an outer transaction usable when the wait is given up.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT current_setting('lock_timeout')")
            usual = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{milliseconds}ms"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual])
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise Problem(
            HTTPStatus.CONFLICT,
            "in_progress",
            "The first request with this Idempotency-Key is still being done. Try again shortly.",
        ) from error
