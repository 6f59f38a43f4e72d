"""Saving a form as it is typed: what the page sends, what it is told, how it is shown again."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, JsonResponse, QueryDict

MOST_FIELDS = 500
LONGEST_VALUE = 100_000


def is_draft(request: HttpRequest) -> bool:
    """Whether the page is saving by itself rather than a person pressing a button."""
    return request.headers.get("X-Draft") == "1"


def is_by_script(request: HttpRequest) -> bool:
    """Whether a script asks: it cannot show a whole page, so a refusal is told to it in JSON."""
    return is_draft(request) or bool(request.headers.get("HX-Request"))


def changes_in(request: HttpRequest) -> dict[str, list[str]]:
    """The fields that changed, raw as typed; a field whose last tick was taken away is empty.

    NUL alone is left out: PostgreSQL stores it in no text, and nobody can type it.
    """
    names = request.POST.getlist("_changed")[:MOST_FIELDS]
    return {
        name: [value.replace("\x00", "")[:LONGEST_VALUE] for value in request.POST.getlist(name)]
        for name in names
        if not name.startswith("_")
    }


def saved(now: datetime) -> JsonResponse:
    """The answer that lets the page say when it was saved."""
    return JsonResponse({"saved_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})


def as_posted(values: Mapping[str, Sequence[str]]) -> QueryDict:
    """Raw values in the shape in which a browser would have posted them."""
    if isinstance(values, QueryDict):
        return values
    posted = QueryDict(mutable=True)
    for name, several in values.items():
        posted.setlist(name, list(several))
    return posted
