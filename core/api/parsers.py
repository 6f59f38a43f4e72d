"""How a body is read: JSON of a bounded size."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from core.api.problems import Problem

LARGEST_BODY = 1024 * 1024  # bytes: a hundred texts of the greatest length


class Json(BaseParser):
    """JSON in UTF-8, at most 1 MiB, without NaN and without a member given twice."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Raises Problem 413 for a body too large, ParseError (400) for one that is not JSON."""
        content = stream.read(LARGEST_BODY + 1)
        if len(content) > LARGEST_BODY:
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                f"A body may have {LARGEST_BODY} bytes.",
            )
        try:
            return json.loads(
                content.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_once_each
            )
        except (ValueError, RecursionError):
            raise ParseError("The body is not valid JSON.", code="malformed_json") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _once_each(members: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(members)
    if len(read) != len(members):
        raise ValueError("A member is given twice.")
    return read
