"""The trail: chained, append-only, sealed, and checked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core import trail
from core.models import Access, Event, Seal, Stream
from core.trail.seal import print_seal, read_seal, seal_day
from core.trail.verify import Fault, Tally, verify

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 18, 2, 14, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Note(trail.Payload):
    text: str
    number: float = 1.5
    when: datetime = NOW


NOTED = trail.kind("test.noted", "Noted", Note)


def note(stream: str, text: str, minutes: int = 0) -> Event:
    with transaction.atomic():
        return trail.record(
            NOTED,
            stream=stream,
            by=None,
            now=NOW + timedelta(minutes=minutes),
            summary=text,
            data=Note(text=text),
        )


@pytest.fixture
def four_notes() -> list[Event]:
    return [note("A", "one"), note("A", "two", 1), note("B", "three", 2), note("A", "four", 3)]


def faults(kept: dict[date, str] | None = None) -> list[Fault]:
    return list(verify(Tally(), kept))


class Tampering:
    """Change the tables as somebody with the database's highest rights could."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")


def test_an_untouched_trail_has_no_fault_and_everything_was_looked_at(
    four_notes: list[Event],
) -> None:
    seal_day(day=NOW.date(), now=NOW)
    tally = Tally()
    assert list(verify(tally)) == []
    assert (tally.events, tally.streams, tally.seals) == (4, 2, 1)


def test_each_stream_is_a_chain_of_its_own(four_notes: list[Event]) -> None:
    first, second, other, third = Event.objects.order_by("pk")
    assert (first.seq, second.seq, other.seq, third.seq) == (1, 2, 1, 3)
    assert second.prev_hash == first.hash
    assert other.prev_hash == ""
    assert third.prev_hash == second.hash


def test_an_altered_event_is_named(four_notes: list[Event]) -> None:
    with Tampering():
        Event.objects.filter(stream="A", seq=2).update(summary="something else")
    assert [fault.where for fault in faults()] == [f"A#2 (test.noted, event {four_notes[1].pk})"]


def test_an_altered_time_or_actor_is_found_too(four_notes: list[Event]) -> None:
    with Tampering():
        Event.objects.filter(stream="A", seq=1).update(at=NOW - timedelta(hours=1))
        Event.objects.filter(stream="B", seq=1).update(actor_name="Somebody")
    assert [fault.where.split(" ")[0] for fault in faults()] == ["A#1", "B#1"]


def test_a_removed_event_is_named(four_notes: list[Event]) -> None:
    with Tampering():
        Event.objects.filter(stream="A", seq=2).delete()
    assert [fault.where for fault in faults()] == ["A#2"]


def test_a_chain_cut_off_at_its_end_is_found(four_notes: list[Event]) -> None:
    with Tampering():
        Event.objects.filter(stream="A", seq=3).delete()
    assert [fault.where for fault in faults()] == ["A#3"]


def test_a_whole_stream_removed_is_found(four_notes: list[Event]) -> None:
    with Tampering():
        Event.objects.filter(stream="B").delete()
    assert [fault.where for fault in faults()] == ["B#1"]


def rewrite_second_of_a() -> None:
    """Rewrite history consistently: content, every later hash, and the head."""
    with Tampering():
        prev = ""
        for event in Event.objects.filter(stream="A").order_by("seq"):
            if event.seq == 2:
                event.summary = "a kinder version"
            event.prev_hash = prev
            event.hash = prev = trail.digest(event)
            Event.objects.filter(pk=event.pk).update(
                summary=event.summary, prev_hash=event.prev_hash, hash=event.hash
            )
        Stream.objects.filter(pk="A").update(last_hash=prev)


def test_a_consistent_rewrite_is_caught_by_the_seal(four_notes: list[Event]) -> None:
    seal_day(day=NOW.date(), now=NOW)
    rewrite_second_of_a()
    assert [fault.where for fault in faults()] == [f"seal of {NOW.date()}"]


def test_without_a_seal_a_consistent_rewrite_passes_which_is_why_there_are_seals(
    four_notes: list[Event],
) -> None:
    rewrite_second_of_a()
    assert faults() == []


def test_even_a_rewritten_seal_is_caught_by_the_root_kept_elsewhere(
    four_notes: list[Event], tmp_path: Path
) -> None:
    kept = dict([read_seal(print_seal(seal_day(day=NOW.date(), now=NOW), tmp_path))])
    rewrite_second_of_a()
    with Tampering():
        Seal.objects.all().delete()
    seal_day(day=NOW.date(), now=NOW)
    assert faults() == []
    assert [fault.where for fault in faults(kept)] == [f"seal of {NOW.date()}"]


def test_a_seal_removed_is_missed_when_its_root_was_kept(
    four_notes: list[Event], tmp_path: Path
) -> None:
    kept = dict([read_seal(print_seal(seal_day(day=NOW.date(), now=NOW), tmp_path))])
    with Tampering():
        Seal.objects.all().delete()
    assert [fault.where for fault in faults(kept)] == [f"seal of {NOW.date()}"]


def test_a_day_is_sealed_once_and_the_next_goes_on_from_it(four_notes: list[Event]) -> None:
    first = seal_day(day=NOW.date(), now=NOW)
    note("A", "five", 4)
    assert seal_day(day=NOW.date(), now=NOW) == first
    second = seal_day(day=NOW.date() + timedelta(days=1), now=NOW + timedelta(days=1))
    assert (second.prev_root, second.events) == (first.root, 1)
    assert faults() == []


def test_the_command_names_what_is_wrong_and_fails(
    four_notes: list[Event], capsys: pytest.CaptureFixture[str]
) -> None:
    with Tampering():
        Event.objects.filter(stream="A", seq=2).update(summary="something else")
    with pytest.raises(SystemExit) as stop:
        call_command("verify_trail")
    assert stop.value.code == 1
    said = capsys.readouterr().out
    assert "A#2 (test.noted" in said
    assert "4 events in 2 streams and 0 seals: 1 fault." in said


@pytest.fixture
def one_row_each(four_notes: list[Event]) -> None:
    seal_day(day=NOW.date(), now=NOW)
    trail.log_access(Access.Kind.CONSULTATION, by=None, now=NOW, stream="A", reason="test")


@pytest.mark.parametrize("table", ["core_event", "core_seal", "core_access"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_evidence_cannot_be_changed_or_removed_in_sql(
    one_row_each: None, table: str, statement: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="Cannot"):
            cursor.execute(statement.format(table))


def test_an_event_is_refused_outside_the_transaction_of_its_change(
    transactional_db: None,
) -> None:
    with pytest.raises(RuntimeError, match="transaction of its change"):
        trail.record(NOTED, stream="A", by=None, now=NOW, summary="alone", data=Note(text=""))


def test_an_unregistered_kind_cannot_be_recorded() -> None:
    with pytest.raises(KeyError), transaction.atomic():
        trail.record(
            trail.Kind("no.such", "?", Note),
            stream="A",
            by=None,
            now=NOW,
            summary="x",
            data=Note(text=""),
        )
