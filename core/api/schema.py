"""The OpenAPI description, drawn from what each endpoint declares."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

from core.api import problems
from core.api.operation import IfMatch, Operation, Verb, operation_of
from core.api.serializers import Nothing, Output

JSON = "application/json"


class FieldProblem(Output):
    """What is wrong with one field: its dotted path, a stable code, a sentence."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class Lift(Output):
    """Who can remove a barrier, and where."""

    who = serializers.CharField()
    where = serializers.CharField()


@extend_schema_serializer(component_name="Barrier")
class BarrierShape(Output):
    """What stands in the way of a stage change, and who can lift it."""

    code = serializers.CharField()
    message = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # collected, then taken away
    lift = Lift()
    overridable = serializers.BooleanField()


@extend_schema_serializer(component_name="Problem")
class ProblemShape(Output):
    """RFC 9457 problem details; `code` is stable, the sentences are not."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldProblem(  # type: ignore[assignment]  # collected, then taken away
        many=True, required=False
    )
    barriers = BarrierShape(many=True, required=False)


_ALWAYS = {
    400: "The request is wrong; `errors` says where.",
    401: "No valid token or session.",
    403: "Not permitted, or the scope or the officer is missing.",
    404: "No such thing, or out of scope.",
    429: "Too many requests; `Retry-After` says when.",
}
_WRITES = {
    409: "The state does not allow it, or the same key is in progress.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The key was used for another body, or the record speaks against it.",
}


class HouseSchema(AutoSchema):
    """Describes endpoints; whatever is no declared operation is left out."""

    view: Any

    @property
    def operation(self) -> Operation:
        """The operation being described; `is_excluded` has let no other method through."""
        operation: Operation = getattr(self.view, self.method.lower()).operation
        return operation

    def is_excluded(self) -> bool:
        return operation_of(self.view, self.method) is None

    def get_operation_id(self) -> str:
        name = type(self.view).__name__
        if self.operation.verb is Verb.COMMAND:
            prefix = "remove" if self.method == "DELETE" else ""
            return f"{prefix}{name}" if prefix else f"{name[0].lower()}{name[1:]}"
        return f"{self.operation.verb.value}{name}"

    def get_tags(self) -> list[str]:
        return [self.view.resource]

    def get_description(self) -> str:  # type: ignore[override]  # as in the library itself
        method = getattr(self.view, self.method.lower())
        return " ".join((method.__doc__ or type(self.view).__doc__ or "").split())

    def get_request_serializer(self) -> Any:
        operation = self.operation
        if operation.verb.is_read or operation.input is Nothing:
            return None
        return operation.input(partial=operation.verb is Verb.CHANGE)

    def get_response_serializers(self) -> Any:
        operation = self.operation
        responses: dict[Any, Any] = {}
        if operation.media_type:
            responses[("200", operation.media_type)] = OpenApiTypes.BINARY
        elif operation.output is None:
            responses["204"] = OpenApiResponse(description="Done.")
        else:
            shape = self._page() if operation.verb is Verb.LIST else operation.output
            responses[(str(int(operation.status)), JSON)] = shape
        if operation.verb is Verb.CREATE:
            responses[("200", JSON)] = OpenApiResponse(
                operation.output, description="It was there already."
            )
        if operation.verb is Verb.SHOW:
            responses["304"] = OpenApiResponse(description="Unchanged since the ETag sent.")
        for status, sentence in self._failures().items():
            responses[(str(status), problems.MEDIA_TYPE)] = OpenApiResponse(
                ProblemShape, description=sentence
            )
        return responses

    def get_override_parameters(self) -> list[Any]:
        operation = self.operation
        parameters: list[Any] = [operation.query()] if operation.query().fields else []
        parameters.append(
            _header("On-Behalf-Of", "The id of the officer in whose name this is done.")
        )
        if operation.verb.is_read:
            parameters.append(
                _header("Reason", "Why the record is consulted, 1 to 200 characters.")
            )
        else:
            parameters.append(
                _header("Idempotency-Key", "The same key and body gives the first answer, 24 h.")
            )
        if operation.verb is Verb.SHOW:
            parameters.append(_header("If-None-Match", "The ETag of what you have."))
        if operation.if_match is not IfMatch.IGNORED:
            parameters.append(
                _header(
                    "If-Match",
                    "The ETag of what you read.",
                    required=operation.if_match is IfMatch.REQUIRED,
                )
            )
        if operation.output is not None and operation.verb is not Verb.LIST:
            parameters.append(_header("ETag", "The state shown.", response=[int(operation.status)]))
        if operation.media_type:
            parameters.append(_header("Content-Disposition", "The file's name.", response=[200]))
        if operation.verb is Verb.CREATE:
            parameters.append(_header("Location", "Where it is.", response=[201]))
        return parameters

    def _failures(self) -> dict[int, str]:
        failures = dict(_ALWAYS)
        if not self.operation.verb.is_read:
            failures |= _WRITES
        if self.operation.if_match is not IfMatch.IGNORED:
            failures[412] = "It has changed since it was read."
        if self.operation.if_match is IfMatch.REQUIRED:
            failures[428] = "`If-Match` is missing."
        return dict(sorted(failures.items()))

    def _page(self) -> dict[str, Any]:
        results = self.resolve_serializer(self.operation.answers_with, "response")
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": {"type": "array", "items": results.ref},
                "next": {"type": ["string", "null"], "format": "uri"},
            },
        }

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False


def _header(
    name: str, description: str, *, required: bool = False, response: list[int] | bool = False
) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        str,
        OpenApiParameter.HEADER,
        required=required,
        description=description,
        response=response,
    )


def without_marks(result: Any, **kwargs: Any) -> Any:
    """The description without the generator's own marks on choices."""
    if isinstance(result, dict):
        return {
            key: without_marks(value) for key, value in result.items() if key != "x-spec-enum-id"
        }
    return [without_marks(each) for each in result] if isinstance(result, list) else result
