"""What was posted after the session had ended: kept for an hour, and only for who typed it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

KEY = "kept_post"
KEPT_FOR = timedelta(hours=1)
LARGEST = 512 * 1024
TYPED_BY = "typed_by"
NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class KeptPost:
    """A form's fields as posted, with where they were going and who typed them."""

    path: str
    typed_by: str
    fields: list[tuple[str, list[str]]]
    had_files: bool

    @property
    def is_too_large(self) -> bool:
        """Whether it is more than a session should hold."""
        return len(json.dumps(self.fields)) > LARGEST

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, one pair for each hidden input."""
        return [(name, value) for name, values in self.fields for value in values]


def from_post(request: HttpRequest) -> KeptPost | None:
    """The posted form, or None if it is not ours to keep: no author, or a password in it."""
    typed_by = request.POST.get(TYPED_BY, "")
    if not typed_by or any("password" in name for name in request.POST):
        return None
    fields = [(name, values) for name, values in request.POST.lists() if name not in NOT_KEPT]
    return KeptPost(request.get_full_path(), typed_by, fields, bool(request.FILES))


def keep(request: HttpRequest, post: KeptPost, *, now: datetime) -> None:
    """Put the form in the session of whoever is about to sign in."""
    request.session[KEY] = {
        "path": post.path,
        "typed_by": post.typed_by,
        "fields": post.fields,
        "had_files": post.had_files,
        "at": now.isoformat(),
    }
    request.session.set_expiry(int(KEPT_FOR.total_seconds()))


def kept(request: HttpRequest, *, now: datetime) -> KeptPost | None:
    """The form kept for the officer now signed in; anybody else's, or an old one, is dropped."""
    stored: dict[str, Any] | None = request.session.get(KEY)
    if stored is None:
        return None
    is_fresh = now - datetime.fromisoformat(stored["at"]) < KEPT_FOR
    if not is_fresh or stored["typed_by"] != request.user.get_username():
        drop(request)
        return None
    fields = [(name, values) for name, values in stored["fields"]]
    return KeptPost(stored["path"], stored["typed_by"], fields, stored["had_files"])


def drop(request: HttpRequest) -> None:
    """Forget what was kept."""
    request.session.pop(KEY, None)


def settle(request: HttpRequest) -> None:
    """Give a session that has been signed in its normal length, and forget a form once resent."""
    stored = request.session.get(KEY)
    if stored is None:
        return
    if request.session.get("_session_expiry") is not None:
        request.session.set_expiry(None)
    if request.method == "POST" and request.get_full_path() == stored["path"]:
        drop(request)
