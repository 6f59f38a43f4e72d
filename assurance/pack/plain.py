"""Rows as plain data: by their fields, with officers as rank and name."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from officers.models import Officer

# Bookkeeping of this software, of no meaning to a reader.
_LEFT_OUT = {"version", "writer"}


class OfficerKey(int):
    """The key of an officer whose name is put in once all are known."""


def row(of: Model, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The row's own columns by name."""
    left_out = _LEFT_OUT.union(without)
    plain: dict[str, Any] = {}
    for field in of._meta.concrete_fields:
        if field.name in left_out:
            continue
        value = field.value_from_object(of)
        is_officer = field.related_model is Officer and value is not None
        plain[field.name] = OfficerKey(value) if is_officer else value
    return plain


def rows(of: Iterable[Model], *, without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Each row's own columns by name."""
    return [row(each, without=without) for each in of]


def with_names(value: Any) -> Any:
    """The same data with every officer by rank and name, in one query."""
    wanted: set[int] = set()
    _collect(value, wanted)
    return _named(value, {key: str(one) for key, one in Officer.objects.in_bulk(wanted).items()})


def _collect(value: Any, wanted: set[int]) -> None:
    if isinstance(value, OfficerKey):
        wanted.add(int(value))
    elif isinstance(value, dict):
        for each in value.values():
            _collect(each, wanted)
    elif isinstance(value, list):
        for each in value:
            _collect(each, wanted)


def _named(value: Any, names: dict[int, str]) -> Any:
    if isinstance(value, OfficerKey):
        return names[value]
    if isinstance(value, dict):
        return {key: _named(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, names) for each in value]
    return value
