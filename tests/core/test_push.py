"""Changes told at once: over the broker, to streams that are bounded, that beat, and that end."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.push import channel, listening, streams
from core.push.listening import Listener, LostTouch
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.waiting import PATIENCE

Committing = Callable[..., AbstractContextManager[Any]]


def allowed() -> bool:
    return True


def opened(
    bcu: str = "CN",
    *,
    last: str = "",
    since: str | None = None,
    still_allowed: streams.Allowed = allowed,
) -> Any:
    """The answer to a page that asks for its stream."""
    query = {} if since is None else {"since": since}
    request = RequestFactory().get("/", query, headers={"Last-Event-ID": last} if last else {})
    return streams.changes_of(request, bcu, still_allowed)


def lines_of(answer: Any) -> Iterator[str]:
    return (line.decode() for line in answer)


@pytest.fixture(autouse=True)
def _a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a listener that no other test has left running, and no beat of ten seconds."""
    monkeypatch.setattr(streams, "listener", Listener())
    monkeypatch.setattr(streams, "BEAT", 0.05)
    monkeypatch.setattr(listening, "SUBSCRIBED_WITHIN", PATIENCE)
    monkeypatch.setattr(channel._Broker, "quiet_until", 0.0)


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker's address at which nothing listens."""
    gone = Redis(unix_socket_path="/nowhere/broker.sock", retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(channel, "redis", lambda: gone)


def published_until(messages: Any, mark: str) -> list[tuple[str, str]]:
    """Each (BCU, mark) that went over the broker until this mark, which is not among them."""
    heard: list[tuple[str, str]] = []
    for message in iter(lambda: messages.get_message(timeout=PATIENCE), None):
        bcu = message["channel"].removeprefix(channel.prefix())
        if message["data"] == mark:
            return heard
        heard.append((bcu, message["data"]))
    raise AssertionError(f"{mark} never came")


def test_a_committed_event_is_told_of_in_its_bcu_and_one_taken_back_nowhere(
    cn: Unit, ne: Unit, django_capture_on_commit_callbacks: Committing
) -> None:
    with channel.redis().pubsub() as messages:  # type: ignore[no-untyped-call]  # redis has none
        messages.psubscribe(channel.prefix() + "*")
        assert messages.get_message(timeout=PATIENCE)["type"] == "psubscribe"
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            log_incident(cn.frontline, NOW)
            transaction.set_rollback(True)
        channel.publish("CN", "taken back")
        assert published_until(messages, "taken back") == []
        with django_capture_on_commit_callbacks(execute=True):
            log_incident(cn.frontline, NOW)
        channel.publish("CN", "committed")
        heard = published_until(messages, "committed")
    assert {bcu for bcu, _ in heard} == {"CN"}
    assert all(mark.isdigit() for _, mark in heard), "a number says nothing of anybody"


def test_what_changes_is_heard_by_who_watches_its_bcu_and_by_nobody_else() -> None:
    listener = Listener()
    here, there = listener.watch("CN"), listener.watch("NE")
    channel.publish("CN", "41")
    assert here.wait(PATIENCE) == "41"
    # One message is passed on to all who are to hear it before the next one is read.
    assert there.mark == ""
    here.close()
    there.close()


def test_a_page_that_comes_back_is_told_at_once_only_what_it_missed() -> None:
    channel.publish("CN", "41")
    for last, event in (("", "changed"), ("40", "changed"), ("41", "beat")):
        answer = opened(last=last)
        lines = lines_of(answer)
        assert next(lines).startswith("retry: ")
        first = next(lines)
        assert first.startswith(f"event: {event}\n")
        assert ("id: 41\n" in first) is (event == "changed")
        answer.close()


def test_a_page_that_says_what_it_was_made_from_is_told_only_what_came_since() -> None:
    assert channel.known("SE") == ""
    assert first_of(opened("SE", since="")) == "beat"
    channel.publish("CN", "41")
    assert channel.known("CN") == "41"
    for since, last, event in (("41", "", "beat"), ("40", "", "changed"), ("40", "41", "beat")):
        assert first_of(opened(since=since, last=last)) == event


@pytest.mark.usefixtures("no_broker")
def test_without_a_broker_a_page_is_made_all_the_same() -> None:
    assert channel.known("CN") is None


def first_of(answer: Any) -> str:
    """The first event of a stream, which is then closed."""
    lines = lines_of(answer)
    assert next(lines).startswith("retry: ")
    first = next(lines)
    answer.close()
    return first.removeprefix("event: ").partition("\n")[0]


def test_a_stream_beats_until_something_changes() -> None:
    answer = opened()
    lines = lines_of(answer)
    next(lines), next(lines)
    assert next(lines).startswith("event: beat\n")
    channel.publish("CN", "8")
    told = next(line for line in lines if "event: changed" in line)
    assert "id: 8\n" in told
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert "no-transform" in answer.headers["Cache-Control"]
    answer.close()


def test_a_process_has_so_many_places_and_a_closed_stream_gives_its_own_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "room", partial(lambda only: only, threading.BoundedSemaphore(1)))
    first = opened()
    full = opened()
    assert full.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert int(full.headers["Retry-After"]) > 0
    first.close()
    first.close()
    again = opened()
    assert again.status_code == HTTPStatus.OK
    again.close()


def test_without_a_broker_a_page_is_told_to_ask_and_no_change_fails(
    no_broker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened().status_code == HTTPStatus.SERVICE_UNAVAILABLE
    channel.publish("CN", "1")
    with monkeypatch.context() as patch:
        # A broker that did not answer is left alone for a while.
        patch.delattr(channel, "redis")
        channel.publish("CN", "2")


def test_a_stream_ends_when_the_broker_is_lost() -> None:
    listener = Listener()
    watch = listener.watch("CN")
    ours = f"mispers-{os.getpid()}"
    for client in channel.redis().client_list(_type="pubsub"):
        if client["name"] == ours:
            channel.redis().client_kill_filter(_id=client["id"])
    with pytest.raises(LostTouch):
        watch.wait(PATIENCE)
    assert not listener.listens


def test_a_stream_ends_once_its_reader_may_no_longer_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "ASK_AGAIN_WHO", 0.0)
    answer = opened(still_allowed=lambda: False)
    assert list(lines_of(answer))[-1].startswith("event: ended\n")
    answer.close()


def test_a_stream_ends_when_its_process_is_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams._Process, "is_stopping", staticmethod(lambda: True))
    answer = opened()
    assert len(list(lines_of(answer))) == 2
    answer.close()


@pytest.mark.django_db
def test_a_stream_holds_no_database_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    monkeypatch.setattr(streams, "ASK_AGAIN_WHO", 0.0)

    def asking_the_database() -> bool:
        connection.ensure_connection()
        return True

    def serve() -> None:
        connection.ensure_connection()
        answer = opened(still_allowed=asking_the_database)
        lines = lines_of(answer)
        for _ in range(4):
            next(lines)
            held.append(connection.connection is not None)
        answer.close()

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join(PATIENCE)
    assert held == [False] * 4


def test_nobody_listens_once_nobody_watches() -> None:
    listener = Listener()
    watch = listener.watch("CN")
    thread = listener._thread
    assert thread is not None
    watch.close()
    watch.close()
    thread.join(PATIENCE)
    assert not listener.listens
