"""The embedded servers, in the places where they could go wrong."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from config import services
from config.embedded.broker import Broker
from config.embedded.errors import ServerError
from config.embedded.postgres import Postgres
from tests.waiting import wait_until

pytestmark = pytest.mark.ops


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A short directory for sockets: pytest's own are too deep for one."""
    with tempfile.TemporaryDirectory(prefix="mispers-ops-") as place:
        yield Path(place)


def test_a_checkout_however_deep_has_sockets_that_fit_their_address() -> None:
    deep = Path("/", *["a-rather-long-directory-name"] * 20)
    address = services.socket_dir(deep) / ".s.PGSQL.5432.lock"
    assert len(os.fsencode(address)) <= 107
    assert services.socket_dir(deep) != services.socket_dir(deep / "another")


def test_a_killed_database_recovers_at_the_next_start(sockets: Path, tmp_path: Path) -> None:
    first = Postgres(tmp_path / "data", sockets, log=tmp_path / "log")
    child = first.start()
    child.popen.kill()
    child.popen.wait()
    second = Postgres(tmp_path / "data", sockets, log=tmp_path / "log")
    second.start()
    try:
        second.ensure_database("mispers")
        assert second.running
    finally:
        second.stop()
    assert not second.running


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another way to be nobody")
def test_the_database_starts_for_root_where_user_namespaces_are_missing(
    sockets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a machine without unshare
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("setpriv", "true", "sh"):
        (tools / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(tools))
    server = Postgres(tmp_path / "data", sockets, log=tmp_path / "log", durable=False)
    child = server.start()
    try:
        # Then PostgreSQL runs, and not as root
        assert Path(f"/proc/{child.popen.pid}").stat().st_uid != 0
    finally:
        server.stop()


def test_a_socket_directory_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    real = tmp_path / "theirs"
    real.mkdir()
    trap = tmp_path / "trap"
    trap.symlink_to(real)
    with pytest.raises(ServerError, match="belongs to somebody else"):
        Broker(tmp_path / "data", trap, log=tmp_path / "log").start()


def redis_on(broker: Broker) -> redis.Redis:
    """Return a client of `broker`."""
    return redis.Redis(unix_socket_path=str(broker.socket))


def _written(place: Path, what: bytes) -> bool:
    return any(what in file.read_bytes() for file in place.glob("data/appendonlydir/*.aof"))


def test_what_was_queued_survives_a_killed_broker(sockets: Path, tmp_path: Path) -> None:
    first = Broker(tmp_path / "data", sockets, log=tmp_path / "log")
    child = first.start()
    client = redis_on(first)
    client.rpush("queue", "one task")
    client.close()
    wait_until(lambda: _written(tmp_path, b"one task"), what="the broker's own log")
    child.popen.kill()
    child.popen.wait()
    second = Broker(tmp_path / "data", sockets, log=tmp_path / "log")
    second.start()
    try:
        again = redis_on(second)
        assert again.lrange("queue", 0, -1) == [b"one task"]
        again.close()
    finally:
        second.stop()
