"""Server-sent events out of a thread: so many at a time, ended when they should, nothing held open.

A stream says that something changed, never what: the page then asks, and is answered by what its
reader may see. It beats, so that silence means a lost connection. It holds no database connection.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from core import clock
from core.push import channel
from core.push.listening import LostTouch, Watch, listener

BEAT = 10.0  # seconds
ASK_AGAIN_WHO = 30.0  # seconds between two looks whether the reader may still listen
LONGEST = 15 * 60.0  # seconds; the page then comes back, perhaps to a process with more room
SLICE = 1.0  # seconds: how soon a stream sees that its process is to stop
COME_BACK_AFTER = 3_000  # milliseconds, to a browser whose stream ended
RETRY_AFTER = 60  # seconds, to one that found no room

Allowed = Callable[[], bool]


class _Process:
    """Whether the web process that runs these streams is about to stop; see config.web."""

    is_stopping: Callable[[], bool] = staticmethod(lambda: False)


def end_when(is_stopping: Callable[[], bool]) -> None:
    """End every stream once this is true."""
    _Process.is_stopping = staticmethod(is_stopping)


@cache
def room() -> threading.BoundedSemaphore:
    """How many streams this process may still begin."""
    return threading.BoundedSemaphore(settings.MISPERS_STREAMS)


def changes_of(request: HttpRequest, bcu: str, still_allowed: Allowed) -> HttpResponseBase:
    """A stream of the BCU's changes, or 503 with Retry-After: the page then asks now and again.

    A page says which change it knows of: the browser's Last-Event-ID, before that `since`.
    still_allowed: whether the reader may go on listening; asked for now and again while it runs.
    """
    places = room()
    if not places.acquire(blocking=False):
        return _no_room()
    try:
        watch = listener.watch(bcu)
    except LostTouch:
        places.release()
        return _no_room()
    last = request.headers.get("Last-Event-ID") or request.GET.get("since")
    stream = Stream(watch, places, last, still_allowed)
    # No compression: a proxy would gather what should arrive at once.
    headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(stream, content_type="text/event-stream", headers=headers)


class Stream:
    """The lines of one stream. Whoever has it must close it; a forgotten one closes itself."""

    def __init__(
        self,
        watch: Watch,
        places: threading.BoundedSemaphore,
        last: str | None,
        still_allowed: Allowed,
    ) -> None:
        self._watch = watch
        self._places: threading.BoundedSemaphore | None = places
        self._lines = _lines(watch, last, still_allowed)

    def __iter__(self) -> Iterator[bytes]:
        return self._lines

    def close(self) -> None:
        """Give the place to another; may be repeated."""
        places, self._places = self._places, None
        if places is not None:
            self._watch.close()
            places.release()

    def __del__(self) -> None:
        self.close()


def _lines(watch: Watch, last: str | None, still_allowed: Allowed) -> Iterator[bytes]:
    """Say at once what was missed since `last`; then each change, and beats in between."""
    until = time.monotonic() + LONGEST
    ask_at = time.monotonic() + ASK_AGAIN_WHO
    # The answer's head is written by now: whatever had to ask the database has done so.
    let_go_of_the_database()
    yield f"retry: {COME_BACK_AFTER}\n\n".encode()
    try:
        missed = channel.latest(watch.bcu)
        # Begun without a mark, nobody knows what was missed; an empty one stands for nothing yet.
        yield _beat() if missed == last else _event("changed", mark=missed)
        while time.monotonic() < until and not _Process.is_stopping():
            mark = _next_change(watch)
            if time.monotonic() >= ask_at:
                ask_at = time.monotonic() + ASK_AGAIN_WHO
                if not _without_keeping_a_connection(still_allowed):
                    yield _event("ended")
                    return
            yield _event("changed", mark=mark) if mark else _beat()
    except (LostTouch, RedisError, OSError):
        return


def _next_change(watch: Watch) -> str:
    """The next change's mark; empty when it is time for a beat."""
    beat_at = time.monotonic() + BEAT
    while (left := beat_at - time.monotonic()) > 0 and not _Process.is_stopping():
        if mark := watch.wait(min(SLICE, left)):
            return mark
    return ""


def _event(name: str, *, mark: str = "") -> bytes:
    """An event in its wire form. Its data is the server's time, by which a page sets its clocks."""
    identified = f"id: {mark}\n" if mark else ""
    return f"event: {name}\n{identified}data: {clock.now():%Y-%m-%dT%H:%M:%SZ}\n\n".encode()


def _beat() -> bytes:
    return _event("beat")


def _no_room() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER)}
    )


def _without_keeping_a_connection(ask: Allowed) -> bool:
    try:
        return ask()
    finally:
        let_go_of_the_database()


def let_go_of_the_database() -> None:
    """Close this thread's connections, but for one within a transaction: that one is a test's."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
