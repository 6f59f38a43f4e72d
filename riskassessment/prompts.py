"""Prompts: questions that open where they bear on somebody, and that grade nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from core.forms.reading import LONDON
from mispers import markers
from mispers.models import Incident
from riskassessment.reference import read
from riskassessment.usually import age_of, factors

ADULT = 18
TOPICS = {
    "now": "What is happening",
    "before": "What happened before",
    "health": "Their health",
    "others": "What others may do to them",
    "where": "Where they may be",
}
STANDINGS = {"policy": "Policy", "guidance": "Guidance"}
EARLIER, MARKERS = "earlier_incidents", "markers"


@dataclass(frozen=True)
class Prompt:
    """A question with why it is asked and by whom; what opens it. topic: a key of TOPICS.

    standing: policy (APP, in our words) or guidance (ours). considers: what an answer in words
    shows to have been considered by name (RISK-5).
    """

    code: str
    topic: str
    question: str
    why: str
    source: str
    standing: str
    always: bool = False
    child: bool = False
    with_markers: bool = False
    from_age: int | None = None
    any_of: tuple[str, ...] = ()
    considers: str = ""

    def opened_by(
        self, *, marked: Collection[str], recorded: Collection[str], age: int | None
    ) -> list[str]:
        """What opens it, in words, beginning with what is surest; empty when it stays shut.

        marked: codes of the person's markers; recorded: of the factors of an assessment. An age
        that nobody knows may be a child's, so it opens what is asked of a child.
        """
        found = [_word_for(code) for code in self.any_of if code in {*marked, *recorded}]
        if self.always:
            found.append("Asked of everybody")
        if self.with_markers and marked:
            found.append("There are markers")
        if self.child and (age is None or age < ADULT):
            found.append("Age not known" if age is None else f"Aged {age}")
        if self.from_age is not None and age is not None and age >= self.from_age:
            found.append(f"Aged {age}")
        return found


@dataclass(frozen=True)
class Opened:
    """A prompt that bears on somebody, and what opened it."""

    prompt: Prompt
    because: list[str]


@cache
def prompts() -> tuple[Prompt, ...]:
    """Every prompt, in the order of an officer's thinking."""
    return tuple(
        Prompt(**{**entry, "any_of": tuple(entry.get("any_of", ()))})
        for entry in read("prompts", "prompt")
    )


@cache
def codes() -> frozenset[str]:
    """The codes of all prompts."""
    return frozenset(prompt.code for prompt in prompts())


def question_of(code: str) -> str:
    """The question of a code; one that has since been dropped stands for itself."""
    return next((prompt.question for prompt in prompts() if prompt.code == code), code)


def opened_for(incident: Incident, recorded: Collection[str] = ()) -> list[Opened]:
    """The prompts that bear on an incident, with the factors of an assessment; no queries."""
    age = age_of(incident.person, incident.reported_at.astimezone(LONDON).date())
    found = (
        Opened(
            prompt,
            prompt.opened_by(marked=incident.person.markers, recorded=recorded, age=age),
        )
        for prompt in prompts()
    )
    return [each for each in found if each.because]


def _word_for(code: str) -> str:
    if markers.is_known(code):
        return markers.label_of(code)
    return next((factor.label for factor in factors() if factor.code == code), code)
