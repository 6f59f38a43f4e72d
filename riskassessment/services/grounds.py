"""What an assessment is made from, checked: every wrong part is named at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Required, TypedDict

from core.checks import Complaints
from riskassessment.models import PromptAnswer, SourceLookedAt
from riskassessment.rules.grades import Grade, Likelihood, Severity
from riskassessment.rules.prompts import codes, question_of

MOST_FACTORS = 50
MOST_ITEMS = 1000
State = PromptAnswer.State
NEEDS_CONTACT = "Say how to reach them, or: no contact details, because …"
# Words that neither say how to reach somebody nor why nobody can.
NO_CONTACT = frozenset({"", "none", "no", "nil", "na", "n/a", "unknown", "not known", "no contact"})
# What must be said in words, and how a form asks for it.
NEEDS_WORDS: dict[str, str] = {
    State.ANSWERED: "Write the answer, or say that it is not known.",
    State.NOT_ASKED: "Say why it was not asked.",
}


class Grounds(TypedDict, total=False):
    """The grounds of an assessment as `assess_risk` is given them.

    prompts: each with code, state and text. information: each with text, supplier, contact,
    obtained_at (aware). sources_not_checked: each with source and reason.
    """

    grade: Required[str]
    likelihood: Required[str]
    severity: Required[str]
    rationale: Required[str]
    factors: Sequence[str]
    prompts: Sequence[Mapping[str, str]]
    information: Sequence[Mapping[str, Any]]
    sources_checked: Sequence[str]
    sources_not_checked: Sequence[Mapping[str, str]]
    differs_because: str
    changes: str
    repeats_because: str


@dataclass(frozen=True)
class Given:
    """The grounds of an assessment, tidied. sources_not_checked: {source: reason}.

    prompts: the answers to save, each with the question as it is asked today.
    """

    grade: str
    likelihood: str
    severity: str
    rationale: str
    factors: list[str]
    prompts: list[dict[str, str]]
    information: list[dict[str, Any]]
    sources_checked: list[str]
    sources_not_checked: dict[str, str]
    differs_because: str
    changes: str
    repeats_because: str


def checked(wrong: Complaints, grounds: Grounds) -> Given:
    """The grounds, tidied; what is wrong is noted, and the caller's `check()` raises it."""
    grade, likelihood, severity = grounds["grade"], grounds["likelihood"], grounds["severity"]
    wrong.one_of("grade", grade, Grade.values)
    wrong.one_of("likelihood", likelihood, Likelihood.values)
    wrong.one_of("severity", severity, Severity.values)
    sources = list(dict.fromkeys(grounds.get("sources_checked", ())))
    not_checked = _not_checked(wrong, grounds.get("sources_not_checked", ()))
    _check_sources(wrong, sources, not_checked)
    reasons = "Give the reasons for the grade, for this person."
    return Given(
        grade=grade,
        likelihood=likelihood,
        severity=severity,
        rationale=wrong.text("rationale", grounds["rationale"], required=reasons),
        factors=_factors(wrong, grounds.get("factors", ())),
        prompts=_prompts(wrong, grounds.get("prompts", ())),
        information=_information(wrong, grounds.get("information", ())),
        sources_checked=sources,
        sources_not_checked=not_checked,
        differs_because=wrong.text("differs_because", grounds.get("differs_because")),
        changes=wrong.text("changes", grounds.get("changes")),
        repeats_because=wrong.text("repeats_because", grounds.get("repeats_because")),
    )


def _check_sources(
    wrong: Complaints, checked: Sequence[str], not_checked: Mapping[str, str]
) -> None:
    for source in checked:
        wrong.one_of("sources_checked", source, SourceLookedAt.Source.values)
    if both := [source for source in checked if source in not_checked]:
        labels = ", ".join(SourceLookedAt.Source(source).label for source in both)
        wrong.add(
            "sources_not_checked", "checked_and_not", f"Looked at and not looked at: {labels}."
        )


def _factors(wrong: Complaints, factors: Sequence[str]) -> list[str]:
    """Codes of the list, or an officer's own words; each once."""
    if len(factors) > MOST_FACTORS:
        wrong.add("factors", "too_many", f"Give at most {MOST_FACTORS} factors.")
    tidy = [wrong.line("factors", factor) for factor in factors[:MOST_FACTORS]]
    return list(dict.fromkeys(filter(None, tidy)))


def _prompts(wrong: Complaints, answers: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The answers in words. One for a prompt that is not open is kept as well: it does no harm."""
    tidy: dict[str, dict[str, str]] = {}
    for index, answer in enumerate(answers[: len(codes())]):
        at = wrong.row("prompts", index)
        code, state = answer.get("code") or "", answer.get("state") or ""
        at.one_of("code", code, sorted(codes()))
        at.one_of("state", state, State.values)
        if code in tidy:
            at.add("code", "repeated", "Answer each prompt once.")
        tidy[code] = {
            "code": code,
            "question": question_of(code),
            "state": state,
            "text": at.text("text", answer.get("text"), required=NEEDS_WORDS.get(state, "")),
        }
    if len(answers) > len(codes()):
        wrong.add("prompts", "too_many", "Answer each prompt once.")
    return list(tidy.values())


def _information(wrong: Complaints, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(items) > MOST_ITEMS:
        wrong.add("information", "too_many", f"Give at most {MOST_ITEMS:,} items.")
    return [
        _item(wrong.row("information", index), item)
        for index, item in enumerate(items[:MOST_ITEMS])
    ]


def _item(at: Complaints, item: Mapping[str, Any]) -> dict[str, Any]:
    obtained_at = item.get("obtained_at")
    return {
        "text": at.text("text", item.get("text"), required="Say what is known."),
        "supplier": at.line("supplier", item.get("supplier"), required="Say who said so."),
        "contact": _contact(at, item.get("contact")),
        "obtained_at": at.past("obtained_at", obtained_at, required="Say when it was obtained."),
    }


def _contact(at: Complaints, contact: str | None) -> str:
    """How to reach a supplier, or in words why there is no way to."""
    tidy = at.line("contact", contact, required=NEEDS_CONTACT)
    if tidy and tidy.casefold().strip(" .-/") in NO_CONTACT:
        at.add("contact", "reason_needed", NEEDS_CONTACT)
    return tidy


def _not_checked(wrong: Complaints, entries: Sequence[Mapping[str, str]]) -> dict[str, str]:
    tidy: dict[str, str] = {}
    for index, entry in enumerate(entries):
        at = wrong.row("sources_not_checked", index)
        source = entry.get("source") or ""
        at.one_of("source", source, SourceLookedAt.Source.values)
        if source in tidy:
            at.add("source", "repeated", "Give each source once.")
        tidy[source] = at.text(
            "reason", entry.get("reason"), required="Say why it was not looked at."
        )
    return tidy
