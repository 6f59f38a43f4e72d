"""Check a disclosure pack with nothing but Python: `python check_pack.py` beside the pack's files.

Recomputes the digest of every file and every link of the chain of events.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HASHED = [
    "stream",
    "seq",
    "kind",
    "at",
    "recorded_at",
    "actor_id",
    "actor_name",
    "actor_rank",
    "client",
    "summary",
    "data",
    "prev_hash",
]


def faults_of_files(pack: Path, manifest: dict[str, str]) -> list[str]:
    """Files that are missing, altered or not in the manifest."""
    present = {path.name for path in pack.iterdir() if path.is_file()} - {"manifest.json"}
    faults = [f"{name}: missing" for name in sorted(set(manifest) - present)]
    faults += [f"{name}: not in the manifest" for name in sorted(present - set(manifest))]
    return faults + [
        f"{name}: altered"
        for name in sorted(present & set(manifest))
        if hashlib.sha256((pack / name).read_bytes()).hexdigest() != manifest[name]
    ]


def faults_of_trail(events: list[dict[str, Any]], end: dict[str, Any]) -> list[str]:
    """Events that are altered, removed or out of order; content taken out lawfully is passed over.

    end: how many events the pack was made with, and the last one's hash.
    """
    faults, prev_hash = [], ""
    for number, event in enumerate(events, start=1):
        name = f"event {event['stream']}#{event['seq']}"
        if event["seq"] != number:
            faults.append(f"{name}: number {number} is missing")
            break
        if event["prev_hash"] != prev_hash:
            faults.append(f"{name}: does not follow from the one before it")
        spelled = json.dumps(
            [event[column] for column in HASHED],
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )
        if not event["redacted"] and hashlib.sha256(spelled.encode()).hexdigest() != event["hash"]:
            faults.append(f"{name}: its content does not give its hash")
        prev_hash = event["hash"]
    else:
        if len(events) < end["events"]:
            faults.append(f"trail: the events after number {len(events)} are missing")
        elif prev_hash != end["last_hash"]:
            faults.append("trail: it does not end as the manifest says")
    return faults


def main(pack: Path) -> int:
    """Print what is wrong, or that nothing is; 1 when something is."""
    events = json.loads((pack / "trail.json").read_text("utf-8"))
    manifest = json.loads((pack / "manifest.json").read_text("utf-8"))
    faults = faults_of_files(pack, manifest["files"]) + faults_of_trail(events, manifest["trail"])
    redacted = sum(event["redacted"] for event in events)
    print("\n".join(faults) or f"Nothing wrong: {len(events)} events, {redacted} with redactions.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
