"""Help with words as they are typed into any form, given by the wiring of an app above this one.

The forms know nothing of what is looked for: a form is told where to ask, and what the help has the
page bring along in hidden fields, which a form that comes back, or a draft, must not lose.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.template.context import Context


@dataclass(frozen=True)
class Helper:
    """url: where what is typed is sent, given a page's context. carries: names of hidden fields."""

    url: Callable[[Context], str]
    carries: Sequence[str] = ()


@dataclass(frozen=True)
class Help:
    """What one form needs: where to ask, and the hidden fields to bring along, name and value."""

    url: str
    carried: Sequence[tuple[str, str]]


_helpers: list[Helper] = []


def register_helper(helper: Helper) -> None:
    """Ask this helper, in every form; there is one."""
    _helpers[:] = [helper]


def help_for(context: Context) -> Help | None:
    """The help for a form on the page with this context."""
    for helper in _helpers:
        carried = [
            (name, value) for name in helper.carries for value in _brought(context).get(name, ())
        ]
        return Help(helper.url(context), carried)
    return None


def carried_in(posted: QueryDict) -> dict[str, list[str]]:
    """What the help brought along with a form, raw, to be kept in a draft beside its fields."""
    return {
        name: [value.replace("\x00", "") for value in posted.getlist(name)]
        for name in carried_names()
        if name in posted
    }


def carried_names() -> Iterable[str]:
    """The names of the hidden fields that help brings along."""
    return [name for helper in _helpers for name in helper.carries]


def _brought(context: Context) -> Mapping[str, Sequence[str]]:
    """What was just posted, or else what a draft on the page has kept."""
    posted: Any = getattr(context.get("request"), "POST", None)
    if posted:
        return dict(posted.lists())
    kept: Mapping[str, Sequence[str]] = getattr(context.get("draft"), "data", None) or {}
    return kept
