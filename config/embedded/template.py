"""A migrated database that test runs copy: migrating takes longer than most tests.

It is made by the migrations themselves, once for each state of them, and kept in `var`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config import services
from config.embedded.errors import ServerError
from config.embedded.postgres import Postgres

NAME = "mispers_template"
# What a migration does depends on these.
INPUTS = ("*/migrations/*.py", "requirements/base.txt", "config/settings/base.py")


def copy_to(data: Path, *, root: Path) -> None:
    """Make `data` a PostgreSQL data directory that holds the database NAME, migrated.

    Raises ServerError, with what the migration said, when it fails.
    """
    kept = services.var_dir(root) / "test-template"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = kept / _digest(root)
        if not ready.exists():
            for old in kept.glob("[0-9a-f]*"):
                shutil.rmtree(old)
            _make(ready, kept / "unfinished", root=root)
        shutil.copytree(ready, data)


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for file in sorted(root.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _make(ready: Path, unfinished: Path, *, root: Path) -> None:
    shutil.rmtree(unfinished, ignore_errors=True)
    sockets = services.sockets_for_tests() / "template"
    server = Postgres(unfinished, sockets, log=sockets.with_suffix(".log"), durable=False)
    server.start()
    try:
        server.ensure_database(NAME)
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=root,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "DATABASE_URL": services.embedded_database_url(sockets, NAME),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.stop()
    if done.returncode:
        raise ServerError(f"The migrations failed:\n{done.stderr.strip()[-2000:]}")
    unfinished.rename(ready)
