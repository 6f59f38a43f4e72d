"""Threads that start at one instant, and a place where they meet before any of them goes on.

Who waits at the meeting is let go once everybody has come who can come: the others are seen in the
database to be kept out by a lock, or have ended. So a race has one course, on any machine.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg2
from django.db import connection, connections

from tests.waiting import PATIENCE, wait_until

_KEPT_OUT = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class _Ended:
    """How many threads of a race have ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0

    def one_more(self) -> None:
        with self._lock:
            self.count += 1


class _Here(threading.local):
    """The race that a thread runs in."""

    ended: _Ended


_here = _Here()


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each piece of work, in a thread and connection of its own, gave or raised."""
    start, ended = threading.Barrier(len(work)), _Ended()

    def run(each: Callable[[], Any]) -> Any:
        _here.ended = ended
        try:
            start.wait(PATIENCE)
            return each()
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            return error
        finally:
            connections.close_all()
            ended.one_more()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def kept_out() -> int:
    """How many connections to this test's database wait for a lock, seen from beside them."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as beside:
        beside.autocommit = True
        with beside.cursor() as cursor:
            cursor.execute(_KEPT_OUT)
            return int(cursor.fetchone()[0])


def meeting(parties: int) -> Callable[[], None]:
    """A function at which each of so many threads of `at_once` waits for the others, once."""
    lock, looking = threading.Lock(), threading.Lock()
    came, is_over = 0, threading.Event()

    def wait() -> None:
        nonlocal came
        with lock:
            came += 1
        wait_until(everybody_is_accounted_for, what="the others")
        is_over.set()

    def everybody_is_accounted_for() -> bool:
        if is_over.is_set() or came >= parties:
            return True
        if not looking.acquire(blocking=False):
            return False
        try:
            return bool(came + _here.ended.count + kept_out() >= parties)
        finally:
            looking.release()

    return wait


def the_others_have_ended(parties: int) -> Callable[[], None]:
    """A function at which one thread of so many waits until all others have given up."""
    return lambda: wait_until(lambda: _here.ended.count >= parties - 1, what="the others' end")
