"""A secret that a machine makes for itself, once."""

import contextlib
import os
import secrets
from pathlib import Path


def made_once(place: Path, *, octets: int = 64) -> str:
    """Return the secret kept in `place` (mode 0600), making it on first use.

    octets: how many random ones it is made of; it is kept in base64url.
    Several processes may start together: the file appears whole, and the first to make it wins.
    """
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(octets))
        with contextlib.suppress(FileExistsError):
            os.link(draft, place)
        draft.unlink()
    return place.read_text()
