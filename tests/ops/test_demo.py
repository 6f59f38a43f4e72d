"""The demo as its user meets it: it starts, says what is wrong, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.ops import processes
from tests.ops.ten_steps import walk
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.ops


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A directory for one demo's data; whatever still runs there afterwards is ended."""
    yield tmp_path / "var"
    for pid in processes.with_in_environment(f"MISPERS_VAR={tmp_path / 'var'}"):
        os.kill(pid, signal.SIGKILL)


def demo(place: Path, port: int, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a demo with its data in `place`."""
    env = processes.clean_environment(MISPERS_VAR=str(place), PORT=str(port))
    command = processes.python("-m", "config.demo", *arguments)
    return processes.start(command, env=env, output=place.with_suffix(".out"))


def wait_for_demo(place: Path, running: "subprocess.Popen[bytes]") -> str:
    """Return what the demo printed once it serves."""
    output = place.with_suffix(".out")
    processes.wait_for(
        lambda: "Ctrl-C stops it all" in output.read_text(), running, what="demo", output=output
    )
    return output.read_text()


def refused(place: Path, *, beside: bool = False, **env: str) -> str:
    """Run a demo that cannot start; return its complaint: one line, status 1, nothing left."""
    done = subprocess.run(
        processes.python("-m", "config.demo"),
        cwd=processes.ROOT,
        env=processes.clean_environment(MISPERS_VAR=str(place), **env),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    if not beside:
        assert processes.with_in_environment(f"MISPERS_VAR={place}") == []
    return done.stderr


def test_a_killed_demo_loses_nothing_serves_each_role_and_ctrl_c_stops_it_in_order(
    place: Path, chromium: Browser
) -> None:
    # Given a demo on a machine with nothing installed
    port = processes.free_port()
    running = demo(place, port)
    said = wait_for_demo(place, running)
    ways_in = json.loads((place / "demo.json").read_text())
    assert ways_in["url"] == f"http://127.0.0.1:{port}"
    for user in ways_in["users"].values():
        assert user["username"] in said
    entry = f"MISPERS_VAR={place}"
    assert len(processes.with_in_environment(entry)) >= 6, "database, broker, web, worker, beat"

    # When its parent is killed without a chance to clean up
    running.kill()
    running.wait()

    # Then everything it started ends too
    wait_until(lambda: not processes.with_in_environment(entry), what="the end of all")

    # And it starts again on the same data, without making it anew
    running = demo(place, port)
    again = wait_for_demo(place, running)
    assert "Demo data" not in again
    assert json.loads((place / "demo.json").read_text()) == ways_in

    # And each role signs in and takes its part of an incident's way, from report to dip sample
    walk(ways_in, chromium)

    # And a second one beside it is refused in one line
    assert "already running" in refused(place, beside=True, PORT=str(processes.free_port()))
    assert processes.answers(port)

    # When the user presses Ctrl-C, it stops everything and says so
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE) == 0
    assert place.with_suffix(".out").read_text().rstrip().endswith("Stopped.")
    assert processes.with_in_environment(entry) == []
    assert "shut down" in (place / "log" / "database.log").read_text()


def test_a_taken_port_is_one_clear_line(place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} is taken" in refused(place, PORT=port)


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_one_clear_line(place: Path, port: str) -> None:
    assert f"PORT={port}" in refused(place, PORT=port)


def test_an_unreachable_database_is_one_clear_line_without_its_password(place: Path) -> None:
    secret = "not-to-be-shown"
    host = f"127.0.0.1:{processes.free_port()}"
    said = refused(
        place,
        PORT=str(processes.free_port()),
        DATABASE_URL=f"postgres://someone:{urllib.parse.quote(secret)}@{host}/nothing",
    )
    assert "The database cannot be reached" in said
    assert secret not in said


def test_an_unreachable_broker_is_one_clear_line(place: Path) -> None:
    said = refused(
        place,
        PORT=str(processes.free_port()),
        REDIS_URL=f"redis://127.0.0.1:{processes.free_port()}/0",
    )
    assert "The broker cannot be reached" in said


def test_reset_refuses_to_empty_a_database_that_is_not_the_demos(place: Path) -> None:
    env = processes.clean_environment(
        MISPERS_VAR=str(place),
        PORT=str(processes.free_port()),
        DATABASE_URL="postgres://someone@127.0.0.1/theirs",
    )
    command = processes.python("-m", "config.demo", "--reset")
    done = subprocess.run(
        command, cwd=processes.ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "never empties" in done.stderr
