"""Counts what a piece of work does in our own code: modules, moves between them, SQL statements.

The rules, the same for any arrangement of the code:

- A frame is ours when the name of its module begins with one of our packages and its code was read
  from a file. What dataclasses and enums write for themselves (`<string>`) is nobody's.
- A module is *entered* when at least one frame of it begins: a function, a method, a lambda, a
  comprehension, the body of a generator. Being imported, or read for a constant, enters nothing.
- A *move* is a frame of ours that begins while the nearest frame of ours up the stack belongs to
  another module. Frames of libraries between the two are looked through, so a middleware that
  calls Django, which calls a view, is one move. Returning is none. What the caller of the work
  itself begins, with no frame of ours above it, is none. A generator begins once, however often
  it goes on.
- A *query* is one call to the database: `execute` or `executemany`, of whatever is not the control
  of a transaction (`BEGIN`, `COMMIT`, savepoints), on any connection of this thread.

Other threads that begin meanwhile have their frames counted as well. The garbage collector rests,
so that no finaliser runs at a moment of its own choosing.
"""

import dis
import gc
import inspect
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from types import CodeType, FrameType
from typing import Any

from django.db import connections

OURS = ("core", "officers", "mispers", "riskassessment", "ownership", "assurance", "config")
_BEGINS_LATE = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Figures:
    """What came out."""

    modules: int
    moves: int
    queries: int


@dataclass(frozen=True)
class Query:
    """A statement with its values; sent_by: the function of ours that sent it, and its caller."""

    sql: str
    values: str
    sent_by: str = field(compare=False)


@dataclass
class Count:
    """What has been counted so far; it goes on within `going_on`, which may be entered again.

    begun: how often each function of ours began, by its module and its name. moves: how often each
    module was left for a function of another. queries: in their order.
    """

    packages: Sequence[str] = OURS
    begun: Counter[tuple[str, str]] = field(default_factory=Counter)
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    queries: list[Query] = field(default_factory=list)

    @property
    def modules(self) -> list[str]:
        """The modules entered, by name."""
        return sorted({module for module, _ in self.begun})

    @property
    def figures(self) -> Figures:
        """How many of each."""
        return Figures(len(self.modules), self.moves.total(), len(self.queries))

    def repeated(self) -> dict[Query, list[str]]:
        """The queries that were sent more than once with the same values, and all who sent them."""
        senders: dict[Query, list[str]] = {}
        for query in self.queries:
            senders.setdefault(query, []).append(query.sent_by)
        return {query: sent for query, sent in senders.items() if len(sent) > 1}

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Count what happens within."""
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self._note_query))
            gc.collect()
            gc.disable()
            stack.callback(gc.enable)
            stack.callback(threading.setprofile, threading.getprofile())
            stack.callback(sys.setprofile, sys.getprofile())
            threading.setprofile(self._note_frame)
            sys.setprofile(self._note_frame)
            yield

    def _note_frame(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or (module := self._module_of(frame)) is None or _goes_on(frame):
            return
        function = frame.f_code.co_qualname
        self.begun[module, function] += 1
        caller, _ = next(self._ours_from(frame.f_back), (None, ""))
        if caller is not None and caller != module:
            self.moves[caller, module, function] += 1

    def _ours_from(self, frame: FrameType | None) -> Iterator[tuple[str, str]]:
        """The module and the function of each frame of ours, from this one up the stack."""
        while frame is not None:
            if (module := self._module_of(frame)) is not None:
                yield module, frame.f_code.co_qualname
            frame = frame.f_back

    def _module_of(self, frame: FrameType) -> str | None:
        """The name of the frame's module if it is ours."""
        name = str(frame.f_globals.get("__name__", ""))
        is_ours = name.partition(".")[0] in self.packages
        return name if is_ours and not frame.f_code.co_filename.startswith("<") else None

    def _note_query(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(_CONTROL):
            senders = islice(self._ours_from(inspect.currentframe()), 2)
            sent_by = " < ".join(f"{module}:{function}" for module, function in senders)
            self.queries.append(Query(sql, repr(params), sent_by))
        return execute(sql, params, many, context)


def _goes_on(frame: FrameType) -> bool:
    """Whether this is a generator that has begun before: the interpreter tells of that too."""
    if not frame.f_code.co_flags & _BEGINS_LATE:
        return False
    return frame.f_lasti > _first_instruction(frame.f_code)


@cache
def _first_instruction(code: CodeType) -> int:
    """Where a generator's body begins when it is first run."""
    return next(each.offset for each in dis.get_instructions(code) if each.opname == "RESUME")
