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


def checked(
    fields: Complaints,
    *,
    grade: str,
    likelihood: str,
    severity: str,
    rationale: str,
    factors: Sequence[str] = (),
    prompts: Sequence[Mapping[str, str]] = (),
    information: Sequence[Mapping[str, Any]] = (),
    sources_checked: Sequence[str] = (),
    sources_not_checked: Sequence[Mapping[str, str]] = (),
    differs_because: str = "",
    changes: str = "",
    repeats_because: str = "",
) -> Given:
    """The grounds; what is wrong is noted in `fields`, whose check() the caller makes."""
    fields.one_of("grade", grade, Grade.values)
    fields.one_of("likelihood", likelihood, Likelihood.values)
    fields.one_of("severity", severity, Severity.values)
    given = Given(
        grade=grade,
        likelihood=likelihood,
        severity=severity,
        rationale=fields.text(
            "rationale", rationale, required="Give the reasons for the grade, for this person."
        ),
        factors=_factors(fields, factors),
        prompts=_prompts(fields, prompts),
        information=_information(fields, information),
        sources_checked=list(dict.fromkeys(sources_checked)),
        sources_not_checked=_not_checked(fields, sources_not_checked),
        differs_because=fields.text("differs_because", differs_because),
        changes=fields.text("changes", changes),
        repeats_because=fields.text("repeats_because", repeats_because),
    )
    for source in given.sources_checked:
        fields.one_of("sources_checked", source, SourceLookedAt.Source.values)
    if both := [source for source in given.sources_checked if source in given.sources_not_checked]:
        labels = ", ".join(SourceLookedAt.Source(source).label for source in both)
        fields.add(
            "sources_not_checked", "checked_and_not", f"Looked at and not looked at: {labels}."
        )
    return given


def _factors(fields: Complaints, factors: Sequence[str]) -> list[str]:
    """Codes of the list, or an officer's own words; each once."""
    if len(factors) > MOST_FACTORS:
        fields.add("factors", "too_many", f"Give at most {MOST_FACTORS} factors.")
    tidy = [fields.line("factors", factor) for factor in factors[:MOST_FACTORS]]
    return list(dict.fromkeys(filter(None, tidy)))


def _prompts(fields: Complaints, answers: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The answers in words. One for a prompt that is not open is kept as well: it does no harm."""
    tidy: dict[str, dict[str, str]] = {}
    for index, answer in enumerate(answers[: len(codes())]):
        at = f"prompts[{index}]"
        code, state = answer.get("code") or "", answer.get("state") or ""
        fields.one_of(f"{at}.code", code, sorted(codes()))
        fields.one_of(f"{at}.state", state, State.values)
        if code in tidy:
            fields.add(f"{at}.code", "repeated", "Answer each prompt once.")
        tidy[code] = {
            "code": code,
            "question": question_of(code),
            "state": state,
            "text": fields.text(
                f"{at}.text", answer.get("text") or "", required=NEEDS_WORDS.get(state, "")
            ),
        }
    if len(answers) > len(codes()):
        fields.add("prompts", "too_many", "Answer each prompt once.")
    return list(tidy.values())


def _information(fields: Complaints, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(items) > MOST_ITEMS:
        fields.add("information", "too_many", f"Give at most {MOST_ITEMS:,} items.")
    tidy = []
    for index, item in enumerate(items[:MOST_ITEMS]):
        at = f"information[{index}]"
        fields.past(
            f"{at}.obtained_at", item.get("obtained_at"), required="Say when it was obtained."
        )
        tidy.append(
            {
                "text": fields.text(
                    f"{at}.text", item.get("text") or "", required="Say what is known."
                ),
                "supplier": fields.line(
                    f"{at}.supplier", item.get("supplier") or "", required="Say who said so."
                ),
                "contact": _contact(fields, f"{at}.contact", item.get("contact") or ""),
                "obtained_at": item.get("obtained_at"),
            }
        )
    return tidy


def _contact(fields: Complaints, at: str, contact: str) -> str:
    """How to reach a supplier, or in words why there is no way to."""
    tidy = fields.line(at, contact, required=NEEDS_CONTACT)
    if tidy.casefold().strip(" .-/") in NO_CONTACT:
        fields.add(at, "reason_needed", NEEDS_CONTACT)
    return tidy


def _not_checked(fields: Complaints, entries: Sequence[Mapping[str, str]]) -> dict[str, str]:
    tidy: dict[str, str] = {}
    for index, entry in enumerate(entries):
        at = f"sources_not_checked[{index}]"
        source = entry.get("source") or ""
        fields.one_of(f"{at}.source", source, SourceLookedAt.Source.values)
        if source in tidy:
            fields.add(f"{at}.source", "repeated", "Give each source once.")
        tidy[source] = fields.text(
            f"{at}.reason", entry.get("reason") or "", required="Say why it was not looked at."
        )
    return tidy
