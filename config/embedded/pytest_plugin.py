"""Gives each test run a PostgreSQL and a broker of its own, thrown away afterwards.

`DATABASE_URL` and `REDIS_URL` name others to use instead.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from config import services
from config.embedded import template
from config.embedded.broker import Broker
from config.embedded.errors import ServerError
from config.embedded.places import private_dir
from config.embedded.postgres import Postgres

SERVERS: list[Postgres | Broker] = []


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start what the environment does not name, in the process that starts the xdist workers."""
    if _is_worker(session.config):
        return
    place = services.sockets_for_tests()
    _sweep(place.parent)
    try:
        if not os.environ.get("DATABASE_URL"):
            private_dir(place)
            template.copy_to(place / "data", root=session.config.rootpath)
            log = place / "database.log"
            _start(Postgres(place / "data", place, log=log, durable=False))
        if not os.environ.get("REDIS_URL"):
            _start(Broker(place / "broker", place, log=place / "broker.log"))
    except ServerError as error:
        pytest.exit(str(error), returncode=1)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers and remove their data."""
    if _is_worker(config):
        return
    while SERVERS:
        SERVERS.pop().stop()
    shutil.rmtree(services.sockets_for_tests(), ignore_errors=True)


def _start(server: Postgres | Broker) -> None:
    server.start()
    SERVERS.append(server)


def _sweep(temporary: Path) -> None:
    """Remove what killed test runs of ours left; their servers died with them."""
    for left in temporary.glob(f"mispers-test-{os.getuid()}-*"):
        owner = re.fullmatch(r".*-(\d+)", left.name)
        if owner and not _alive(int(owner[1])):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
