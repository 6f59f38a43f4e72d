"""Finds and talks to the real processes that these tests start."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from config.embedded.process import dies_with_parent
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
_STARTED: "list[subprocess.Popen[bytes]]" = []


def free_port() -> int:
    """Return a port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def clean_environment(**additions: str) -> dict[str, str]:
    """Return our environment without what the test run itself has put there."""
    own = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MISPERS_", "PYTEST_", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "PYTHONUNBUFFERED": "1", **additions}


def start(
    command: Sequence[str], *, env: Mapping[str, str], output: Path
) -> "subprocess.Popen[bytes]":
    """Start `command` in the checkout with its output in a file; no test leaves it running."""
    with output.open("wb") as log:
        process = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Nor does a test run that is killed itself.
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
    _STARTED.append(process)
    return process


def python(*words: str) -> list[str]:
    """Return a command of this environment's Python."""
    return [sys.executable, *words]


def with_in_environment(entry: str) -> list[int]:
    """Return the ids of the living processes with `entry` (NAME=value) in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            entries = (place / "environ").read_bytes().split(b"\0")
            zombie = (place / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            continue
        if entry.encode() in entries and not zombie:
            found.append(int(place.name))
    return found


def wait_for(
    true: Callable[[], bool], process: "subprocess.Popen[bytes]", *, what: str, output: Path
) -> None:
    """Wait until `true` holds; fail with what it printed as soon as the process ends before."""
    wait_until(lambda: true() or process.poll() is not None, what=what)
    assert process.poll() is None, f"{what} never came:\n{output.read_text()[-2000:]}"


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill whatever is left of it, and reap it."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def end_all() -> None:
    """End everything that was started and has not been ended."""
    while _STARTED:
        end(_STARTED.pop())


def get(
    port: int, path: str, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    """Return the status, headers (names in lower case) and body of a GET, following nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body
    finally:
        connection.close()


def answers(port: int) -> bool:
    """Say whether something speaks HTTP on `port`."""
    try:
        get(port, "/")
    except (OSError, http.client.HTTPException):
        return False
    return True
