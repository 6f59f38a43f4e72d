"""What a disclosure pack says, compared with what a replay wrote down as it went along."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from tests.scenarios.ix_68_18_story import Ledger


def assert_pack_says_the_same(content: bytes, ledger: Ledger, place: Path) -> None:
    """Its own program finds nothing wrong, and its periods are those of the ledger."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
    checked = subprocess.run(
        [sys.executable, "check_pack.py"], cwd=place, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("Nothing wrong")
    record = json.loads((place / "record.json").read_text("utf-8"))
    chains = {**record["chains"], **{each["title"]: each["chain"] for each in record["actions"]}}
    assert set(chains) == set(ledger.points)
    for what, periods in chains.items():
        assert [
            (each["officer"], _moment(each["from"]), _moment(each["until"])) for each in periods
        ] == [(str(s.officer), s.since, s.until) for s in ledger.stretches(what)], what


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
