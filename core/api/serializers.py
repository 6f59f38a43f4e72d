"""The two kinds of representation: what a client sends, and what it is answered."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import Line, Paragraphs


class _House(serializers.Serializer[Any]):
    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, field in cls._declared_fields.items():
            if type(field) is serializers.DateTimeField:
                raise TypeError(f"{cls.__name__}.{name}: use Moment, which answers in UTC.")


class Input(_House):
    """A body. A field that is not declared is an error at that field, at every level of nesting.

    may_keep_phrases: whether, where it brings sentences, it may say which phrases in them stay.
    """

    may_keep_phrases: ClassVar[bool] = True
    default_error_messages = {"unknown_field": "There is no such field here."}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields, and in a whole body that brings sentences `words_kept`."""
        fields = super().get_fields()
        if self.root is self and self.may_keep_phrases and any(map(_brings, fields.values())):
            fields.setdefault("words_kept", _words_kept())
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


class WordKeptIn(Input):
    """A phrase of the record that stays, and why."""

    may_keep_phrases = False
    phrase = Line()
    reason = Paragraphs()


def _words_kept() -> serializers.ListSerializer[Any]:
    return serializers.ListSerializer(
        child=WordKeptIn(),
        required=False,
        max_length=50,
        help_text="Phrases that may blame the person and stay as they are, each with why.",
    )


def _brings(field: serializers.Field[Any, Any, Any, Any] | None) -> bool:
    """Whether the field, or one within it, takes sentences."""
    if isinstance(field, serializers.ListSerializer):
        return _brings(field.child)
    if isinstance(field, serializers.Serializer):
        return any(map(_brings, field.fields.values()))
    return isinstance(field, Paragraphs) and field.lines and not field.read_only


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
