"""Disclosure packs for tests: made by the real service, unpacked, checked and tampered with."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from assurance.models import Disclosure
from assurance.pack.redact import Redaction
from assurance.services.disclosure import disclose
from mispers.models import Incident
from officers.models import Officer

SECRET = 'Ziggy "O\'Brien" & Co'


def pack_of(incident: Incident, records: Officer, now: datetime, *texts: str) -> Disclosure:
    return disclose(
        reference=incident.reference,
        by=records,
        now=now,
        purpose="Ordered for the inquest",
        recipient="His Majesty's Coroner, Inner North London",
        redactions=[Redaction(text, "a third party") for text in texts],
    )


def unpacked(content: bytes, where: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(where)
    return where


def checked(where: Path) -> tuple[int, str]:
    """What the pack's own program says, run by a Python that finds nothing of ours."""
    ran = subprocess.run(
        [sys.executable, "-I", where / "check_pack.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def part(where: Path, name: str) -> Any:
    return json.loads((where / name).read_text("utf-8"))


def rewrite(where: Path, name: str, change: Callable[[Any], None]) -> None:
    data = part(where, name)
    change(data)
    (where / name).write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
