"""Words as they are typed: where a form asks, and what it is answered."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.context import Context
from django.urls import reverse

from mispers.models import Incident, ReportDraft
from riskassessment.language.matcher import find_all

MOST_FIELDS = 200
LONGEST = 20_000  # characters of one field: twice what a form takes, to help while it is too long


def url_for(context: Context) -> str:
    """Where to ask, saying whom the words of this page are about, as far as the page knows."""
    incident, draft = context.get("incident"), context.get("draft")
    if isinstance(incident, Incident):
        about = {"incident": incident.reference}
    elif isinstance(draft, ReportDraft):
        about = {"draft": str(draft.pk)}
    else:
        about = {}
    return f"{reverse('words-as-typed')}?{urlencode(about)}".rstrip("?")


def found_in(typed: QueryDict, *, is_child: bool) -> dict[str, list[dict[str, Any]]]:
    """{field: phrases in it}, for every field that was sent, each phrase at every place.

    at: where it begins, in characters; instead: as `riskassessment.language.matcher.Hit` has it.
    """
    return {
        name: [
            {
                "phrase": hit.phrase,
                "written": hit.written,
                "at": hit.at,
                "prefer": hit.prefer,
                "instead": hit.instead,
            }
            for hit in find_all(str(text)[:LONGEST], is_child=is_child)
        ]
        for name, text in list(typed.items())[:MOST_FIELDS]
    }
