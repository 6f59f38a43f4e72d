"""What any body with sentences in it may say about its own words, for an app above this one.

The services behind the endpoints take no part in it: an aside is taken out of the body before the
endpoint sees it, and its app acts while the write runs.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from core.api.fields import Words

Field = serializers.Field[Any, Any, Any, Any]


@dataclass(frozen=True)
class Aside:
    """name: in the body. field: makes its field.

    during: what goes on while a write runs, whether or not it says this (None where it does not).
    """

    name: str
    field: Callable[[], Field]
    during: Callable[[Any], AbstractContextManager[Any]]


_asides: dict[str, Aside] = {}


def register_aside(aside: Aside) -> None:
    """Let every body that brings sentences say this too."""
    _asides[aside.name] = aside


def fields_beside(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The asides' fields, where any of the fields, or of those within them, takes sentences."""
    if not any(_takes_sentences(field) for field in fields.values()):
        return {}
    return {name: aside.field() for name, aside in _asides.items() if name not in fields}


@contextmanager
def said_beside(data: dict[str, Any]) -> Iterator[None]:
    """Take the asides out of a checked body, and let their apps act while the write runs."""
    with ExitStack() as stack:
        for name, aside in _asides.items():
            stack.enter_context(aside.during(data.pop(name, None)))
        yield


def _takes_sentences(field: Field | None) -> bool:
    if isinstance(field, serializers.ListSerializer):
        return _takes_sentences(field.child)
    if isinstance(field, serializers.Serializer):
        return any(_takes_sentences(each) for each in field.fields.values())
    return isinstance(field, Words) and field.lines and not field.read_only
