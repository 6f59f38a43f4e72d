"""What one method of an endpoint does, declared once: run from this, and described from this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from core.api import pagination
from core.api.serializers import Input, Nothing, Output, Query, query_class

Method = Callable[..., Any]
Filters = Mapping[str, serializers.Field[Any, Any, Any, Any]]


class Verb(Enum):
    """The five things an endpoint can do."""

    LIST = "list"
    SHOW = "show"
    CREATE = "create"
    CHANGE = "change"
    COMMAND = "command"

    @property
    def is_read(self) -> bool:
        """Whether nothing is changed by it."""
        return self in {Verb.LIST, Verb.SHOW}


class IfMatch(Enum):
    """What an operation does with `If-Match`."""

    IGNORED = "ignored"
    HONOURED = "honoured"
    REQUIRED = "required"


@dataclass(frozen=True)
class Attachment:
    """A file that an operation declared with `sends` answers with."""

    content: bytes
    filename: str


@dataclass(frozen=True)
class Operation:
    """One declared operation.

    output: None for an answer without a body. officer: whether an officer must stand behind it.
    status: the usual answer's. query: the query parameters it takes.
    media_type: of the file, where it answers with one.
    """

    verb: Verb
    output: type[Output] | None
    status: HTTPStatus = HTTPStatus.OK
    input: type[Input] = Nothing
    officer: bool = False
    if_match: IfMatch = IfMatch.IGNORED
    query: type[Query] = field(default_factory=lambda: query_class("NoQuery", {}))
    media_type: str = ""

    @property
    def answers_with(self) -> type[Output]:
        """The output, where there is one."""
        if self.output is None:
            raise TypeError("This operation answers without a body.")
        return self.output


def lists(output: type[Output], *, filters: Filters | None = None) -> Callable[[Method], Method]:
    """A GET that returns an ordered queryset or a computed sequence, answered page by page."""
    query = query_class("ListQuery", {**(filters or {}), **pagination.parameters()})
    return _declare(Operation(Verb.LIST, output, query=query))


def shows(output: type[Output], *, filters: Filters | None = None) -> Callable[[Method], Method]:
    """A GET that returns one object, answered with its ETag."""
    return _declare(Operation(Verb.SHOW, output, query=query_class("ShowQuery", filters or {})))


def creates(
    takes: type[Input], output: type[Output], *, officer: bool = True
) -> Callable[[Method], Method]:
    """A POST that makes something new: 201."""
    return _declare(
        Operation(Verb.CREATE, output, HTTPStatus.CREATED, input=takes, officer=officer)
    )


def changes(
    takes: type[Input], output: type[Output], *, officer: bool = True
) -> Callable[[Method], Method]:
    """A PATCH of an existing resource: `If-Match` is required and only what was sent is changed."""
    return _declare(
        Operation(Verb.CHANGE, output, input=takes, officer=officer, if_match=IfMatch.REQUIRED)
    )


def commands(
    takes: type[Input] | None,
    output: type[Output] | None,
    *,
    officer: bool = True,
    versioned: bool = False,
) -> Callable[[Method], Method]:
    """A POST that does something to an existing resource: 200, or 204 without an output.

    versioned: `If-Match` is honoured where sent; the state itself decides where it is not.
    """
    return _declare(
        Operation(
            Verb.COMMAND,
            output,
            HTTPStatus.OK if output else HTTPStatus.NO_CONTENT,
            input=takes or Nothing,
            officer=officer,
            if_match=IfMatch.HONOURED if versioned else IfMatch.IGNORED,
        )
    )


def sends(
    takes: type[Input], *, media_type: str, officer: bool = True
) -> Callable[[Method], Method]:
    """A POST that makes a file and answers with it: 200. The method returns an `Attachment`."""
    return _declare(
        Operation(Verb.COMMAND, None, input=takes, officer=officer, media_type=media_type)
    )


def removes(*, officer: bool = True) -> Callable[[Method], Method]:
    """A DELETE of something that is configuration, never of a record: 204."""
    return _declare(Operation(Verb.COMMAND, None, HTTPStatus.NO_CONTENT, officer=officer))


def operation_of(view: Any, method: str | None) -> Operation | None:
    """What a view declares for an HTTP method, or None."""
    handler = getattr(view, (method or "").lower(), None)
    return getattr(handler, "operation", None)


def _declare(operation: Operation) -> Callable[[Method], Method]:
    def decorate(method: Method) -> Method:
        @wraps(method)
        def handler(view: Any, request: Request, **path: Any) -> HttpResponse:
            response: HttpResponse = view.run(operation, method, request, path)
            return response

        handler.operation = operation  # type: ignore[attr-defined]  # functions take attributes
        return handler

    return decorate
