"""Threads that start at one instant, and where unlocked ones wait for each other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.db import connection

PATIENCE = 5


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each piece of work, in a thread and connection of its own, gave or raised."""
    start = threading.Barrier(len(work))

    def run(each: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return each()
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def meeting(parties: int) -> Callable[[], None]:
    """Where unlocked threads wait for each other, so that all have read before any writes."""
    barrier = threading.Barrier(parties)

    def wait() -> None:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=PATIENCE)

    return wait
