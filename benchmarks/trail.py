"""A long trail, checked as a whole; and one altered event among all the others, found."""

import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from benchmarks.data import Say, analyse
from benchmarks.measure import rolled_back
from core.models import Event, Stream
from core.trail import canonical, digest
from core.trail.verify import Tally, verify
from mispers.events import LOGGED, Logged
from officers.models import Officer

# Streams of as many events as an incident that took some days.
A_STREAM = 25
AT_ONCE = 2_000
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "stream_id", "seq", "kind", "at", "recorded_at", "actor_id", "actor_name", "actor_rank",
    "client", "summary", "data", "prev_hash", "hash",
)  # fmt: skip


def check(events: int, *, say: Say) -> None:
    """Make the trail `events` long, then check it whole and with one event altered."""
    _grow(events, say)
    began = time.process_time()
    tally, faults, took = _verified()
    own = time.process_time() - began
    say(
        f"verify_trail: {tally.events:,} events in {tally.streams:,} streams, "
        f"{len(faults)} faults, {took:.1f} s: {tally.events / took:,.0f} events a second, "
        f"{tally.events / own:,.0f} for each second of its own on a processor."
    )
    with rolled_back():
        altered = _alter_one()
        _, faults, took = _verified()
    named = ", ".join(faults) or "nothing"
    say(f"With {altered} altered it names {named}, after {took:.1f} s.")


def _verified() -> tuple[Tally, list[str], float]:
    tally, began = Tally(), time.perf_counter()
    faults = [fault.where for fault in verify(tally)]
    return tally, faults, time.perf_counter() - began


def _alter_one() -> str:
    """Change the words of one event in the middle, past the triggers."""
    event = Event.objects.order_by("pk")[Event.objects.count() // 2]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE core_event SET summary = summary || ' not' WHERE id = %s", [event.pk]
        )
    return f"{event.stream_id}#{event.seq}"


def _grow(events: int, say: Say) -> None:
    missing = events - Event.objects.count()
    if missing <= 0:
        return
    began = time.perf_counter()
    first = Stream.objects.filter(key__startswith="BENCH-").count()
    last = first + -(-missing // A_STREAM)
    officer = Officer.objects.order_by("pk")[0]
    for number in range(first, last, AT_ONCE):
        _copy([_stream(each, officer) for each in range(number, min(number + AT_ONCE, last))])
    analyse()
    say(f"{missing:,} events added in {time.perf_counter() - began:.1f} s.")


def _stream(number: int, officer: Officer) -> list[Event]:
    return list(_events(f"BENCH-{number:08}", _BEGAN + timedelta(minutes=number), officer))


def _events(key: str, began: datetime, officer: Officer) -> Iterator[Event]:
    """A chain such as the services leave: who, when, a sentence and a few facts."""
    prev = ""
    for seq in range(1, A_STREAM + 1):
        at = began + timedelta(minutes=7 * seq, microseconds=seq)
        event = Event(
            stream_id=key, seq=seq, kind=LOGGED.code, at=at, recorded_at=at,
            actor=officer, actor_name=officer.get_full_name(), actor_rank=officer.rank,
            summary=f"{officer}: “Spoke to a neighbour at number {seq}, who saw nobody leave the "
            "house after ten and will call if that changes.”",
            data=Logged(entry=seq, source="Lark Lane", source_kind="public").as_data(),
            prev_hash=prev,
        )  # fmt: skip
        event.hash = prev = digest(event)
        yield event


@transaction.atomic
def _copy(streams: list[list[Event]]) -> None:
    Stream.objects.bulk_create(
        Stream(key=each[-1].stream_id, last_seq=each[-1].seq, last_hash=each[-1].hash)
        for each in streams
    )
    rows = io.StringIO("".join(_row(event) for each in streams for event in each))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY core_event ({', '.join(_COLUMNS)}) FROM STDIN", rows)


def _row(event: Event) -> str:
    """One line of COPY's text format; none of these words needs its escapes but JSON's own."""
    cells = [getattr(event, name) for name in _COLUMNS]
    spelled = [
        canonical(cell).replace("\\", "\\\\") if isinstance(cell, dict) else str(cell)
        for cell in cells
    ]
    return "\t".join(spelled) + "\n"
