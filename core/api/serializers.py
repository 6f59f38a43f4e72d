"""The two kinds of representation: what a client sends, and what it is answered."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from core.api.asides import fields_beside


class _House(serializers.Serializer[Any]):
    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, field in cls._declared_fields.items():
            if type(field) is serializers.DateTimeField:
                raise TypeError(f"{cls.__name__}.{name}: use Moment, which answers in UTC.")


class Input(_House):
    """A body. A field that is not declared is an error at that field, at every level of nesting.

    has_asides: whether it may say something of its own words besides, as `core.api.asides` has it.
    """

    has_asides: ClassVar[bool] = True
    default_error_messages = {"unknown_field": "There is no such field here."}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields, and in a whole body what may be said beside them."""
        fields = super().get_fields()
        if self.root is self and self.has_asides:
            fields.update(fields_beside(fields))
        return fields

    def to_internal_value(self, data: Any) -> Any:
        known = {field.field_name for field in self._writable_fields}
        unknown = (
            [str(key) for key in data if key not in known] if isinstance(data, Mapping) else []
        )
        errors: dict[str, Any] = {}
        value: Any = {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as exc:
            if not isinstance(exc.detail, dict):
                raise
            errors.update(exc.detail)
        for key in unknown:
            message = str(self.error_messages["unknown_field"])
            errors[key] = [serializers.ErrorDetail(message, code="unknown_field")]
        if errors:
            raise serializers.ValidationError(errors)
        return value


class Nothing(Input):
    """The body of a command that takes none."""


class Output(_House):
    """An answer."""


class Query(Input):
    """Query parameters: each may be left out."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields, none of them required."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


def query_class(
    name: str, filters: Mapping[str, serializers.Field[Any, Any, Any, Any]]
) -> type[Query]:
    """A representation of query parameters from a view's declared filters."""
    return type(name, (Query,), dict(filters))
