"""The same Idempotency-Key from several connections at once: one write, one answer for all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.api import idempotency
from core.api.idempotency import Attempt, Stored
from core.api.problems import Problem
from core.models import GivenAnswer
from tests.core.playground import Note, add_note
from tests.racing import at_once, meeting, the_others_have_ended

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
ATTEMPT = Attempt(
    caller="client 1, officer 1", route="POST /api/v1/notes/", key="race", fingerprint="f"
)
THREADS = 6


class Somebody:
    """Who writes."""

    pk = 1


def write() -> Stored:
    """The write of a request."""
    note = add_note(by=Somebody(), now=NOW, title="once")
    return Stored(201, f'{{"id": "{note.pk}"}}')


@pytest.fixture
def write_slowly() -> Callable[[], Stored]:
    """The write of the first request, which takes until all others have come."""
    wait = meeting(THREADS)

    def perform() -> Stored:
        stored = write()
        wait()
        return stored

    return perform


@pytest.fixture
def committed(notes_table: None) -> Iterator[None]:
    """Real commits, seen by every connection; the notes they leave are removed afterwards."""
    yield
    Note.objects.all().delete()


def asked_at_once(perform: Callable[[], Stored]) -> list[Any]:
    """What each of several requests with the same key got or raised."""
    return at_once(*[lambda: idempotency.once(ATTEMPT, now=NOW, perform=perform)] * THREADS)


def test_one_writes_and_all_get_its_answer(
    committed: None, write_slowly: Callable[[], Stored]
) -> None:
    answers = asked_at_once(write_slowly)
    assert Note.objects.count() == 1
    assert {answer.body for answer in answers} == {f'{{"id": "{Note.objects.get().pk}"}}'}
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * (THREADS - 1)


def test_control_without_the_lock_the_others_fail(
    committed: None, write_slowly: Callable[[], Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is what makes it so: with it off, the same race ends in failures."""
    monkeypatch.setattr(idempotency, "_wait_for_turn", lambda _: None)
    answers = asked_at_once(write_slowly)
    failed = [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert len(failed) == THREADS - 1
    # Even then the unique key lets only one write stand.
    assert Note.objects.count() == 1


def test_who_waits_too_long_is_told_that_it_is_in_progress(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = the_others_have_ended(THREADS)

    def write_too_slowly() -> Stored:
        stored = write()
        wait()
        return stored

    monkeypatch.setattr(idempotency, "WAIT", timedelta(milliseconds=50))
    answers = asked_at_once(write_too_slowly)
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert [(each.status_code, each.code) for each in refused] == [(409, "in_progress")] * 5
    assert Note.objects.count() == 1


def test_when_the_first_fails_the_next_one_does_the_work(
    committed: None, write_slowly: Callable[[], Stored]
) -> None:
    turns = iter(range(THREADS))

    def fail_once() -> Stored:
        if next(turns) == 0:
            write_slowly()
            raise ConnectionError("the process died here")
        return write_slowly()

    answers = asked_at_once(fail_once)
    assert sum(isinstance(answer, ConnectionError) for answer in answers) == 1
    assert Note.objects.count() == 1
    assert GivenAnswer.objects.count() == 1


def test_a_connection_that_dies_before_commit_leaves_neither_key_nor_write(
    committed: None,
) -> None:
    def write_and_die() -> None:
        with transaction.atomic():
            idempotency.once(ATTEMPT, now=NOW, perform=write)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseError, match=r"terminat|closed"):
        write_and_die()
    connection.close()
    assert not Note.objects.exists()
    assert not GivenAnswer.objects.exists()


def test_the_wait_is_not_left_on_for_the_write_itself(
    committed: None,
) -> None:
    seen: list[str] = []

    def look() -> Stored:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            seen.append(cursor.fetchone()[0])
        return Stored(204, "")

    idempotency.once(ATTEMPT, now=NOW, perform=look)
    assert seen == ["0"]
