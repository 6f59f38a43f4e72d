"""The one trail: every change appends one event, in the transaction of the change.

`record` appends, and has the reactions to the event run inside the same transaction.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from core.db.bulk import update_each
from core.models import Event, Stream
from core.trail.kinds import Kind, P, registered
from core.trail.reacting import check_declared, tell, tell_together

THE_CLOCK = "The clock"
_SPELLING = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Person(Protocol):
    """What the trail needs to know of an officer."""

    pk: int
    rank: str
    acting_through: str

    def get_full_name(self) -> str: ...


@dataclass(frozen=True)
class Happening(Generic[P]):
    """What is to become one of several events recorded at once.

    about: whose stream it is, as its service holds it, for the reactions; None where they must ask.
    """

    what: Kind[P]
    stream: str
    summary: str
    data: P
    about: Any = None


def record(
    what: Kind[P],
    *,
    stream: str,
    by: Person | None,
    now: datetime,
    summary: str,
    data: P,
    at: datetime | None = None,
    bcu: str = "",
    about: Any = None,
) -> Event:
    """Append one event to a stream and run the reactions to it.

    by: the officer, or None when the clock acts. at: when it happened, if not now.
    bcu: whose record it is; needed only on a stream's first event. about: as in `Happening`.
    Must be called inside the transaction of the change itself.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of its change.")
    head = _head(stream, bcu)
    event = _next(head, Happening(what, stream, summary, data, about), by=by, now=now, at=at)
    event.save(force_insert=True)
    head.save(update_fields=["last_seq", "last_hash"])
    tell(event)
    return event


def record_many(
    happenings: Sequence[Happening[Any]], *, by: Person | None, now: datetime
) -> list[Event]:
    """Append many events, each to its stream, in few queries; in the order given within a stream.

    The streams must have begun, and the caller holds the locks of whatever they belong to.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of its change.")
    keys = {each.stream for each in happenings}
    locked = Stream.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    heads = {head.pk: head for head in locked}
    events = [_next(heads[each.stream], each, by=by, now=now) for each in happenings]
    Event.objects.bulk_create(events)
    update_each(list(heads.values()), ["last_seq", "last_hash"])
    tell_together(events)
    return events


def _next(
    head: Stream,
    happening: Happening[Any],
    *,
    by: Person | None,
    now: datetime,
    at: datetime | None = None,
) -> Event:
    """The event after the stream's last, not yet stored; the head then stands at it."""
    check_declared(happening.what)
    event = Event(
        stream=head,
        seq=head.last_seq + 1,
        kind=registered(happening.what).code,
        at=at or now,
        recorded_at=now,
        actor=by,  # type: ignore[misc]  # core knows no officers
        actor_name=by.get_full_name() if by else THE_CLOCK,
        actor_rank=by.rank if by else "",
        client=by.acting_through if by else "",
        summary=happening.summary,
        data=json.loads(canonical(happening.data.as_data())),
        prev_hash=head.last_hash,
    )
    event.about = happening.about
    event.hash = digest(event)
    head.last_seq, head.last_hash = event.seq, event.hash
    return event


def _head(key: str, bcu: str) -> Stream:
    """The stream's last event, locked until the transaction ends; a new stream if there is none."""
    streams = Stream.objects.select_for_update()
    return streams.filter(pk=key).first() or _begun(key, bcu)


def _begun(key: str, bcu: str) -> Stream:
    """The new stream, locked; or the one that somebody else has just begun, once they are done."""
    (head,) = Stream.objects.raw(
        "INSERT INTO core_stream (key, bcu, last_seq, last_hash) VALUES (%s, %s, 0, '') "
        "ON CONFLICT (key) DO UPDATE SET bcu = core_stream.bcu RETURNING *",
        [key, bcu],
    )
    return head


def canonical(value: Any) -> str:
    """One spelling for one value, so that a hash of it can be recomputed years later."""
    return _SPELLING.encode(value)


def digest(event: Event) -> str:
    """SHA-256 over the event's content and the hash before it, as 64 hexadecimal digits."""
    return digest_of(
        event.stream_id,
        event.seq,
        event.kind,
        event.at,
        event.recorded_at,
        event.actor_id,
        event.actor_name,
        event.actor_rank,
        event.client,
        event.summary,
        event.data,
        event.prev_hash,
    )


def digest_of(*content: Any) -> str:
    """The digest over an event's columns in their fixed order (see `digest`)."""
    return digest_of_spelled(
        canonical(
            [
                value.astimezone(UTC).isoformat(timespec="microseconds")
                if isinstance(value, datetime)
                else value
                for value in content
            ]
        )
    )


def digest_of_spelled(spelled: str) -> str:
    """The same over the columns in their one spelling: times in UTC, with microseconds."""
    return hashlib.sha256(spelled.encode()).hexdigest()
