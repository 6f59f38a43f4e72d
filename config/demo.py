"""The demo: database, broker, reference and demo data, then web, worker and beat until Ctrl-C."""

import contextlib
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config import services
from config.embedded import servers
from config.embedded.errors import ServerError
from config.embedded.process import Child, dies_with_parent
from config.embedded.progress import step
from config.embedded.supervisor import Supervisor, supervisor
from config.reachable import check_reachable

ROOT = Path(__file__).resolve().parents[1]
VAR = services.var_dir(ROOT)
HOST = "127.0.0.1"
HIGHEST_PORT = 65535
WEB_PATIENCE_SECONDS = 30.0
# Management commands in their order, each with the files that decide what it does.
DATA_STEPS = {
    "migrate": ("*/migrations/*.py", "requirements/base.txt"),
    "load_reference": ("fixtures/**/*",),
    "seed_demo": (),
}
MADE_BY_THE_DEMO = ("postgres", "broker", "mail", "stamps", "demo.json", "beat-schedule")


def main(arguments: Sequence[str]) -> int:
    """Run the demo; return an exit status. What goes wrong is said in one line."""
    try:
        port = asked_port()
        check_port_free(port)
        with servers.only_one(ROOT), supervisor() as programs:
            if "--reset" in arguments:
                reset()
            run(programs, port)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    print("Stopped.")
    return 0


def run(programs: Supervisor, port: int) -> None:
    """Start everything in order, print the way in, and wait."""
    print("Starting", flush=True)
    with step("Database"):
        if servers.is_new(ROOT):
            shutil.rmtree(VAR / "stamps", ignore_errors=True)
        programs.add(servers.start_database(ROOT))
    with step("Broker"):
        programs.add(servers.start_broker(ROOT))
    check_reachable(services.database_url(ROOT), services.broker_url(ROOT))
    bring_data_up_to_date()
    for name, command in programs_of_mispers(port).items():
        with step(name.capitalize()):
            programs.add(Child(name, command, log=VAR / "log" / f"{name}.log", cwd=ROOT))
            if name == "web":
                wait_for_web(programs, port)
    introduce(port)
    programs.watch()
    print("\nStopping", flush=True)


def programs_of_mispers(port: int) -> dict[str, list[str]]:
    """Return each program's command; threads only, so that killing one leaves no pool behind."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app", "config.celery"]
    return {
        "web": [
            *(*python, "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
            *("--workers", "1", "--threads", "8", "--no-control-socket"),
            *("--config", "python:config.web"),
        ],
        "worker": [*celery, "worker", "--pool", "threads", "--concurrency", "2", "-l", "INFO"],
        "beat": [
            *celery,
            "beat",
            "--schedule",
            str(VAR / "beat-schedule"),
            "--pidfile",
            "",
            "-l",
            "INFO",
        ],
    }


def asked_port() -> int:
    """Return `PORT`, 8000 by default; raise ServerError when it is no port."""
    asked = os.environ.get("PORT", "8000")
    if not asked.isdecimal() or not 1 <= int(asked) <= HIGHEST_PORT:
        raise ServerError(f"PORT={asked} is no port: give a number from 1 to {HIGHEST_PORT}.")
    return int(asked)


def check_port_free(port: int) -> None:
    """Raise ServerError when something already listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise ServerError(
                f"Port {port} is taken: stop what uses it, or choose another with PORT=8001."
            ) from None


def reset() -> None:
    """Throw away what an earlier demo made; raise ServerError for a database that is not ours."""
    if os.environ.get("DATABASE_URL"):
        raise ServerError("--reset never empties the database that DATABASE_URL names.")
    for name in MADE_BY_THE_DEMO:
        place = VAR / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def bring_data_up_to_date() -> None:
    """Migrate, load the reference data and seed, as far as their inputs have changed."""
    if not (VAR / "demo.json").exists():
        (VAR / "stamps" / "seed_demo").unlink(missing_ok=True)
    due = {command: stamp for command in DATA_STEPS if (stamp := due_stamp(command)) is not None}
    if not due:
        return
    done = subprocess.run(
        [sys.executable, "-m", "config.data_steps", *due],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=dies_with_parent(signal.SIGKILL),
    )
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-8:])
        raise ServerError(f"The data could not be brought up to date:\n{last}")
    for command, stamp in due.items():
        place = VAR / "stamps" / command
        place.parent.mkdir(exist_ok=True)
        place.write_text(stamp)


def due_stamp(command: str) -> str | None:
    """Return a digest of what a data step depends on, or None when it was done with just that.

    A database that is not ours may have changed since, so there every step is due.
    """
    place = VAR / "stamps" / command
    digest = hashlib.sha256()
    for pattern in DATA_STEPS[command]:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file():
                digest.update(file.read_bytes())
    stamp = digest.hexdigest()
    ours = not os.environ.get("DATABASE_URL")
    return None if ours and place.exists() and place.read_text() == stamp else stamp


def wait_for_web(programs: Supervisor, port: int) -> None:
    """Return when the site answers; raise ServerError when a program ends or the time is up."""
    deadline = time.monotonic() + WEB_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        programs.check()
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/")
            status = connection.getresponse().status
            connection.close()
            if status < http.client.INTERNAL_SERVER_ERROR:
                return
            raise ServerError(f"The site answers with {status}; see {VAR / 'log' / 'web.log'}.")
        time.sleep(0.1)
    raise ServerError(f"The site did not answer; see {VAR / 'log' / 'web.log'}.")


def introduce(port: int) -> None:
    """Print the address and one sign-in per role; put the address into `var/demo.json` too."""
    place = VAR / "demo.json"
    ways_in = json.loads(place.read_text())
    ways_in["url"] = f"http://{HOST}:{port}"
    place.write_text(json.dumps(ways_in, indent=2) + "\n")
    print(f"\nMispers is at {ways_in['url']}\n")
    print(f"  {'role':<24}{'user name':<24}password")
    for role, user in ways_in["users"].items():
        print(f"  {role:<24}{user['username']:<24}{user['password']}")
    print(f"\nThe same, for programs: {place}. E-mail goes to {VAR / 'mail'}. Ctrl-C stops it all.")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
