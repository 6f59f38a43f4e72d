"""Where the database and the broker are: named by the environment, or embedded."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit

# A Unix socket path may have 107 bytes; PostgreSQL adds 22 ("/.s.PGSQL.5432.lock").
LONGEST_SOCKET_DIR = 80
FALLBACK = Path("/tmp")  # Its sub-directories are made 0700 and their owner is checked.


def var_dir(root: Path) -> Path:
    """Return the directory for all that this checkout makes at run time; `MISPERS_VAR` moves it."""
    named = os.environ.get("MISPERS_VAR")
    return Path(named) if named else root / "var"


def socket_dir(root: Path) -> Path:
    """Return the directory of the embedded servers' sockets, short however deep the checkout lies.

    It is made by the servers (mode 0700), not here. Its name is a digest of the data's place, so
    two checkouts on one machine never meet.
    """
    digest = hashlib.sha256(str(var_dir(root).resolve()).encode()).hexdigest()[:16]
    return _short(f"mispers-{os.getuid()}-{digest}")


def sockets_for_tests() -> Path:
    """Return the directory of this test run's servers; its workers inherit the name.

    Every run has its own, so several people can test one checkout at the same time.
    """
    name = os.environ.setdefault(
        "MISPERS_TEST_SERVERS", f"mispers-test-{os.getuid()}-{os.getpid()}"
    )
    return _short(name)


def _short(name: str) -> Path:
    place = Path(tempfile.gettempdir()) / name
    return place if len(os.fsencode(place)) <= LONGEST_SOCKET_DIR else FALLBACK / name


def database_url(root: Path) -> str:
    """Return `DATABASE_URL`, or the embedded PostgreSQL's."""
    return os.environ.get("DATABASE_URL") or embedded_database_url(socket_dir(root))


def broker_url(root: Path) -> str:
    """Return `REDIS_URL` as Celery wants it, or the embedded Valkey's."""
    given = os.environ.get("REDIS_URL")
    return redis_for_celery(given) if given else embedded_broker_url(socket_dir(root))


def redis_for_celery(url: str) -> str:
    """Return a Redis URL as Celery spells it: it has its own word for a Unix socket."""
    return url.replace("unix://", "redis+socket://", 1)


def redis_for_cache(broker_url: str, *, beside: int = 1) -> str:
    """Return the URL of the cache: the broker's server, but another database of it.

    Clearing a cache empties its database. In the broker's own that would lose the queued tasks.
    beside: how many numbers above the broker's.
    """
    url = broker_url.replace("redis+socket://", "unix://", 1)
    path = urlsplit(url).path.removeprefix("/")
    number = int(path) if path.isdigit() else 0
    return f"{url}?db={number + beside}"


def embedded_database_url(sockets: Path, name: str = "mispers") -> str:
    """Return the URL of the database `name` on the PostgreSQL that listens in `sockets`."""
    return f"postgres://postgres@{quote(str(sockets), safe='')}/{name}"


def embedded_broker_url(sockets: Path) -> str:
    """Return Celery's URL for the Valkey that listens in `sockets`."""
    return f"redis+socket://{sockets}/broker.sock"
