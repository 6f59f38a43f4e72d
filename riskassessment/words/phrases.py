"""The list of phrases, from fixtures/risk/phrases.toml, each made into a pattern once."""

import re
from dataclasses import dataclass
from functools import cache

from riskassessment.reference import read

_SELF = r"(?:themsel(?:f|ves)|her\W?self|him\W?self|your\W?self|myself|it\W?self)"
_THEIR = r"(?:his|her|their|its|your)"
# What may stand between two words: spaces, line breaks, hyphens and dashes of every kind.
_GAP = r"[\s\u00a0\u00ad\u2010-\u2015-]+"
_FEW_WORDS = rf"(?:[\w\u2019']+{_GAP}){{0,3}}?"
_ENDINGS = "(?:e|es|ed|ing|er|ers|s|d|ion)?"


@dataclass(frozen=True)
class Phrase:
    """A phrase to avoid and a better wording. child_only: it is asked about for children alone."""

    phrase: str
    prefer: str
    source: str
    pattern: re.Pattern[str]
    child_only: bool


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every phrase of the list."""
    return tuple(
        Phrase(
            phrase=entry["phrase"],
            prefer=entry["prefer"],
            source=entry["source"],
            pattern=compiled(entry.get("match", [entry["phrase"]])),
            child_only=entry.get("child_only", False),
        )
        for entry in read("phrases", "phrase")
    )


def compiled(forms: list[str]) -> re.Pattern[str]:
    """One pattern for all forms: whole words, any case, across hyphens and line breaks.

    In a form `word*` takes the usual endings, `a|b` is either, `word?` may be missing, `a~b` may be
    one word, `{self}` and `{their}` are any such pronoun, `...` is up to three words.
    """
    whole = "|".join(_form(form) for form in forms)
    return re.compile(rf"(?<![\w])(?:{whole})(?![\w])", re.IGNORECASE)


def _form(form: str) -> str:
    pattern = ""
    parts = form.split()
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "...":
            pattern += _FEW_WORDS
        elif part.endswith("?"):
            pattern += f"(?:{_part(part[:-1])}{_GAP})?"
        else:
            pattern += _part(part) + ("" if last else _GAP)
    return pattern


def _part(part: str) -> str:
    if part == "{self}":
        return _SELF
    if part == "{their}":
        return _THEIR
    words = (
        f"{_joined(word[:-1])}{re.escape(word[-2])}?{_ENDINGS}"
        if word.endswith("*")
        else _joined(word)
        for word in part.split("|")
    )
    return f"(?:{'|'.join(words)})"


def _joined(word: str) -> str:
    """A word that may also be written as two or with a hyphen, where `~` says so."""
    return rf"{_GAP[:-1]}*".join(re.escape(piece) for piece in word.split("~"))
