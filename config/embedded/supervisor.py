"""Runs programs as one: started in order, stopped in reverse, none left (docs/adr/0002)."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from config.embedded.errors import ServerError
from config.embedded.process import Child

STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
LOOK_EVERY_SECONDS = 0.5


class Supervisor:
    """Holds the programs in the order in which they were started."""

    def __init__(self) -> None:
        """Begin with none."""
        self._children: list[Child] = []

    def add(self, child: Child | None) -> None:
        """Take charge of `child`; None stands for a server that somebody else runs."""
        if child is not None:
            self._children.append(child)

    def check(self) -> None:
        """Raise ServerError, with its last words, when a program has ended by itself."""
        for child in self._children:
            if not child.running:
                raise ServerError(
                    f"The {child.name} process ended by itself. The end of {child.log}:\n"
                    f"{child.last_words()}"
                )

    def watch(self) -> None:
        """Return when we are asked to stop; raise ServerError when a program ends before that."""
        # Blocked only now: the programs would have inherited it.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        while signal.sigtimedwait(STOPPING, LOOK_EVERY_SECONDS) is None:
            self.check()

    def stop(self) -> None:
        """Stop all, the last started first."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        while self._children:
            self._children.pop().stop()


@contextlib.contextmanager
def supervisor() -> Iterator[Supervisor]:
    """Yield a supervisor whose programs are stopped whatever ends the block, signals included."""

    def leave(signum: int, frame: FrameType | None) -> None:
        sys.exit(128 + signum)

    for signum in STOPPING:
        signal.signal(signum, leave)
    programs = Supervisor()
    try:
        yield programs
    finally:
        programs.stop()
