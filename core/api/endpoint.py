"""The base of every REST endpoint: a declared operation run under the contract's conventions."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import etags, headers, idempotency, pagination
from core.api.call import Answer, Call
from core.api.idempotency import Attempt, Stored
from core.api.operation import (
    Attachment,
    IfMatch,
    Method,
    Operation,
    Verb,
    changes,
    commands,
    creates,
    lists,
    operation_of,
    removes,
    sends,
    shows,
)
from core.api.problems import Problem
from core.errors import Barred
from core.language import keeping_all

__all__ = [
    "Answer",
    "Call",
    "Endpoint",
    "changes",
    "commands",
    "creates",
    "lists",
    "removes",
    "sends",
    "shows",
]


class Endpoint(APIView):
    """An address of the API.

    resource: whose scopes it needs. field_names: a service's argument names as the body calls them.
    Its methods are declared with `lists`, `shows`, `creates`, `changes`, `commands` or `removes`;
    each takes a Call and the path's arguments and returns objects, never responses.
    """

    http_method_names = ["get", "head", "post", "patch", "delete"]
    resource: ClassVar[str]
    field_names: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        declared = any(operation_of(cls, method) for method in cls.http_method_names)
        if declared and not hasattr(cls, "resource"):
            raise TypeError(f"{cls.__name__} must say which resource it belongs to.")

    @property
    def request_line(self) -> str:
        """Method and path, for logs: references and ids, never what was typed."""
        return f"{self.request.method} {self.request.path}"

    def run(
        self, operation: Operation, method: Method, request: Request, path: Mapping[str, Any]
    ) -> HttpResponse:
        """Answer the request by the operation's method."""
        call = Call(request, now=clock.now(), query=_checked_query(operation, request))

        def ask() -> Any:
            return method(self, call, **path)

        match operation.verb:
            case Verb.LIST:
                return self._list(operation, call, ask)
            case Verb.SHOW:
                return self._show(operation, call, ask)
        return self._write(operation, call, ask)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Answers are personal data: kept by nobody on their way, nor where they arrive."""
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        final.headers.setdefault("Cache-Control", "private, no-store")
        return final

    def _list(self, operation: Operation, call: Call, ask: Callable[[], Any]) -> HttpResponse:
        limit, cursor = call.query.pop("limit", None), call.query.pop("cursor", None)
        found, following = pagination.page(ask(), request=call.request, limit=limit, cursor=cursor)
        results = operation.answers_with(found, many=True, context={"call": call}).data
        return _json(_rendered({"results": results, "next": following}))

    def _show(self, operation: Operation, call: Call, ask: Callable[[], Any]) -> HttpResponse:
        stored = _stored(operation, call, ask())
        if etags.is_not_modified(call.request, stored.headers["ETag"]):
            return HttpResponse(
                status=HTTPStatus.NOT_MODIFIED, headers={"ETag": stored.headers["ETag"]}
            )
        return _json(stored.body, stored.status, stored.headers)

    def _write(self, operation: Operation, call: Call, ask: Callable[[], Any]) -> HttpResponse:
        request = call.request
        if operation.if_match is IfMatch.REQUIRED:
            etags.check_if_match_sent(request)
        body = operation.input(
            data=request.data or {} if isinstance(request.data, Mapping) else request.data,
            partial=operation.verb is Verb.CHANGE,
            context={"call": call},
        )
        body.is_valid(raise_exception=True)
        call.data = body.validated_data

        def perform() -> Stored | Barred:
            try:
                with keeping_all(call.data.pop("words_kept", ())):
                    stored = _stored(operation, call, ask())
            except Barred as refusal:
                # The service has undone its change; that it was tried is on the trail, and stays.
                return refusal
            if operation.if_match is not IfMatch.IGNORED and not call.version_was_asked:
                raise RuntimeError(f"{type(self).__name__} must pass call.expected_version on.")
            return stored

        key = headers.idempotency_key(request)
        if key is None:
            with transaction.atomic():
                stored = perform()
        else:
            stored = idempotency.once(_attempt(request, key), now=call.now, perform=perform)
        if isinstance(stored, Barred):
            raise stored
        response = (
            _file(stored, operation.media_type)
            if operation.media_type
            else _json(stored.body, stored.status, stored.headers)
        )
        if stored.replayed:
            response.headers["Idempotency-Replayed"] = "true"
        return response


def _attempt(request: Request, key: str) -> Attempt:
    client = getattr(request.auth, "application_id", None) or 0
    return Attempt(
        caller=f"client {client}, officer {request.user.pk or 0}",
        route=f"{request.method} {request.path}",
        key=key,
        fingerprint=idempotency.fingerprint(
            [request.data, request.headers.get("If-Match", "")], request.META["QUERY_STRING"]
        ),
    )


def _stored(operation: Operation, call: Call, result: Any) -> Stored:
    """The method's result in the form in which it is sent."""
    if isinstance(result, Attachment):
        # As text, because the answers that are kept for repeats are text.
        name = {"Content-Disposition": f'attachment; filename="{result.filename}"'}
        return Stored(operation.status, b64encode(result.content).decode(), name)
    answer = result if isinstance(result, Answer) else Answer(result)
    if operation.output is None:
        return Stored(answer.status or operation.status, "")
    body = _rendered(operation.answers_with(answer.subject, context={"call": call}).data)
    sent = {"ETag": etags.etag(answer.subject, body.encode())}
    if answer.location is not None:
        sent["Location"] = answer.location
    return Stored(answer.status or operation.status, body, sent)


def _rendered(data: Any) -> str:
    return JSONRenderer().render(data).decode()


def _json(
    body: str, status: int = HTTPStatus.OK, sent: Mapping[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(body, status=status, headers=sent, content_type="application/json")


def _file(stored: Stored, media_type: str) -> HttpResponse:
    return HttpResponse(
        b64decode(stored.body),
        status=stored.status,
        headers=stored.headers,
        content_type=media_type,
    )


def _checked_query(operation: Operation, request: Request) -> dict[str, Any]:
    """The query parameters as the operation declares them; anything else is refused."""
    query = operation.query
    known = query().fields
    wrong = [
        _at(name, "unknown_parameter", "There is no such parameter here.")
        if name not in known
        else _at(name, "repeated_parameter", "Give this parameter once.")
        for name, values in request.GET.lists()
        if name not in known or len(values) > 1
    ]
    if wrong:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            wrong[0]["code"],
            " ".join(f"{each['field']}: {each['message']}" for each in wrong),
            errors=wrong,
        )
    # A plain dict: the framework reads a QueryDict as an HTML form, where absent means false.
    given = query(data=request.GET.dict())
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _at(name: str, code: str, message: str) -> dict[str, str]:
    return {"field": name, "code": code, "message": message}
