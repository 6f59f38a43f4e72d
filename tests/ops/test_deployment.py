"""The Compose file is valid, and its services run Mispers by their very commands."""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from config import services
from tests.ops import processes
from tests.waiting import PATIENCE

pytestmark = pytest.mark.ops

COMPOSE = processes.ROOT / "docker-compose.yml"
HOST = "mispers.example"
OURS = ("migrate", "web", "worker", "beat")


def compose() -> dict[str, Any]:
    """Return the Compose file as it stands, its variables not yet filled in."""
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return loaded


def fill_in(text: str, values: dict[str, str]) -> str:
    """Replace ${NAME}, ${NAME:-default} and ${NAME:?complaint} as Compose does."""

    def value(found: re.Match[str]) -> str:
        name, default = found["name"], found["default"]
        assert name in values or default is not None, f"{name} is required"
        return values.get(name) or default or ""

    return re.sub(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*)|:\?[^}]*)?\}", value, text)


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a service, with the servers of this test run in place of the hosts."""
    asked = {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "MISPERS_HOST": HOST,
        "POSTGRES_PASSWORD": "x",
    }
    declared = compose()["services"]["web"]["environment"]
    given = {name: fill_in(str(value), asked) for name, value in declared.items()}
    name = f"mispers_ops_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    server = settings.DATABASES["default"]
    where = {"host": server["HOST"], "port": server["PORT"] or None, "user": server["USER"]}
    where["password"] = server["PASSWORD"] or None
    with contextlib.closing(psycopg2.connect(dbname="postgres", **where)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            # What the test run has migrated already leaves `migrate` little to do.
            kept = settings.DATABASES["default"]["TEST"].get("TEMPLATE") or "template1"
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {kept}")
        given["DATABASE_URL"] = services.embedded_database_url(Path(server["HOST"]), name)
        given["REDIS_URL"] = settings.CELERY_BROKER_URL
        given["MISPERS_VAR"] = str(tmp_path / "var")
        given["STATIC_ROOT"] = str(tmp_path / "static")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        yield processes.clean_environment(PATH=path, **given)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def command_of(service: str, *, port: int | None = None, place: Path | None = None) -> list[str]:
    """Return a service's command. Only what one machine cannot give twice is replaced."""
    words: list[str] = list(compose()["services"][service]["command"])
    if port is not None:
        assert "--bind=0.0.0.0:8000" in words
        words = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in words]
    if place is not None:
        words = [word.replace("--schedule=/tmp/", f"--schedule={place}/") for word in words]
    return words


def run(words: list[str], env: dict[str, str]) -> str:
    """Run a command to its end and return what it printed; fail when it fails."""
    done = subprocess.run(
        words, cwd=processes.ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout + done.stderr


def valid(path: Path) -> bool:
    """Say whether a file meets the Compose specification's schema."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    words = [str(tool), "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_the_compose_file_meets_the_specification() -> None:
    assert valid(COMPOSE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("depends_on:", "depend_on:"),
        ("expose: [", "expose: 8000 #["),
        ("replicas: 2", "replicas: [2]"),
    ],
)
def test_the_schema_would_see_a_mistake(tmp_path: Path, right: str, wrong: str) -> None:
    text = COMPOSE.read_text()
    assert right in text
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(text.replace(right, wrong))
    assert not valid(broken)


def test_no_service_of_ours_starts_before_the_migrations_and_only_the_proxy_has_a_port() -> None:
    declared = compose()["services"]
    for name in ("web", "worker", "beat"):
        waits = declared[name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
        assert waits["database"] == {"condition": "service_healthy"}
    assert [name for name, service in declared.items() if "ports" in service] == ["proxy"]
    assert declared["web"]["deploy"]["replicas"] >= 2
    assert "deploy" not in declared["beat"], "two beats would send everything twice"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_a_deployment_without_a_required_setting_says_which(
    deployed: dict[str, str], name: str
) -> None:
    env = {key: value for key, value in deployed.items() if key != name}
    words = processes.python("manage.py", "check")
    done = subprocess.run(
        words, cwd=processes.ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"{name} must be set" in done.stderr


def test_two_web_processes_a_worker_and_beat_run_by_the_commands_of_their_services(
    deployed: dict[str, str], tmp_path: Path
) -> None:
    # Given an image's static files and a migrated database
    run(processes.python("manage.py", "collectstatic", "--noinput"), deployed)
    run(command_of("migrate"), deployed)

    # When two webs, a worker and beat start with their services' commands
    ports = [processes.free_port(), processes.free_port()]
    commands = {f"web{n}": command_of("web", port=port) for n, port in enumerate(ports)}
    commands["worker"] = command_of("worker")
    commands["beat"] = command_of("beat", place=tmp_path)
    running = {
        name: processes.start(words, env=deployed, output=tmp_path / f"{name}.log")
        for name, words in commands.items()
    }
    logs = {name: tmp_path / f"{name}.log" for name in running}
    for n, port in enumerate(ports):
        process, log = running[f"web{n}"], logs[f"web{n}"]
        processes.wait_for(partial(processes.answers, port), process, what="a web", output=log)

    # Then each web serves the sign-in page over TLS only, with the headers that protect it
    for port in ports:
        assert_serves(port)

    # And beat runs and the worker answers
    for name, said in (("worker", " ready."), ("beat", "beat: Starting")):
        log = logs[name]
        processes.wait_for(partial(has_said, log, said), running[name], what=name, output=log)
    # Asked by its name, it is waited for no longer than until it has answered
    worker = f"--destination=celery@{socket.gethostname()}"
    inspect = ["celery", "--app=config.celery", "inspect", "ping", worker]
    assert "pong" in run([*inspect, f"--timeout={PATIENCE}"], deployed)

    # And each stops when asked to
    for name, process in running.items():
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, logs[name].read_text()[-2000:]


def has_said(log: Path, words: str) -> bool:
    return words in log.read_text()


def assert_serves(port: int) -> None:
    """Assert that a production web process answers as it should, as its proxy asks it."""
    sign_in = reverse("sign-in")
    outside = {"Host": HOST, "X-Forwarded-For": "192.0.2.1"}
    status, headers, _ = processes.get(port, sign_in, {**outside, "X-Forwarded-Proto": "http"})
    assert (status, headers["location"]) == (301, f"https://{HOST}{sign_in}")

    status, headers, page = processes.get(port, sign_in, {**outside, "X-Forwarded-Proto": "https"})
    assert status == 200
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "unsafe" not in headers["content-security-policy"]
    for part in ("Secure", "SameSite=Lax", "__Host-"):
        assert part in headers["set-cookie"]

    # Its style sheet has a hashed name and may be kept for ever
    style = re.search(r'href="(/assets/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert style, page[:2000]
    status, headers, _ = processes.get(port, style[1], {**outside, "X-Forwarded-Proto": "https"})
    assert status == 200
    assert "immutable" in headers["cache-control"]

    status, _, _ = processes.get(
        port, sign_in, {"Host": "elsewhere.example", "X-Forwarded-Proto": "https"}
    )
    assert status == 400
