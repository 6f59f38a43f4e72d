"""Lists by cursor: stable while rows come and go, and never a count of the whole."""

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from core.api.problems import Problem

USUAL_LIMIT = 25
MOST = 200


def parameters() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """The query parameters that every list takes."""
    return {
        "limit": serializers.IntegerField(
            min_value=1, max_value=MOST, help_text=f"Results a page, {USUAL_LIMIT} unless told."
        ),
        "cursor": serializers.CharField(
            max_length=2000, help_text="Taken from `next` of the page before; opaque."
        ),
    }


def page(
    rows: QuerySet[Any] | Sequence[Any], *, request: Request, limit: int | None, cursor: str | None
) -> tuple[list[Any], str | None]:
    """One page of rows and the address of the next one.

    A queryset is read by the values of its own order (columns that are never null; the key is
    added as the last one); a computed sequence by position.
    """
    size = limit or USUAL_LIMIT
    position = _opened(cursor, request.path)
    if isinstance(rows, QuerySet):
        found, position = _from_queryset(rows, size, position)
    else:
        found, position = _from_sequence(rows, size, position)
    return found, None if position is None else _address(request, position)


def _from_queryset(
    rows: QuerySet[Any], size: int, position: list[Any] | None
) -> tuple[list[Any], list[Any] | None]:
    order = _order(rows)
    if position is not None:
        if len(position) != len(order):
            raise _bad_cursor()
        rows = rows.filter(_after(order, [_typed(value) for value in position]))
    found = list(rows.order_by(*order)[: size + 1])
    if len(found) <= size:
        return found, None
    return found[:size], [_plain(_value(found[size - 1], name.lstrip("-"))) for name in order]


def _from_sequence(
    rows: Sequence[Any], size: int, position: list[Any] | None
) -> tuple[list[Any], list[Any] | None]:
    start = position[0] if position else 0
    if not isinstance(start, int):
        raise _bad_cursor()
    end = start + size
    return list(rows[start:end]), [end] if end < len(rows) else None


def _order(rows: QuerySet[Any]) -> list[str]:
    """The queryset's order by names, ending with the key so that no two rows tie."""
    given = rows.query.order_by or rows.model._meta.ordering or ("pk",)
    order = []
    for name in given:
        if not isinstance(name, str):
            raise TypeError("A list's order is made of column names; annotate an expression.")
        order.append(name)
    if order[-1].lstrip("-") not in {"pk", rows.model._meta.pk.name}:
        order.append("-pk" if order[-1].startswith("-") else "pk")
    return order


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What comes after these values. The first column's own bound lets an index begin there."""
    after = Q()
    for index, name in enumerate(order):
        same = {each.lstrip("-"): values[i] for i, each in enumerate(order[:index])}
        after |= Q(**same, **{_compare(name): values[index]})
    return Q(**{f"{_compare(order[0])}e": values[0]}) & after


def _compare(name: str) -> str:
    return f"{name.lstrip('-')}__{'lt' if name.startswith('-') else 'gt'}"


def _value(row: Any, name: str) -> Any:
    value = row
    for part in name.split("__"):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    if value is None:
        raise ValueError(f"A list cannot be ordered by {name}, which may be empty.")
    return value.pk if isinstance(value, Model) else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int | str) else str(value)


def _typed(value: Any) -> Any:
    match value:
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
    return value


def _opened(cursor: str | None, path: str) -> list[Any] | None:
    """Signed, so that nobody builds one, and for this address only."""
    if cursor is None:
        return None
    try:
        return list(signing.loads(cursor, salt=f"cursor{path}"))
    except signing.BadSignature:
        raise _bad_cursor() from None


def _address(request: Request, position: list[Any]) -> str:
    query = request.GET.copy()
    query["cursor"] = signing.dumps(position, salt=f"cursor{request.path}")
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _bad_cursor() -> Problem:
    message = "This cursor is not one of this list. Start again without it."
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "invalid_cursor",
        message,
        errors=[{"field": "cursor", "code": "invalid_cursor", "message": message}],
    )
