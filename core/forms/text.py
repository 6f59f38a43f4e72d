"""Fields for words and numbers: nothing that the database cannot store, nothing too long."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST_TEXT = 10_000
LONGEST_LINE = 200
UNSTORABLE = "contains characters that cannot be stored"
POSTCODE = re.compile(r"^(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})$")


def is_storable(text: str, *, lines: bool) -> bool:
    """Whether `text` holds no control characters or halves of characters.

    lines: whether line breaks and tabs are allowed.
    """
    allowed = "\n\t" if lines else ""
    return not any(
        character not in allowed and unicodedata.category(character) in {"Cc", "Cs"}
        for character in text
    )


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
        kwargs.setdefault("max_length", LONGEST_LINE)
        kwargs.setdefault("widget", forms.TextInput)
        self.width, self.autocomplete, self.inputmode = width, autocomplete, inputmode
        self.words = words
        super().__init__(**kwargs)
        self.error_messages["max_length"] = (
            f"{self.label or 'This'} must be {self.max_length:,} characters or fewer"
        )
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
        if isinstance(value, str) and not is_storable(value, lines=self.lines):
            raise ValidationError(f"{self.label or 'This'} {UNSTORABLE}", code="unstorable")
        super().run_validators(value)


class LongTextField(TextField):
    """Several lines of text, 10,000 characters unless told otherwise.

    They are sentences unless told otherwise (words=False), such as an address. counted: whether
    the page counts them as they are typed.
    """

    lines = True

    def __init__(self, *, rows: int = 5, counted: bool = True, **kwargs: Any) -> None:
        self.counted = counted
        kwargs.setdefault("max_length", LONGEST_TEXT)
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
    """A telephone number, kept as typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("width", "20")
        kwargs.setdefault("inputmode", "tel")
        super().__init__(**kwargs)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value and not re.fullmatch(r"[0-9+() .\-extEXT#]{3,}", value):
            raise ValidationError(
                "Enter a telephone number, such as 020 7946 0000", code="wrong_phone"
            )


class PostcodeField(TextField):
    """A British postcode, given back in capitals with its space."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Postcode")
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("width", "10")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        bare = re.sub(r"\s+", "", text).upper()
        spaced = f"{bare[:-3]} {bare[-3:]}"
        if not POSTCODE.fullmatch(spaced):
            raise ValidationError("Enter a full postcode, such as N1 9GU", code="wrong_postcode")
        return spaced
