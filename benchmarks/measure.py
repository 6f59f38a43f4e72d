"""Timing a request, and beside it the same SQL sent by the bare driver."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection, transaction

Statement = tuple[str, Any, bool]
_SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
WARM_UP = 3
# A case of seconds, such as a sweep, is repeated less often than one of milliseconds.
LONGEST, FEWEST = 30.0, 5


@dataclass(frozen=True)
class Case:
    """Something to time.

    send does it once, given the number of the round; rehearse does it once for the SQL to be read
    off, where that must differ from a round. undone: each round is rolled back.
    """

    name: str
    send: Callable[[int], object]
    rehearse: Callable[[], object] | None = None
    undone: bool = False


@dataclass(frozen=True)
class Figures:
    """What came out: milliseconds, and how many statements one round sends."""

    name: str
    p50: float
    p95: float
    queries: int
    raw_p50: float

    @property
    def ratio(self) -> float:
        """How many times as long as its SQL alone."""
        return self.p50 / self.raw_p50


def measure(case: Case, rounds: int) -> Figures:
    """Time `rounds` of the case, each followed by the same SQL raw, so that both meet one load.

    It ends early, though never before `FEWEST` rounds, when it has taken `LONGEST` seconds.
    """
    for number in range(min(WARM_UP, rounds)):
        _once(case, -1 - number)
    statements = _statements_of(case)
    ours, raw = [], []
    began = time.perf_counter()
    for number in range(rounds):
        if number >= FEWEST and time.perf_counter() - began > LONGEST:
            break
        started = time.perf_counter()
        _once(case, number)
        ours.append((time.perf_counter() - started) * 1000)
        raw.append(replay(statements))
    return Figures(
        case.name,
        p50=median(ours),
        p95=percentile(ours, 95),
        queries=len(statements),
        raw_p50=median(raw),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` of the values do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def _once(case: Case, number: int) -> None:
    if case.undone:
        with rolled_back():
            case.send(number)
    else:
        case.send(number)


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction of which nothing is kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _statements_of(case: Case) -> list[Statement]:
    """The statements of one round with their parameters; what it wrote is rolled back."""
    seen: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_SAVEPOINTS):
            seen.append((sql, params, many))
        return execute(sql, params, many, context)

    with rolled_back(), connection.execute_wrapper(note):
        if case.rehearse:
            case.rehearse()
        else:
            case.send(0)
    return seen


def replay(statements: Sequence[Statement]) -> float:
    """Milliseconds for the statements through the bare driver.

    They are rolled back to a savepoint and the rest is committed, so that what was written still
    has to reach the disk, as it had to for the request.
    """
    began = time.perf_counter()
    with transaction.atomic(), connection.connection.cursor() as cursor:
        cursor.execute("SAVEPOINT replayed")
        for sql, params, many in statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
            if cursor.description:
                cursor.fetchall()
        cursor.execute("ROLLBACK TO SAVEPOINT replayed")
    return (time.perf_counter() - began) * 1000
