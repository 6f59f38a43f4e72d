"""Every failure of the API as one shape: RFC 9457 problem details."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from core.errors import (
    Barred,
    Conflict,
    DomainError,
    Invalid,
    NotPermitted,
    NotVisible,
    StaleVersion,
)

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)
_ROW = re.compile(r"\[(\d+)\]")  # A service says information[0].text, a body information.0.text.

# Looked up along the class's ancestors; what is not listed is a state that does not allow it.
_STATUS: dict[type[DomainError], HTTPStatus] = {
    Invalid: HTTPStatus.BAD_REQUEST,
    NotPermitted: HTTPStatus.FORBIDDEN,
    NotVisible: HTTPStatus.NOT_FOUND,
    StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    Conflict: HTTPStatus.CONFLICT,
    Barred: HTTPStatus.CONFLICT,
    DomainError: HTTPStatus.CONFLICT,
}


class Problem(exceptions.APIException):
    """A failure of the request itself (a header, a parameter), with its status and stable code."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status.value
        self.code = code
        self.errors = list(errors)
        self.headers = dict(headers or {})


def handle(exc: Exception, context: Mapping[str, Any]) -> Response:
    """Answer any exception with a problem; what nobody foresaw is logged and becomes a bare 500."""
    match exc:
        case DomainError():
            return _domain(exc, getattr(context.get("view"), "field_names", {}))
        case Problem():
            return problem(
                exc.status_code, exc.code, str(exc.detail), errors=exc.errors, headers=exc.headers
            )
        case exceptions.ValidationError():
            errors = list(flatten(exc.detail))
            return problem(
                HTTPStatus.BAD_REQUEST, _shared_code(errors), _sentences(errors), errors=errors
            )
        case exceptions.APIException():
            return _framework(exc)
        case Http404():
            return _framework(exceptions.NotFound("There is nothing at this address."))
    return _defect(exc, context)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """A problem response; empty members are left out."""
    body = {
        "type": f"urn:mispers:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        **{name: value for name, value in members.items() if value},
    }
    return Response(body, status=int(status), headers=dict(headers or {}), content_type=MEDIA_TYPE)


def flatten(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The framework's nested errors as a list of field (dotted path), code and message."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            inner = "" if key == "non_field_errors" else str(key)
            yield from flatten(value, ".".join(filter(None, [path, inner])))
    elif isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        for index, value in enumerate(detail):
            yield from flatten(value, f"{path}.{index}".lstrip("."))
    elif isinstance(detail, list):
        for value in detail:
            yield from flatten(value, path)
    else:
        yield {
            "field": _sendable(path),
            "code": getattr(detail, "code", None) or "invalid",
            "message": _sendable(str(detail)),
        }


def _sendable(text: str) -> str:
    """Messages quote what was sent, and JSON may send halves of characters; UTF-8 has none."""
    return text.encode("utf-8", "replace").decode()


def _domain(exc: DomainError, field_names: Mapping[str, str]) -> Response:
    status = next(_STATUS[kind] for kind in type(exc).__mro__ if kind in _STATUS)
    match exc:
        case Invalid():
            if exc.unprocessable:
                status = HTTPStatus.UNPROCESSABLE_ENTITY
            errors = [
                {
                    "field": _ROW.sub(r".\1", field_names.get(error.field, error.field)),
                    "code": error.code,
                    "message": error.message,
                }
                for error in exc.errors
            ]
            return problem(status, exc.code, exc.message, errors=errors)
        case Barred():
            return problem(
                status, exc.code, exc.message, barriers=[barrier_shape(b) for b in exc.barriers]
            )
    return problem(status, exc.code, exc.message)


def barrier_shape(barrier: Any) -> dict[str, Any]:
    """A barrier as REST shows it, in a problem and under `barriers/`."""
    return {
        "code": barrier.code,
        "message": barrier.message,
        "source": barrier.source,
        "lift": {"who": barrier.lift_who, "where": barrier.lift_where},
        "overridable": barrier.overridable,
    }


def _framework(exc: exceptions.APIException) -> Response:
    headers = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    code = exc.get_codes()
    if not isinstance(code, str):
        code = exc.default_code
    return problem(exc.status_code, code, str(exc.detail), headers=headers)


def _shared_code(errors: Sequence[Mapping[str, str]]) -> str:
    """The one code when all errors have the same, else `invalid`."""
    codes = {error["code"] for error in errors}
    return codes.pop() if len(codes) == 1 else "invalid"


def _sentences(errors: Sequence[Mapping[str, str]]) -> str:
    return " ".join(
        f"{error['field']}: {error['message']}" if error["field"] else error["message"]
        for error in errors
    )


def _defect(exc: Exception, context: Mapping[str, Any]) -> Response:
    """Log the stack, tell the test client and monitors, and tell the caller nothing of it."""
    request = context.get("request")
    logger.error(
        "Defect at %s (%s)",
        getattr(context.get("view"), "request_line", "the API"),
        "database" if isinstance(exc, DatabaseError) else type(exc).__name__,
        exc_info=exc,
    )
    got_request_exception.send(sender=None, request=request)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        "This is a defect of the service. Nothing was changed; the error has been logged.",
    )
