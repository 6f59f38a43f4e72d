"""A field for a file that is read at once and not kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.files.decoding import LARGEST
from core.forms.text import HouseField


class TableFileField(HouseField, forms.FileField):
    """A CSV file (or what `accept` says) of at most 1 MB; gives its bytes."""

    def __init__(self, *, accept: str = ".csv,text/csv", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**kwargs)
        self.error_messages["empty"] = "The file is empty"

    def required_message(self) -> str:
        return "Choose a file"

    def clean(self, value: Any, initial: Any = None) -> bytes:
        found = super().clean(value, initial)
        if not isinstance(found, UploadedFile):
            raise ValidationError("Choose a file", code="invalid")
        if (found.size or 0) > LARGEST:
            raise ValidationError("The file may have at most 1 MB", code="too_large")
        content: bytes = found.read()
        return content
