"""The one trail: every change appends one event, in the transaction of the change.

`record` appends; `on` lets an app act on another app's event inside the same transaction, so that
an incident cannot be logged without an owner, though the app that logs it knows nothing of owners.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from core.db.bulk import update_each
from core.models import Access, Event, Stream
from core.trail.payloads import Payload

THE_CLOCK = "The clock"
_SPELLING = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Person(Protocol):
    """What the trail needs to know of an officer."""

    pk: int
    rank: str
    acting_through: str

    def get_full_name(self) -> str: ...


P = TypeVar("P", bound=Payload)


@dataclass(frozen=True)
class Kind(Generic[P]):
    """A kind of event: its stable code, the label a reader sees, and what its events say.

    grave: whether its events should strike whoever reads the timeline, or which of them.
    """

    code: str
    label: str
    payload: type[P]
    grave: bool | Callable[[P], bool] = False

    def of(self, event: Event) -> P:
        """What a stored event of this kind says."""
        if event.kind != self.code:
            raise ValueError(f"{event} is no {self.code}.")
        return self.payload.of(event)

    def is_grave(self, event: Event) -> bool:
        """Whether this event of the kind should strike its reader."""
        return self.grave(self.of(event)) if callable(self.grave) else self.grave


@dataclass(frozen=True)
class Happening(Generic[P]):
    """What is to become one of several events recorded at once."""

    what: Kind[P]
    stream: str
    summary: str
    data: P


Handler = Callable[[Event], None]
ForMany = Callable[[Sequence[Event]], None]

_kinds: dict[str, Kind[Any]] = {}
_handlers: dict[str, list[Handler]] = defaultdict(list)
_for_many: dict[Handler, ForMany] = {}


def kind(
    code: str, label: str, payload: type[P], *, grave: bool | Callable[[P], bool] = False
) -> Kind[P]:
    """Register a kind of event once; an unregistered kind cannot be recorded."""
    if code in _kinds:
        raise ValueError(f"Event kind {code} is registered twice.")
    registered = Kind(code, label, payload, grave)
    _kinds[code] = registered
    return registered


def kinds() -> Mapping[str, Kind[Any]]:
    """Every kind that can be on the trail, by code."""
    return dict(_kinds)


def on(*wanted: Kind[Any]) -> Callable[[Handler], Handler]:
    """Run the decorated function with each new event of these kinds, in its transaction."""

    def register(handler: Handler) -> Handler:
        for each in wanted:
            _handlers[each.code].append(handler)
        return handler

    return register


def on_any(handler: Handler) -> Handler:
    """Run the decorated function with every new event, in its transaction."""
    _handlers["*"].append(handler)
    return handler


def instead_of(handler: Handler) -> Callable[[ForMany], ForMany]:
    """Run the decorated function once for events recorded together, in place of `handler` for each.

    For a handler that asks the database: a thousand events at once must not ask a thousand times.
    """

    def register(for_many: ForMany) -> ForMany:
        _for_many[handler] = for_many
        return for_many

    return register


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
) -> Event:
    """Append one event to a stream and tell the apps that asked for its kind.

    by: the officer, or None when the clock acts. at: when it happened, if not now.
    bcu: whose record it is; needed only on a stream's first event.
    Must be called inside the transaction of the change itself.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of its change.")
    head = _head(stream, bcu)
    event = _next(head, Happening(what, stream, summary, data), by=by, now=now, at=at)
    event.save(force_insert=True)
    head.save(update_fields=["last_seq", "last_hash"])
    for handler in (*_handlers[what.code], *_handlers["*"]):
        handler(event)
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
    kinds_now = {event.kind for event in events}
    asked_for = [handler for code in kinds_now for handler in _handlers[code]]
    for handler in dict.fromkeys([*asked_for, *_handlers["*"]]):
        _tell(handler, [event for event in events if _asks_for(handler, event)])
    return events


def _asks_for(handler: Handler, event: Event) -> bool:
    return handler in _handlers[event.kind] or handler in _handlers["*"]


def _tell(handler: Handler, events: Sequence[Event]) -> None:
    if handler in _for_many:
        _for_many[handler](events)
        return
    for event in events:
        handler(event)


def _next(
    head: Stream,
    happening: Happening[Any],
    *,
    by: Person | None,
    now: datetime,
    at: datetime | None = None,
) -> Event:
    """The event after the stream's last, not yet stored; the head then stands at it."""
    event = Event(
        stream=head,
        seq=head.last_seq + 1,
        kind=_kinds[happening.what.code].code,
        at=at or now,
        recorded_at=now,
        actor_id=by.pk if by else None,
        actor_name=by.get_full_name() if by else THE_CLOCK,
        actor_rank=by.rank if by else "",
        client=by.acting_through if by else "",
        summary=happening.summary,
        data=json.loads(canonical(happening.data.as_data())),
        prev_hash=head.last_hash,
    )
    event.hash = digest(event)
    head.last_seq, head.last_hash = event.seq, event.hash
    return event


def _head(key: str, bcu: str) -> Stream:
    """The stream's last event, locked until the transaction ends; a new stream if there is none."""
    streams = Stream.objects.select_for_update()
    head = streams.filter(pk=key).first()
    if head is None:
        Stream.objects.bulk_create([Stream(key=key, bcu=bcu)], ignore_conflicts=True)
        head = streams.get(pk=key)
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


def log_access(
    access_kind: Access.Kind,
    *,
    by: Person | None,
    now: datetime,
    stream: str = "",
    reason: str = "",
    client: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Access:
    """Write down that somebody looked: the record's stream, who, when and why."""
    return log_accesses(
        access_kind, [stream], by=by, now=now, reason=reason, client=client, detail=detail
    )[0]


def log_accesses(
    access_kind: Access.Kind,
    streams: Iterable[str],
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    client: str = "",
    detail: Mapping[str, Any] | None = None,
) -> list[Access]:
    """Write down that somebody looked at several records at once, each as an entry of its own."""
    return Access.objects.bulk_create(
        Access(
            kind=access_kind,
            stream=stream,
            at=now,
            officer_id=by.pk if by else None,
            client=client or (by.acting_through if by else ""),
            reason=reason,
            detail=dict(detail or {}),
        )
        for stream in streams
    )
