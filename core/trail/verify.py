"""Checking the whole trail: every event's hash, every chain's order and end, every seal."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

from core.models import Seal, Stream
from core.trail import canonical, digest_of_spelled
from core.trail.seal import hashes_between, root_of

# The database spells all but `data` as the digest has it, in a quarter of the time Python takes.
_TIME = "'\"' || to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"') || '\"'"
_SPELLED = (
    "to_json(stream_id), seq, to_json(kind), "
    f"{_TIME.format('at')}, {_TIME.format('recorded_at')}, coalesce(actor_id::text, 'null'), "
    "to_json(actor_name), to_json(actor_rank), to_json(client), to_json(summary)"
)
_COLUMNS = f"stream_id, seq, kind, id, concat_ws(',', {_SPELLED}), data, prev_hash, hash"


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written: where, and what is wrong with it."""

    where: str
    what: str


@dataclass
class Tally:
    """How much was looked at."""

    events: int = 0
    streams: int = 0
    seals: int = 0


def verify(tally: Tally, kept_roots: Mapping[date, str] | None = None) -> Iterator[Fault]:
    """Every fault of the trail, naming the event; counts into `tally` as it goes.

    kept_roots are roots kept outside the database, by day: with them even a trail that was
    rewritten consistently, seals and all, is found out. One repeatable snapshot throughout.
    """
    joins_another = connection.in_atomic_block
    with transaction.atomic():
        if not joins_another:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield from _verify_streams(tally)
        yield from _verify_seals(tally, kept_roots or {})


def _rows() -> Iterator[tuple[Any, ...]]:
    """All events by stream and order, through a server-side cursor so that memory stays small."""
    connection.ensure_connection()
    with connection.connection.cursor(name="verify_trail") as cursor:
        cursor.itersize = 5_000
        cursor.execute(
            f"SELECT {_COLUMNS} FROM core_event ORDER BY stream_id, seq"  # noqa: S608 - constant
        )
        yield from cursor


def _verify_streams(tally: Tally) -> Iterator[Fault]:
    heads = {
        key: (seq, last)
        for key, seq, last in Stream.objects.values_list("key", "last_seq", "last_hash")
    }
    for key, rows in groupby(_rows(), key=itemgetter(0)):
        tally.streams += 1
        yield from _verify_stream(key, rows, heads.pop(key, None), tally)
    for key, (seq, _) in heads.items():
        if seq:
            yield Fault(f"{key}#1", f"removed: the stream should have {seq} events and has none")


def _verify_stream(
    key: str, rows: Iterator[tuple[Any, ...]], head: tuple[int, str] | None, tally: Tally
) -> Iterator[Fault]:
    expected, prev_hash = 1, ""
    for _, seq, kind, pk, spelled, data, said_prev, said in rows:
        tally.events += 1
        where = f"{key}#{seq} ({kind}, event {pk})"
        if seq != expected:
            yield Fault(f"{key}#{expected}", f"removed: next comes {key}#{seq}")
        elif said_prev != prev_hash:
            yield Fault(where, "does not follow from the event before it")
        # The driver gives JSON as text here.
        rest = f"{canonical(json.loads(data))},{canonical(said_prev)}"
        if digest_of_spelled(f"[{spelled},{rest}]") != said:
            yield Fault(where, "altered: its content does not give its hash")
        expected, prev_hash = seq + 1, said
    if head is None:
        yield Fault(key, "the stream has no head")
    elif head != (expected - 1, prev_hash):
        yield Fault(
            f"{key}#{expected}",
            f"cut off: the head stands at {head[0]}, the last event is {expected - 1}",
        )


def _verify_seals(tally: Tally, kept_roots: Mapping[date, str]) -> Iterator[Fault]:
    after, prev_root, seen = 0, "", set()
    for seal in Seal.objects.order_by("upto_event", "pk"):
        tally.seals += 1
        seen.add(seal.day)
        root, count = root_of(seal.prev_root, hashes_between(after, seal.upto_event))
        if seal.prev_root != prev_root:
            yield Fault(f"seal of {seal.day}", "does not follow from the seal before it")
        if (root, count) != (seal.root, seal.events):
            yield Fault(
                f"seal of {seal.day}",
                f"events {after + 1} to {seal.upto_event} are not those that were sealed "
                f"({count} found, {seal.events} sealed)",
            )
        if seal.day in kept_roots and kept_roots[seal.day] != seal.root:
            yield Fault(f"seal of {seal.day}", "is not the root that was kept elsewhere")
        after, prev_root = seal.upto_event, seal.root
    for day in sorted(set(kept_roots) - seen):
        yield Fault(f"seal of {day}", "removed: its root was kept elsewhere")
