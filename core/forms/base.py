"""The form every page uses: keeps what was typed, and puts a domain error at its field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from core.errors import Barred, Conflict, DomainError, Invalid, StaleVersion
from core.forms.drafts import as_posted

ROW = re.compile(r"^(?P<rows>\w+)\[(?P<index>\d+)\](?:\.(?P<field>[\w.]+))?$")


class HouseForm(forms.Form):
    """A form in the house's markup.

    version: the record's version as it was read; carried in a hidden field and given back in
    `cleaned_data["version"]`. draft: raw words by field name, shown without complaint.
    """

    def __init__(
        self,
        *args: Any,
        version: int | None = None,
        draft: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.draft: QueryDict | None = None if draft is None else as_posted(draft)
        self.version = version
        if version is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=version,
                error_messages={"required": "", "invalid": ""},
            )
            for kind in ("required", "invalid"):
                self.fields["version"].error_messages[kind] = (
                    "The page did not say which version it showed. Check it and try again"
                )

    def domain_errors(
        self, *, rename: Mapping[str, str] | None = None, rows: Sequence[Any] = ()
    ) -> "PlacedOnForm":
        """Turn what a service refuses into errors on this form; nothing typed is lost.

        What the person may not do or see is left to the error pages.
        """
        return PlacedOnForm(self, rename, rows)

    def add_domain_errors(
        self,
        error: DomainError,
        *,
        rename: Mapping[str, str] | None = None,
        rows: Sequence[Any] = (),
    ) -> None:
        """Place each part of a domain error at its field, or above the form if it has none."""
        if isinstance(error, StaleVersion):
            self._show_current_version()
        if not isinstance(error, Invalid):
            messages = (
                [barrier.message for barrier in error.barriers]
                if isinstance(error, Barred)
                else [error.message]
            )
            for message in messages:
                self.add_error(None, forms.ValidationError(message, code=error.code))
            return
        for part in error.errors:
            form, field = self._place((rename or {}).get(part.field, part.field), rows)
            form.add_error(field, forms.ValidationError(part.message, code=part.code))

    def _place(self, name: str, rows: Sequence[Any]) -> tuple[forms.BaseForm, str | None]:
        if name in self.fields:
            return self, name
        if row := ROW.match(name):
            for formset in rows:
                if formset.prefix != row["rows"]:
                    continue
                form = formset.entry_form(int(row["index"]))
                if form is not None:
                    field = (row["field"] or "").rpartition(".")[2]
                    return form, field if field in form.fields else None
        last = re.sub(r"\[\d+\]$", "", name.rpartition(".")[2])
        return self, last if last in self.fields else None

    def _show_current_version(self) -> None:
        """Let a second press succeed once the person has seen that the record changed."""
        if self.version is not None and isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix("version")] = str(self.version)
            self.data = data


class PlacedOnForm(AbstractContextManager[None, bool]):
    """What `HouseForm.domain_errors` gives: swallows what it has placed on the form."""

    def __init__(
        self, form: HouseForm, rename: Mapping[str, str] | None, rows: Sequence[Any]
    ) -> None:
        self.form, self.rename, self.rows = form, rename, rows

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(error, (Invalid, Conflict, StaleVersion, Barred)):
            return False
        self.form.add_domain_errors(error, rename=self.rename, rows=self.rows)
        return True


class FilterForm(HouseForm):
    """A form that narrows a list by its query string; nothing in it is required."""

    @property
    def wanted(self) -> dict[str, Any]:
        """What to narrow by: the valid values that are not empty."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {
            name: value for name, value in cleaned.items() if value not in (None, "", [], False)
        }

    @property
    def chips(self) -> list[dict[str, str]]:
        """Each value narrowed by, in words, with the query string that takes it away."""
        chips = []
        for name in self.wanted:
            choices = dict(self._flat_choices(name))
            for value in self._typed(self.add_prefix(name)):
                words = choices.get(value, value)
                label = str(self.fields[name].label)
                text = label if words in ("on", "") else f"{label}: {words}"
                chips.append({"text": text, "without": self._query_without(name, value)})
        return chips

    def _typed(self, key: str) -> list[str]:
        return self.data.getlist(key) if isinstance(self.data, QueryDict) else []

    def _flat_choices(self, name: str) -> Iterator[tuple[str, str]]:
        for value, label in getattr(self.fields[name], "choices", ()):
            if isinstance(label, (list, tuple)):
                yield from ((str(inner), str(words)) for inner, words in label)
            else:
                yield str(value), str(label)

    def _query_without(self, name: str, value: str) -> str:
        pairs = [
            (key, each)
            for key in self.data
            for each in self._typed(key)
            if key != "page" and not (key == self.add_prefix(name) and each == value)
        ]
        return "?" + urlencode(pairs)
