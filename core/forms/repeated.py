"""Rows of the same small form, such as each piece of information with its supplier."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from core.forms.drafts import as_posted


class Rows(Protocol):
    """Several small forms beside the main one, as pages, messages and domain errors use them."""

    is_bound: bool

    @property
    def prefix(self) -> str | None:
        """What a domain error calls them, as in `information[0].text`."""

    @property
    def forms(self) -> Sequence[Any]:
        """Each of them, in the order of the page."""

    def is_valid(self) -> bool:
        """Whether nothing in them is wrong."""

    def non_form_errors(self) -> Any:
        """What is wrong with all of them together."""

    def name_of(self, number: int) -> str:
        """What form `number`, from 1, is called in a message."""

    def entry_form(self, index: int) -> Any:
        """The form that gave entry `index`, or None."""


class RepeatedForms(BaseFormSet):
    """A formset with one spare row, whose empty rows are dropped."""

    noun = "entry"
    least = 0

    def __init__(
        self, *args: Any, draft: Mapping[str, Sequence[str]] | None = None, **kwargs: Any
    ) -> None:
        self.draft = None if draft is None else as_posted(draft)
        kwargs.setdefault("form_kwargs", {})
        if draft is not None:
            kwargs["form_kwargs"] = {**kwargs["form_kwargs"], "draft": draft}
        super().__init__(*args, **kwargs)

    @classmethod
    def of(
        cls, form: type[forms.BaseForm], *, noun: str, least: int = 0, most: int = 20
    ) -> type["RepeatedForms"]:
        """A class of rows of `form`. noun: what one row is. least: how many must be filled in."""
        made: type[RepeatedForms] = formset_factory(  # type: ignore[assignment]  # it derives from cls
            form,
            formset=cls,
            extra=1,
            min_num=least,
            max_num=most,
            absolute_max=most,
            validate_max=True,
        )
        made.noun = noun
        made.least = least
        return made

    def total_form_count(self) -> int:
        total: int = super().total_form_count()
        if self.is_bound or self.draft is None:
            return total
        row = re.compile(rf"^{re.escape(str(self.prefix))}-(\d+)-")
        drafted = [int(found[1]) + 1 for key in self.draft if (found := row.match(key))]
        return min(max([total, *drafted]), self.max_num)

    def name_of(self, number: int) -> str:
        """What row `number`, from 1, is called in a message."""
        return f"{self.noun.capitalize()} {number}"

    @property
    def entry_forms(self) -> list[Any]:
        """The rows that were filled in."""
        return [
            form
            for index, form in enumerate(self.forms)
            if form.has_changed() or index < self.min_num
        ]

    @property
    def entries(self) -> list[dict[str, Any]]:
        """What was given, a dict a row; call after is_valid()."""
        return [form.cleaned_data for form in self.entry_forms if form.has_changed()]

    def entry_form(self, index: int) -> Any:
        """The form that gave entry `index`, or None."""
        filled = [form for form in self.entry_forms if form.has_changed()]
        return filled[index] if index < len(filled) else None

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "noun": self.noun, "least": self.least}
