"""Fields for words and numbers: nothing that the database cannot store, nothing too long."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import checks
from core.text import without_stop


@contextmanager
def complaint_at_the_field() -> Iterator[None]:
    """What a check within finds unfit is an error of the form's field, in the words of forms."""
    try:
        yield
    except checks.Unfit as wrong:
        raise ValidationError(without_stop(wrong.message), code=wrong.code) from None


class HouseField(forms.Field):
    """What every field of the house takes besides Django's own arguments.

    hint: a sentence under the label. label_size: s, m or l. label_hidden: for screen readers only.
    """

    def __init__(
        self,
        *,
        hint: str = "",
        label_size: str = "",
        label_hidden: bool = False,
        **kwargs: Any,
    ) -> None:
        self.label_size = label_size
        self.label_hidden = label_hidden
        super().__init__(help_text=hint, **kwargs)
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = self.required_message()

    def required_message(self) -> str:
        """What to say when nothing was given, in the words of the label."""
        return f"Enter {in_sentence(self.label)}"


def in_sentence(label: Any) -> str:
    """A label as it reads inside a sentence: "Date of birth" becomes "date of birth"."""
    text = str(label or "this").rstrip("?")
    starts_with_acronym = len(text) > 1 and text[1].isupper()
    return text if starts_with_acronym else text[:1].lower() + text[1:]


class TextField(HouseField, forms.CharField):
    """One line of text, 200 characters unless told otherwise.

    words: whether it holds sentences, so that help with words as they are typed is given there.
    """

    lines = False

    def __init__(
        self,
        *,
        width: str = "full",
        autocomplete: str = "off",
        inputmode: str = "",
        words: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", checks.LONGEST_LINE)
        kwargs.setdefault("widget", forms.TextInput)
        self.width, self.autocomplete, self.inputmode = width, autocomplete, inputmode
        self.words = words
        super().__init__(**kwargs)
        # The form's own check is the message; the browser must not cut a paste short in silence.
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs.pop("minlength", None)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if self.width != "full":
            attrs["class"] = f"govuk-input--width-{self.width}"
        if self.autocomplete:
            attrs["autocomplete"] = self.autocomplete
        if self.inputmode:
            attrs["inputmode"] = self.inputmode
        if self.words:
            attrs["data-words"] = True
        return attrs

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str):
            label = str(self.label or "This")
            with complaint_at_the_field():
                checks.fitting(
                    value, most=self.max_length or len(value), lines=self.lines, label=label
                )
        super().run_validators(value)


class LongTextField(TextField):
    """Several lines of text, 10,000 characters unless told otherwise.

    They are sentences unless told otherwise (words=False), such as an address. counted: whether
    the page counts them as they are typed.
    """

    lines = True

    def __init__(self, *, rows: int = 5, counted: bool = True, **kwargs: Any) -> None:
        self.counted = counted
        kwargs.setdefault("max_length", checks.LONGEST_TEXT)
        kwargs.setdefault("words", True)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class NumberField(HouseField, forms.IntegerField):
    """A whole number; `least` and `most` are the ends of what is accepted."""

    def __init__(self, *, least: int | None = None, most: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        )
        super().__init__(min_value=least, max_value=most, **kwargs)
        self.error_messages["invalid"] = f"{self.label or 'This'} must be a whole number"


class PhoneField(TextField):
    """A telephone number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", checks.LONGEST_PHONE)
        kwargs.setdefault("width", "20")
        kwargs.setdefault("inputmode", "tel")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        with complaint_at_the_field():
            return checks.phone(super().clean(value))


class PostcodeField(TextField):
    """A British postcode, given back in capitals with its space."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Postcode")
        kwargs.setdefault("width", "10")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        with complaint_at_the_field():
            return checks.postcode(super().clean(value))
