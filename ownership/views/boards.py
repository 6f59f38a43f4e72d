"""The duty board of a BCU, the same for a wall screen, and the force's boards in one table."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from core import clock
from core.api.etags import is_not_modified
from core.push import channel, streams
from officers.models import Officer
from officers.presenters.every_page import signed_in
from officers.selectors.visibility import bcus_seen_by
from ownership.selectors.board import (
    SECTIONS,
    SHOWS,
    Board,
    BoardLine,
    bcu_visible_to,
    board_of,
    summaries,
)

# Clocks run on in the page; only what time itself puts into another order needs a question.
EVERY = 30  # seconds


@require_GET
def boards(request: HttpRequest) -> HttpResponse:
    """The boards of the whole force in figures; who sees one BCU is taken to its board."""
    officer, now = signed_in(request), clock.now()
    if bcus_seen_by(officer) is not None:
        return redirect("board", officer.bcu_id)
    return render(request, "ownership/boards.html", {"summaries": summaries(officer, now)})


@require_GET
def board(request: HttpRequest, bcu: str) -> HttpResponse:
    """Every open incident of the BCU; a script is given the changing part alone, if it changed.

    `show` narrows it to one of SHOWS; `wall=1` is for a screen on a wall: larger, initials only.
    """
    officer, now = signed_in(request), clock.now()
    unit = bcu_visible_to(officer, bcu)
    asked = request.GET.get("show", "")
    show, is_wall = asked if asked in SHOWS else "", request.GET.get("wall") == "1"
    # Before the reading: a change in between is then told of, never missed.
    mark = channel.known(bcu)
    found = board_of(unit, officer, now)
    context = _context(found, show, now, is_wall=is_wall)
    tag = f'"{found.digest}"'
    if not request.headers.get("HX-Request"):
        push = reverse("board-changes", args=[bcu])
        since = "" if mark is None else f"?{urlencode({'since': mark})}"
        return render(
            request, "ownership/board.html", {**context, "push": f"{push}{since}", "etag": tag}
        )
    if is_not_modified(request, tag):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = HttpResponse(render_to_string("ownership/board_now.html", context))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def board_changes(request: HttpRequest, bcu: str) -> HttpResponseBase:
    """Server-sent events: that something changed on the BCU's board, as long as the reader may."""
    officer = signed_in(request)
    bcu_visible_to(officer, bcu)
    session, pk = request.session.session_key, officer.pk

    def still_allowed() -> bool:
        again = HttpRequest()
        again.session = SessionStore(session)
        user = get_user(again)
        if not isinstance(user, Officer) or user.pk != pk:
            return False
        seen = bcus_seen_by(user)
        return seen is None or bcu in seen

    return streams.changes_of(request, bcu, still_allowed)


def _context(found: Board, show: str, now: datetime, *, is_wall: bool) -> dict[str, Any]:
    by_section: dict[str, list[BoardLine]] = {name: [] for name in SECTIONS}
    for line in found.shown(show):
        by_section[line.section].append(line)
    counts = found.counts()
    path = reverse("board", args=[found.bcu.pk])
    return {
        "board": found,
        "now": now,
        "every": EVERY,
        "is_wall": is_wall,
        "sections": [(name, SECTIONS[name], lines) for name, lines in by_section.items()],
        "shows": [
            {
                "label": label,
                "count": counts[name],
                "active": name == show,
                "url": f"{path}?{urlencode({'show': name})}" if name else path,
            }
            for name, (label, _) in SHOWS.items()
        ],
        "is_empty": not any(by_section.values()),
        "other_view": path if is_wall else f"{path}?wall=1",
    }
