"""Prompts: questions that open where they bear on somebody, and that grade nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from riskassessment.rules.relevance import Relevance

TOPICS = {
    "now": "What is happening",
    "before": "What happened before",
    "health": "Their health",
    "others": "What others may do to them",
    "where": "Where they may be",
}
STANDINGS = {"policy": "Policy", "guidance": "Guidance"}
EARLIER, MARKERS = "earlier_incidents", "markers"
# What the names of a form's fields begin with, and of a draft's.
FIELDS = "prompts"


@dataclass(frozen=True, kw_only=True)
class Prompt(Relevance):
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
    considers: str = ""


@dataclass(frozen=True)
class Opened:
    """A prompt that bears on somebody, and what opened it."""

    prompt: Prompt
    because: list[str]


@cache
def prompts() -> tuple[Prompt, ...]:
    """Every prompt, in the order of an officer's thinking."""
    return Prompt.all_in("prompts", "prompt")


@cache
def codes() -> frozenset[str]:
    """The codes of all prompts."""
    return frozenset(prompt.code for prompt in prompts())


def field_prefix(code: str) -> str:
    """What the names of one prompt's fields begin with."""
    return f"{FIELDS}-{code}"


def question_of(code: str) -> str:
    """The question of a code; one that has since been dropped stands for itself."""
    return next((prompt.question for prompt in prompts() if prompt.code == code), code)


def opened_by(
    *, marked: Collection[str], recorded: Collection[str], age: int | None
) -> list[Opened]:
    """The prompts that bear on somebody by their markers, factors and age (years, if known)."""
    found = (
        Opened(
            prompt,
            prompt.opened_by(marked=marked, recorded=recorded, age=age),
        )
        for prompt in prompts()
    )
    return [each for each in found if each.because]
