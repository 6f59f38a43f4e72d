"""The feed of events: in an order that skips none, within scope, and waiting where asked to."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from core import trail
from core.api import events as feed
from core.models import Event
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.rest import Rest, assert_problem
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
FEED = "/api/v1/events/"
HAPPENED = trail.kind("test.happened", "Something happened", trail.Payload)


@pytest.fixture
def unit(now: datetime) -> Unit:
    return a_unit("CN")


@pytest.fixture
def client(unit: Unit, api: Callable[..., Rest]) -> Rest:
    """A client system that reads without an officer."""
    return api(None, bcus=[unit.bcu])


def add(stream: str, now: datetime, bcu: str = "CN") -> Event:
    """One event on a record, in the transaction that is open."""
    return trail.record(
        HAPPENED, stream=stream, by=None, now=now, summary="A note.", bcu=bcu, data=trail.Payload()
    )


def everything(client: Rest, **query: str) -> list[dict[str, Any]]:
    """All pages of the feed, followed by `next`."""
    found: list[dict[str, Any]] = []
    answer = client.get(FEED, {"limit": "2", **query}).json()
    found += answer["results"]
    while answer["next"] is not None:
        answer = client.get(answer["next"]).json()
        found += answer["results"]
    return found


def test_every_event_is_told_once_and_in_order(unit: Unit, client: Rest, now: datetime) -> None:
    incident = log_incident(unit.frontline, now)
    told = everything(client)
    kept = Event.objects.order_by("writer", "pk")
    assert [(each["incident"], each["seq"]) for each in told] == [
        (event.stream_id, event.seq) for event in kept
    ]
    assert {each["incident"] for each in told} == {incident.reference}
    assert told[0]["kind"] == "incident.reported"
    assert told[0]["actor"] == {
        "id": str(unit.frontline.pk),
        "name": unit.frontline.get_full_name(),
        "rank": unit.frontline.rank,
    }


def test_after_a_cursor_comes_only_what_is_new(unit: Unit, client: Rest, now: datetime) -> None:
    log_incident(unit.frontline, now)
    last = everything(client)[-1]["cursor"]
    assert everything(client, after=last) == []
    second = log_incident(unit.frontline, now)
    assert {each["incident"] for each in everything(client, after=last)} == {second.reference}


def test_it_is_narrowed_by_record_and_kind(unit: Unit, client: Rest, now: datetime) -> None:
    first, second = (log_incident(unit.frontline, now) for _ in range(2))
    only = everything(client, incident=second.reference, kind="incident.reported")
    assert [(each["incident"], each["kind"]) for each in only] == [
        (second.reference, "incident.reported")
    ]
    assert first.reference in {each["incident"] for each in everything(client)}


def test_other_bcus_are_not_told_of(unit: Unit, client: Rest, now: datetime) -> None:
    elsewhere = a_unit("NE")
    log_incident(elsewhere.frontline, now)
    assert everything(client) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": "yesterday"}, "after"),
        ({"wait": "31"}, "wait"),
        ({"kind": "nothing.known"}, "kind"),
        ({"since": "1.1"}, "since"),
    ],
)
def test_what_cannot_be_meant_is_refused(client: Rest, query: dict[str, str], field: str) -> None:
    answer = client.get(FEED, query)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_it_needs_its_own_scope(unit: Unit, api: Callable[..., Rest]) -> None:
    without = api(None, bcus=[unit.bcu], scopes="incidents:read")
    assert_problem(without.get(FEED), 403, "scope_missing")


def test_that_it_was_read_is_logged(client: Rest) -> None:
    from core.models import Access

    client.get(FEED, {"kind": "log.added"}, Reason="Nightly copy")
    access = Access.objects.get()
    assert (access.kind, access.reason) == ("search", "Nightly copy")
    assert access.detail == {"feed": "kind=log.added"}


@pytest.fixture
def late_commit(now: datetime) -> Iterator[Callable[[], None]]:
    """A transaction that writes an event now and commits when the function given is called."""
    written, may_commit = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                add("CN-26-000901", now)
                written.set()
                may_commit.wait()
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(PATIENCE)

    def commit() -> None:
        may_commit.set()
        thread.join()

    yield commit
    commit()


def _written_meanwhile(now: datetime) -> None:
    """An event whose transaction begins after that of `late_commit` and ends before it."""
    with transaction.atomic():
        add("CN-26-000902", now)


@pytest.mark.race
def test_an_event_that_commits_late_is_not_jumped_over(
    client: Rest, now: datetime, late_commit: Callable[[], None]
) -> None:
    _written_meanwhile(now)
    before = everything(client)
    late_commit()
    after = before[-1]["cursor"] if before else ""
    told = before + everything(client, **({"after": after} if after else {}))
    assert [each["incident"] for each in told] == ["CN-26-000901", "CN-26-000902"]


@pytest.mark.race
def test_control_without_waiting_for_older_transactions_it_would_be_jumped_over(
    client: Rest, now: datetime, late_commit: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed.OldestRunning, "template", "(9223372036854775807)")
    _written_meanwhile(now)
    before = everything(client)
    late_commit()
    told = before + everything(client, after=before[-1]["cursor"])
    assert [each["incident"] for each in told] == ["CN-26-000902"]


def test_a_long_transaction_of_another_database_does_not_hold_it_back(
    client: Rest, now: datetime
) -> None:
    elsewhere = psycopg2.connect(**{**connection.get_connection_params(), "dbname": "postgres"})
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        with transaction.atomic():
            add("CN-26-000904", now)
        told = everything(client)
    finally:
        elsewhere.close()
    assert [each["incident"] for each in told] == ["CN-26-000904"]


class Pauses:
    """Time that passes only while the interface pauses; in the first pause something happens."""

    def __init__(self, happen: Callable[[], object] = lambda: None) -> None:
        self.passed = 0.0
        self._happen = happen

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        assert connection.get_autocommit(), "a transaction is held open while nothing happens"
        if not self.passed:
            self._happen()
        self.passed += seconds


def test_it_waits_until_something_happens_and_holds_no_transaction(
    client: Rest, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def happen() -> None:
        with transaction.atomic():
            add("CN-26-000903", now)

    pauses = Pauses(happen)
    monkeypatch.setattr(feed, "time", pauses)
    answer = client.get(FEED, {"wait": "20"}).json()
    assert [each["incident"] for each in answer["results"]] == ["CN-26-000903"]
    assert pauses.passed == feed.PAUSE


def test_it_answers_empty_when_nothing_happens(
    client: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = Pauses()
    monkeypatch.setattr(feed, "time", pauses)
    assert client.get(FEED, {"wait": "20"}).json() == {"results": [], "next": None}
    assert pauses.passed == 20
