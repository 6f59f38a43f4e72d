"""Finds the Chromium that the browser tests drive, or installs it where that is ours to do."""

import os
import shutil
from pathlib import Path

import _setup
from config.embedded.progress import step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure() -> str:
    """Return Chromium's path: `CHROMIUM`, one on the path, or Debian's, installed when we are root.

    Ends the program with one line when there is none, since the tests must not pass without it.
    """
    found = os.environ.get("CHROMIUM") or _on_path()
    if found:
        if not os.access(found, os.X_OK):
            _setup.give_up(f"CHROMIUM names {found}, which cannot be run.")
        return found
    if os.geteuid() != 0 or not _is_debian():
        _setup.give_up(
            "The browser tests need Chromium: install it (Debian: apt-get install chromium) "
            "or set CHROMIUM to its path."
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-y"]
    try:
        with step("Chromium (apt)"):
            _setup.run([*apt, "update"], what="apt-get update", env=quiet)
            install = [*apt, "install", "--no-install-recommends", "chromium"]
            _setup.run(install, what="Installing Chromium", env=quiet)
    except _setup.SetupError as error:
        _setup.give_up(str(error))
    return _on_path() or _setup.give_up("Chromium was installed but is not on the path.")


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "debian" in release.read_text() and bool(shutil.which("apt-get"))
