"""The prompts as a form asks them: an answer in words, not known, or not asked and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from core.forms import HouseForm, LongTextField, RadioField
from core.forms.drafts import as_posted
from mispers.models import Incident
from riskassessment.models import PromptAnswer, RiskAssessment
from riskassessment.rules.prompts import FIELDS, TOPICS, Opened, field_prefix, prompts
from riskassessment.selectors.for_incident import opened_for
from riskassessment.services.grounds import NEEDS_WORDS

State = PromptAnswer.State
EMPTY = "empty"
# How a prompt stands, as a tag says it: words, and the kind of the tag.
STANDS = {
    EMPTY: ("Empty", "warn"),
    State.ANSWERED: ("Answered", "good"),
    State.NOT_KNOWN: ("Not known", "info"),
    State.NOT_ASKED: ("Not asked", "info"),
}


class PromptForm(HouseForm):
    """One prompt. Left without a word it is empty, which is no mistake and stays in sight.

    last: what the assessment before said to it, to read and not to send again unread.
    """

    text = LongTextField(label_hidden=True, required=False, rows=2, counted=False)
    state = RadioField(
        choices=[
            (State.ANSWERED, "In my words, above"),
            (State.NOT_KNOWN, "Not known"),
            (State.NOT_ASKED, "Not asked, because of what I wrote above"),
        ],
        label_hidden=True,
        required=False,
        initial=State.ANSWERED,
    )

    def __init__(
        self, *args: Any, opened: Opened, last: PromptAnswer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=field_prefix(opened.prompt.code), **kwargs)
        self.last = last
        self.opened = opened
        self.prompt = opened.prompt
        self.fields["text"].label = self.prompt.question
        self.fields["state"].label = f"How this is answered: {self.prompt.question}"

    def clean(self) -> dict[str, Any]:
        """Why something was not asked is said in words."""
        given = dict(super().clean() or {})
        if given.get("state") == State.NOT_ASKED and "text" in given and not given["text"]:
            self.add_error("text", NEEDS_WORDS[State.NOT_ASKED])
        return given

    @property
    def stands(self) -> str:
        """How it stands as typed so far, right or wrong: EMPTY or a state."""
        state = self["state"].value()
        if state in (State.NOT_KNOWN, State.NOT_ASKED):
            return str(state)
        return State.ANSWERED if str(self["text"].value() or "").strip() else EMPTY

    @property
    def tag(self) -> tuple[str, str]:
        """How it stands, in the words and the kind of a tag."""
        return STANDS[self.stands]

    @property
    def answer(self) -> dict[str, str] | None:
        """What `assess_risk` takes of it, or None where it is empty; call after is_valid()."""
        given = self.cleaned_data
        state = given["state"] or State.ANSWERED
        if state == State.ANSWERED and not given["text"]:
            return None
        return {"code": self.prompt.code, "state": state, "text": given["text"]}


@dataclass(frozen=True)
class Topic:
    """The prompts of one topic. code: a key of `riskassessment.rules.prompts.TOPICS`."""

    code: str
    label: str
    forms: list[PromptForm]


class PromptForms:
    """Every prompt on the page, handled as rows are (`core.forms.Rows`).

    before: the last assessment with its answers, if there is one.
    """

    prefix = FIELDS

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        asked: Sequence[Opened],
        draft: Mapping[str, Sequence[str]] | None = None,
        before: RiskAssessment | None = None,
    ) -> None:
        said = {each.code: each for each in before.prompts.all()} if before else {}
        self.is_bound = posted is not None
        self.forms = [
            PromptForm(posted, opened=each, last=said.get(each.prompt.code), draft=draft)
            for each in asked
        ]

    def is_valid(self) -> bool:
        """Whether each answer that was begun is complete."""
        return all(form.is_valid() for form in self.forms)

    @property
    def errors(self) -> list[Any]:
        """What is wrong with each."""
        return [form.errors for form in self.forms]

    def non_form_errors(self) -> list[str]:
        """Nothing can be wrong with all of them together."""
        return []

    def name_of(self, number: int) -> str:
        """The question, so that a message names it."""
        return self.forms[number - 1].prompt.question.rstrip("?")

    @property
    def entries(self) -> list[dict[str, str]]:
        """The answers given, in the order of the page; call after is_valid()."""
        return [answer for form in self.forms if (answer := form.answer) is not None]

    def entry_form(self, index: int) -> PromptForm | None:
        """The form that gave entry `index`, or None."""
        given = [form for form in self.forms if form.answer is not None]
        return given[index] if index < len(given) else None

    @property
    def topics(self) -> list[Topic]:
        """All topics, in order, each with its prompts."""
        return [
            Topic(code, label, [form for form in self.forms if form.prompt.topic == code])
            for code, label in TOPICS.items()
        ]

    def answered_as(self, *stands: str) -> list[PromptForm]:
        """Those that bear on the person and were answered in one of these ways."""
        return [form for form in self.forms if form.opened.because and form.stands in stands]


def asked_of(
    incident: Incident, typed: Mapping[str, Sequence[str]], factors: Collection[str]
) -> list[Opened]:
    """The prompts that bear on the person with these factors, and all that have words already.

    One with words whose factor was taken back stays on the page, with nothing that opens it.
    """
    values = as_posted(typed)
    opened = {each.prompt.code: each for each in opened_for(incident, factors)}
    return [
        opened.get(prompt.code) or Opened(prompt, [])
        for prompt in prompts()
        if prompt.code in opened or _has_words(values, prompt.code)
    ]


def _has_words(values: QueryDict, code: str) -> bool:
    prefix = field_prefix(code)
    if (values.get(f"{prefix}-text") or "").strip():
        return True
    return values.get(f"{prefix}-state") in (State.NOT_KNOWN, State.NOT_ASKED)
