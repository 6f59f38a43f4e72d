"""A child process that cannot outlive its parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def dies_with_parent(signum: int) -> Callable[[], None] | None:
    """Return a `preexec_fn` that has the kernel send `signum` when the starting thread ends.

    Linux alone can do it; elsewhere there is None, and only an orderly stop leaves nothing behind.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
        if os.getppid() != parent:  # The parent ended before the kernel knew of our wish.
            os._exit(1)

    return arrange


class Child:
    """One long-running program: its output in a log, stopped with the signal it likes."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        stop_with: int = signal.SIGTERM,
        die_with: int = signal.SIGKILL,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Start `command` in a session of its own: the terminal's Ctrl-C reaches us alone."""
        self.name = name
        self.log = log
        self._stop_with = stop_with
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.popen = _spawn(command, output, die_with=die_with, env=env, cwd=cwd)

    @property
    def running(self) -> bool:
        """Say whether the program still runs."""
        return self.popen.poll() is None

    def last_words(self, lines: int = 5) -> str:
        """Return the end of the log, for a message about why the program ended."""
        text = self.log.read_text(errors="replace").strip().splitlines()
        return "\n".join(text[-lines:])

    def stop(self, patience: float = 15.0) -> None:
        """Ask the program to end and, after `patience` seconds, insist."""
        if not self.running:
            return
        self.popen.send_signal(self._stop_with)
        try:
            self.popen.wait(patience)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


def _spawn(
    command: Sequence[str],
    output: IO[bytes],
    *,
    die_with: int,
    env: Mapping[str, str] | None,
    cwd: Path | None,
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=None if env is None else dict(env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=dies_with_parent(die_with),
    )
