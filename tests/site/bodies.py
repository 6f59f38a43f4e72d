"""Junk for every property of every write that the OpenAPI description knows."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, resolve
from drf_spectacular.settings import spectacular_settings

LONG = "Quixotic words. " * 6_400
OFFICERS = {"responsible", "to", "seen_in_person_by", "officer", "owner_to", "inspector_to"}


@dataclass(frozen=True)
class Trial:
    """One property of a body and what it must not be; the path is dotted, rows by number."""

    path: str
    what: str
    junk: Any

    def __str__(self) -> str:
        return f"{self.path or 'the body'} with {self.what}"

    def put_into(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with the junk in its place."""
        spoiled: Any = deepcopy(body)
        place = spoiled
        *way, last = self.path.split(".")
        for step, following in zip(way, [*way, last][1:], strict=True):
            empty: Any = [{}] if following.isdigit() else {}
            if isinstance(place, list):
                place = place[int(step)]
                continue
            if not isinstance(place.get(step), dict | list) or not place[step]:
                place[step] = empty
            place = place[step]
        if isinstance(place, list):
            place[int(last)] = self.junk
        else:
            place[last] = self.junk
        return dict(spoiled)


def _description() -> dict[str, Any]:
    """The OpenAPI description of the whole interface."""
    generator = spectacular_settings.DEFAULT_GENERATOR_CLASS()
    return dict(generator.get_schema(request=None, public=True))


def trials() -> dict[tuple[str, str], list[Trial]]:
    """By method and name of route."""
    description = _description()
    schemas = description["components"]["schemas"]
    bodies = _bodies(description)
    found = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            if method in {"post", "patch"}:
                content = operation.get("requestBody", {}).get("content", {})
                body = content.get("application/json", {}).get("schema", {})
                found[method.upper(), _name_of(path)] = [
                    Trial("no_such_field", "an unknown field", "words"),
                    Trial("no\ud800", "half a character for a field", "words"),
                    *_of(body, "", schemas, bodies),
                ]
    return found


def _name_of(path: str) -> str:
    """The route behind a path of the description."""
    for filler in ("1", "x"):
        parts = [filler if part.startswith("{") else part for part in path.split("/")]
        try:
            match = resolve("/".join(parts))
        except Resolver404:
            continue
        if match.url_name:
            return match.url_name
    raise LookupError(path)


def _bodies(description: Mapping[str, Any]) -> frozenset[str]:
    """The schemas that are bodies of their own: a row of one is tried where it is sent alone."""
    return frozenset(
        operation["requestBody"]["content"]["application/json"]["schema"].get("$ref", "")
        for operations in description["paths"].values()
        for operation in operations.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    )


def _of(
    schema: Mapping[str, Any], path: str, schemas: Mapping[str, Any], bodies: frozenset[str]
) -> Iterator[Trial]:
    """The trials of an object's properties, and of theirs."""
    schema = _resolved(schema, schemas)
    for name, each in schema.get("properties", {}).items():
        inner = f"{path}.{name}".lstrip(".")
        kind = _resolved(each, schemas)
        yield from _wrong_values(inner, name, kind)
        if "properties" in kind:
            yield from _of(kind, inner, schemas, bodies)
        elif "items" in kind:
            row = _resolved(kind["items"], schemas)
            if kind["items"].get("$ref") in bodies:
                yield Trial(f"{inner}.0.no_such_field", "an unknown field", "words")
            elif "properties" in row:
                yield from _of(row, f"{inner}.0", schemas, bodies)
            else:
                yield from _wrong_values(f"{inner}.0", name, row)


def _wrong_values(path: str, name: str, kind: Mapping[str, Any]) -> Iterator[Trial]:
    types = kind.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    if "object" in types or "properties" in kind:
        yield from (Trial(path, what, junk) for what, junk in (("words", "x"), ("a list", [1])))
        return
    if "array" in types:
        yield from (Trial(path, what, junk) for what, junk in (("words", "x"), ("an object", {})))
        return
    yield Trial(path, "an object", {"a": 1})
    yield Trial(path, "a list", ["x"])
    if "string" in types or "enum" in kind:
        yield Trial(path, "control characters", "bad\x00\x07")
        yield Trial(path, "half a character", "bad\ud800")
        yield Trial(path, "100 kB", LONG)
        yield Trial(path, "a yes", junk=True)
    if "enum" in kind or kind.get("format") in {"date-time", "date"}:
        yield Trial(path, "no such value", "no-such")
    if kind.get("format") == "date-time":
        yield Trial(path, "a time without a zone", "2026-07-18T09:00:00")
        yield Trial(path, "an impossible time", "2026-02-30T25:00:00Z")
    if name in OFFICERS and "enum" not in kind:
        yield Trial(path, "an unknown officer", "999999999")
    if types & {"integer", "number"}:
        yield Trial(path, "words", "many")
        yield Trial(path, "too much", 10**30)
    if "boolean" in types:
        yield Trial(path, "words", "perhaps")


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Through references, and through the alternatives of what may be null."""
    while True:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        elif inner := schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf"):
            wanted = [each for each in inner if each.get("type") != "null"]
            schema = {**wanted[0]}
        else:
            return schema
