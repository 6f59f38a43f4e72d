"""Putting the pack together: the same record gives the same bytes."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from assurance.pack.redact import Redaction, redact, redact_trail

CHECKER = Path(__file__).with_name("check_pack.py")
LOOKS = Path(__file__).with_name("record.css")
# Zip files hold a date for each entry; a fixed one keeps the bytes the same.
NO_DATE = (1980, 1, 1, 0, 0, 0)


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond in UTC, spelled as they were when the trail was hashed."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        return super().default(o)


def build(
    *,
    record: dict[str, Any],
    trail: Sequence[dict[str, Any]],
    made: dict[str, Any],
    redactions: Sequence[Redaction],
) -> bytes:
    """The zip: record.html to read, record.json and trail.json for machines, and the checker.

    made: for whom, why, by whom and when the pack was made.
    """
    record = redact(_exact(record), redactions)
    made = redact(_exact(made), redactions)
    events = redact_trail(_exact(list(trail)), redactions)
    page = render_to_string(
        "assurance/pack.html",
        {"record": record, "trail": events, "made": made},
    )
    files = {
        "record.html": page.encode(),
        "record.css": LOOKS.read_bytes(),
        "record.json": _json(record),
        "trail.json": _json(events),
        "check_pack.py": CHECKER.read_bytes(),
    }
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files["manifest.json"] = _json({"made": made, "files": digests, "trail": _end_of(events)})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), content)
    return stream.getvalue()


def _end_of(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many events there are, and the last one's hash: or an end cut off would not show."""
    return {"events": len(events), "last_hash": events[-1]["hash"] if events else ""}


def _exact(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=_Exact, ensure_ascii=False))


def _json(value: Any) -> bytes:
    return json.dumps(value, cls=_Exact, ensure_ascii=False, indent=1).encode()
