"""Both embedded servers of a checkout, as far as the environment does not name others."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from config import services
from config.embedded.broker import Broker
from config.embedded.errors import ServerError
from config.embedded.postgres import Postgres
from config.embedded.process import Child

DATABASE_NAME = "mispers"


def postgres(root: Path) -> Postgres:
    """Return this checkout's PostgreSQL, running or not."""
    var = services.var_dir(root)
    return Postgres(var / "postgres", services.socket_dir(root), log=var / "log" / "database.log")


def broker(root: Path) -> Broker:
    """Return this checkout's broker, running or not."""
    var = services.var_dir(root)
    return Broker(var / "broker", services.socket_dir(root), log=var / "log" / "broker.log")


@contextlib.contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Hold the checkout's lock; raise ServerError when another process of it runs the servers."""
    var = services.var_dir(root)
    var.mkdir(parents=True, exist_ok=True)
    with (var / "servers.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError(f"The servers of {root} are already running.") from None
        yield


def start_database(root: Path) -> Child | None:
    """Start PostgreSQL with its database, or return None when DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        return None
    server = postgres(root)
    child = server.start()
    server.ensure_database(DATABASE_NAME)
    return child


def start_broker(root: Path) -> Child | None:
    """Start the broker, or return None when REDIS_URL names another."""
    if os.environ.get("REDIS_URL"):
        return None
    return broker(root).start()


def is_new(root: Path) -> bool:
    """Say whether this checkout's own database has yet to be made."""
    return not (postgres(root).data / "PG_VERSION").exists()
