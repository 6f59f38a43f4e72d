"""Reactions: what an app does inside another app's event, in its transaction, in a fixed order.

So an incident cannot be logged without an owner, though the app that logs it knows nothing of
owners. Each app's wiring lists its reactions; docs/reactions.md is drawn from these lists.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core.models import Event
from core.trail.kinds import Kind
from core.trail.payloads import Payload

logger = logging.getLogger(__name__)

Handler = Callable[[Event], None]
ForMany = Callable[[Sequence[Event]], None]

# What a reaction to whatever happens reacts to; nothing of this kind is ever recorded.
EVERY = Kind("*", "Every event", Payload)


@dataclass(frozen=True)
class Reaction:
    """What is done with each new event of a kind, or of every kind, in the event's transaction.

    does: its docstring says what, its first line in one sentence. records: the kinds of event that
    it may record in turn. sends: the names of the tasks it has run once the transaction holds.
    for_many: run once for events recorded together, in place of `does` for each; for a reaction
    that asks the database: a thousand events at once must not ask a thousand times.
    """

    kind: Kind[Any]
    does: Handler
    records: tuple[Kind[Any], ...] = ()
    sends: tuple[str, ...] = ()
    for_many: ForMany | None = None

    def __str__(self) -> str:
        return f"{self.does.__module__}.{self.does.__qualname__}"


class UndeclaredEvent(Exception):
    """A reaction recorded an event of a kind that its declaration does not name."""


_reactions: dict[str, list[Reaction]] = defaultdict(list)
_running: ContextVar[Reaction | None] = ContextVar("the reaction that is running", default=None)


def react(*reactions: Reaction) -> None:
    """From now on, do this with each new event. The order of the calls is the order of running.

    What is done with every event comes after what is done with its kind.
    """
    for each in reactions:
        others = _reactions[each.kind.code]
        if any(other.does == each.does for other in others):
            raise ValueError(f"{each} reacts to {each.kind.code} twice.")
        others.append(each)


def reactions_to(what: Kind[Any]) -> tuple[Reaction, ...]:
    """What is done with events of this kind alone (or of EVERY kind), in the order of running."""
    return tuple(_reactions.get(what.code, ()))


def tell(event: Event) -> None:
    """Run every reaction to one event."""
    for reaction in (*_of_code(event.kind), *_of_code(EVERY.code)):
        with _while(reaction):
            reaction.does(event)


def tell_together(events: Sequence[Event]) -> None:
    """Run every reaction to events that were recorded together, each over all of its events."""
    codes = dict.fromkeys(event.kind for event in events)
    for reaction in [each for code in codes for each in _of_code(code)]:
        _run(reaction, [event for event in events if event.kind == reaction.kind.code])
    for reaction in _of_code(EVERY.code):
        _run(reaction, events)


def check_declared(what: Kind[Any]) -> None:
    """Complain when the reaction that is running does not declare that it records this kind.

    Raises UndeclaredEvent where MISPERS_REFUSE_UNDECLARED_EVENTS is on, as in tests and under
    debugging. Elsewhere the complaint is logged and the event is recorded: a report is not refused
    because a list is behind the code.
    """
    running = _running.get()
    if running is None or what in running.records:
        return
    complaint = f"{running} recorded {what.code}, which its declaration does not name."
    if settings.MISPERS_REFUSE_UNDECLARED_EVENTS:
        raise UndeclaredEvent(complaint)
    logger.error(complaint)


def _of_code(code: str) -> Sequence[Reaction]:
    return _reactions.get(code, ())


def _run(reaction: Reaction, events: Sequence[Event]) -> None:
    with _while(reaction):
        if reaction.for_many is not None:
            reaction.for_many(events)
            return
        for event in events:
            reaction.does(event)


@contextmanager
def _while(reaction: Reaction) -> Iterator[None]:
    """Know which reaction is running; one that an event of its own set off runs within it."""
    token = _running.set(reaction)
    try:
        yield
    finally:
        _running.reset(token)
