"""A report as its steps make it up: read from a draft, checked, complaints in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict

from core.errors import FieldError
from core.forms import HouseForm
from core.forms.drafts import as_posted
from mispers.forms.report import (
    InformantForm,
    WhatForm,
    WhoForm,
    event_from,
    field_of,
    informant_from,
    person_from,
)
from mispers.models import ReportDraft
from mispers.rules.reports import MissingReport
from mispers.services.intake import problems_in
from officers.models import Officer


@dataclass(frozen=True)
class Step:
    """One page of the report."""

    slug: str
    title: str
    form: type[HouseForm]


STEPS = (
    Step("who", "Who is missing?", WhoForm),
    Step("what", "What happened?", WhatForm),
    Step("informant", "Who tells us?", InformantForm),
)
BY_SLUG = {step.slug: step for step in STEPS}


class WrittenReport:
    """A draft read as a report. forms: each step's, bound to what was typed and checked."""

    def __init__(self, draft: ReportDraft, *, by: Officer, now: datetime) -> None:
        self.by = by
        typed = as_posted(draft.data)
        self.forms = {step.slug: step.form(typed) for step in STEPS}
        self.previous: list[str] = list(draft.data.get("previous", []))
        for form in self.forms.values():
            form.is_valid()
        for error in problems_in(self.report, by=by, now=now):
            self._complain(error)

    @property
    def report(self) -> MissingReport:
        """The report, as far as it could be read."""
        who, what, informant = (self.forms[step.slug].cleaned_data for step in STEPS)
        return MissingReport(
            person=person_from(who),
            informant=informant_from(informant),
            **event_from(what),
            reported_at=what.get("reported_at"),
            bcu=self.by.bcu_id,
            previous=self.previous,
        )

    @property
    def first_wrong(self) -> str | None:
        """The first step on which something must be put right."""
        return next((slug for slug, form in self.forms.items() if form.errors), None)

    def _complain(self, error: FieldError) -> None:
        """Put the service's complaint at its field, unless the form has complained there itself."""
        name = field_of(error.field)
        for form in self.forms.values():
            if name in form.fields and name not in form.errors:
                form.add_error(name, forms.ValidationError(error.message, code=error.code))


def typed_in(form: type[HouseForm], posted: QueryDict) -> dict[str, list[str]]:
    """Every box of this form as posted, raw; a box that was not sent is empty."""
    return {
        name: [value.replace("\x00", "") for value in posted.getlist(name)]
        for name in boxes_of(form())
    }


def boxes_of(form: HouseForm) -> list[str]:
    """The names under which the form's controls are sent."""
    names: list[str] = []
    for name, field in form.fields.items():
        parts = getattr(field.widget, "parts", None)
        names += [f"{name}_{part}" for part in parts] if parts else [name]
    return names


def summary_of(draft: Mapping[str, list[str]]) -> str:
    """A draft in a few words for the list of them: the name, as far as it was typed."""
    words = [*draft.get("given_name", []), *draft.get("family_name", [])]
    return " ".join(word for word in words if word.strip()) or "No name yet"
