"""Fields for choosing: radios, tick boxes, a list, a person from a list."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from core.forms.text import HouseField, in_sentence

Choices = Any


class _HintedOptions(forms.widgets.ChoiceWidget):
    """Options that can carry a hint each, and stand side by side when there are few and short."""

    def __init__(self, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = dict(hints or {})
        self.inline = False

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_helptext"
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class Radios(_HintedOptions, forms.RadioSelect):
    """Radio buttons."""

    template_name = "core/forms/widgets/radios.html"


class Checkboxes(_HintedOptions, forms.CheckboxSelectMultiple):
    """Tick boxes of which any number may be ticked."""

    template_name = "core/forms/widgets/checkboxes.html"


class Tick(forms.CheckboxInput):
    """One tick box; its label stands beside it, so the field's template writes it."""


class _Chosen(HouseField):
    def required_message(self) -> str:
        return f"Choose {in_sentence(self.label)}"


class RadioField(_Chosen, forms.ChoiceField):
    """One of a few choices, all in sight. hints: a sentence per choice, by its value."""

    def __init__(
        self,
        *,
        choices: Choices,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", Radios(hints=hints))
        kwargs["widget"].inline = inline
        super().__init__(choices=choices, **kwargs)
        self.error_messages["invalid_choice"] = "Choose one of the options shown"


class YesNoField(_Chosen, forms.TypedChoiceField):
    """A question answered yes or no; gives True, False, or None when not required and left."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Radios()
        widget.inline = True
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=widget,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def required_message(self) -> str:
        return f"Answer yes or no: {in_sentence(self.label)}"


class CheckboxesField(_Chosen, forms.MultipleChoiceField):
    """Any number of a few choices, all in sight."""

    def __init__(
        self, *, choices: Choices, hints: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", Checkboxes(hints=hints))
        super().__init__(choices=choices, **kwargs)
        self.error_messages["invalid_choice"] = "Choose from the options shown"
        self.error_messages["invalid_list"] = "Choose from the options shown"


class SelectField(_Chosen, forms.ChoiceField):
    """One of many choices in a list that starts empty."""

    def __init__(self, *, choices: Choices, empty: str = "Choose", **kwargs: Any) -> None:
        super().__init__(choices=[("", empty), *choices], **kwargs)
        self.error_messages["invalid_choice"] = "Choose one from the list"


class TickField(HouseField, forms.BooleanField):
    """One tick box with its words beside it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", Tick)
        super().__init__(**kwargs)
        self.template_name = "core/forms/tick_field.html"

    def required_message(self) -> str:
        return f"Tick the box: {in_sentence(self.label)}"


class _GroupedRows(ModelChoiceIterator):
    """Reads the rows once per rendering and lets the field group them."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        group_of = cast(PickerField, self.field).group_of
        if group_of is None:
            yield from (self.choice(row) for row in self.queryset)
            return
        groups: dict[str, list[tuple[ModelChoiceIteratorValue, str]]] = {}
        for row in self.queryset:
            groups.setdefault(group_of(row), []).append(self.choice(row))
        yield from groups.items()


class PickerField(_Chosen, forms.ModelChoiceField):
    """One row of a queryset, such as an officer: a list that can be narrowed by typing.

    label_of: the words for a row. group_of: the heading a row stands under, if any.
    Give a visibility-scoped queryset: what is not in it is refused as not on the list.
    """

    iterator = _GroupedRows

    def __init__(
        self,
        *,
        queryset: Any,
        label_of: Callable[[Any], str] = str,
        group_of: Callable[[Any], str] | None = None,
        empty: str = "Choose",
        **kwargs: Any,
    ) -> None:
        self.label_of = label_of
        self.group_of = group_of
        super().__init__(queryset=queryset, empty_label=empty, **kwargs)
        self.widget.attrs["data-picker"] = ""
        self.error_messages["invalid_choice"] = f"Choose {in_sentence(self.label)} from the list"

    def label_from_instance(self, obj: Model) -> str:
        return self.label_of(obj)
