"""What is done once a transaction holds, and done once however often it was asked for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass
class _Once:
    key: Hashable
    run: Callable[[], object]
    has_run: bool = False

    def __post_init__(self) -> None:
        # By this Django names in its log what failed.
        self.__qualname__ = getattr(self.run, "__qualname__", repr(self.run))

    def __call__(self) -> None:
        self.has_run = True
        self.run()


def once_on_commit(key: Hashable, run: Callable[[], object]) -> bool:
    """Run this once the transaction holds; answers whether nobody had asked for the key before.

    The list that Django keeps says what was asked for: a savepoint that is undone takes what was
    asked within it along, and nothing outlives the transaction. What fails is logged, no more.
    """
    waiting = (each[1] for each in connection.run_on_commit)
    if any(isinstance(each, _Once) and each.key == key and not each.has_run for each in waiting):
        return False
    transaction.on_commit(_Once(key, run), robust=True)
    return True
