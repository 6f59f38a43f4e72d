"""A board of one web process shows what is logged through another."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, expect

from config import services
from tests.browser.boards import a_unit_of_today, asks_only_when_told, is_pushed
from tests.browser.conftest import sign_in
from tests.browser.fixtures import PATIENCE_MS
from tests.conftest import Unit
from tests.ops import processes
from tests.rest import SECRET, make_client_system
from tests.waiting import PATIENCE

SETTINGS = "config.settings.local"
# What a web process that is not a test's checks secrets by.
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.fixture
def cn(transactional_db: None) -> Unit:
    """A BCU with somebody on duty in every role at this very moment."""
    return a_unit_of_today()


@pytest.fixture
def two_webs(cn: Unit, tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two web processes by the demo's command, on this test's database and broker."""
    place = settings.DATABASES["default"]["HOST"]
    name = str(connection.settings_dict["NAME"])
    # Both know the key under which this test signs officers in.
    (tmp_path / "secret-key").write_text(settings.SECRET_KEY)
    given = {
        "DATABASE_URL": services.embedded_database_url(Path(place), name),
        "REDIS_URL": settings.CACHES["default"]["LOCATION"].partition("?")[0],
        "MISPERS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    env = processes.clean_environment(**given)
    ports = [processes.free_port(), processes.free_port()]
    running = [start_web(port, env, tmp_path) for port in ports]
    for port, process in zip(ports, running, strict=True):
        output = tmp_path / f"web-{port}.log"
        processes.wait_for(partial(processes.answers, port), process, what="web", output=output)
    yield ports
    # A process with an open stream stops as soon as one without.
    for process in running:
        process.send_signal(signal.SIGTERM)
    for process in running:
        assert process.wait(PATIENCE) == 0


def start_web(port: int, env: dict[str, str], place: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}"]
    options = ["--threads=8", "--config=python:config.web", "--no-control-socket"]
    # Longer than anybody waits for it: no stream is cut off by force.
    options.append(f"--graceful-timeout={2 * PATIENCE:.0f}")
    return processes.start([*words, *options], env=env, output=place / f"web-{port}.log")


@pytest.mark.parametrize(
    "within_ms", [None, pytest.param(2_000, marks=pytest.mark.soak)], ids=["at all", "2 s"]
)
def test_what_is_logged_through_one_web_process_shows_on_the_board_of_another(
    cn: Unit, two_webs: list[int], chromium: Browser, within_ms: float | None
) -> None:
    # Given a board served by one process
    here, there = (f"http://127.0.0.1:{port}" for port in two_webs)
    with override_settings(PASSWORD_HASHERS=[ARGON2]):
        client = make_client_system(bcus=[cn.bcu])
    context = chromium.new_context(base_url=there)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    asks_only_when_told(page)
    sign_in(page, cn.inspector, there)
    page.goto("/board/CN/")
    is_pushed(page)
    # When a report is logged through the other
    asked = context.request.post(
        f"{here}/oauth/token/",
        form={
            "grant_type": "client_credentials",
            "client_id": client.client_id,
            "client_secret": SECRET,
        },
    )
    assert asked.ok, asked.text()
    token = asked.json()["access_token"]
    logged = context.request.post(
        f"{here}/api/v1/incidents/",
        headers={"Authorization": f"Bearer {token}", "On-Behalf-Of": str(cn.frontline.pk)},
        data={
            "person": {"given_name": "Zofia", "family_name": "Farrant"},
            "informant": {"name": "Rowan Farrant"},
            "circumstances": "Did not come home.",
            "bcu": "CN",
        },
    )
    assert logged.status == 201, logged.text()
    # Then it is on the board, which has not asked by itself
    shown = page.get_by_role("link", name="Zofia Farrant")
    expect(shown).to_be_visible(timeout=within_ms)
    context.close()
