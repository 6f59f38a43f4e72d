"""Phrases in the words of one write: what its writer keeps with a reason, what waits (LANG-1).

A form brings what it keeps beside its own fields, a body over REST as `words_kept`. The services
need not know: whoever finds phrases in their events asks here what is kept, and leaves here what
waits, which is then answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.http import QueryDict

from core.errors import FieldError, Invalid

# The names of a form's hidden fields: each phrase, and in the same order why it stays.
PHRASE, REASON = "words_kept_phrase", "words_kept_reason"


@dataclass
class Keeping:
    """reasons: {phrase, folded: why it stays}; heard: the phrases that were found and kept.

    A phrase may be named as the list has it or as it is written. waiting: what was found in the
    write and is not kept, as a REST answer gives it: `field`, `phrase` and `prefer`.
    """

    reasons: Mapping[str, str]
    heard: set[str] = field(default_factory=set)
    waiting: list[dict[str, str]] = field(default_factory=list)


_being_kept: ContextVar[Keeping | None] = ContextVar("phrases being kept", default=None)


def folded(phrase: str) -> str:
    """One spelling for a phrase, however its spaces and capitals were written."""
    return " ".join(phrase.split()).casefold()


@contextmanager
def keeping(words_kept: Sequence[Mapping[str, str]]) -> Iterator[Keeping]:
    """Keep each `phrase` for its `reason` wherever what is written within brings it in."""
    kept = Keeping({folded(each["phrase"]): each["reason"] for each in words_kept})
    token = _being_kept.set(kept)
    try:
        yield kept
    finally:
        _being_kept.reset(token)


@contextmanager
def keeping_all(words_kept: Sequence[Mapping[str, str]]) -> Iterator[None]:
    """The same; Invalid, which undoes the write, for a phrase that is not in the record."""
    with keeping(words_kept) as kept:
        yield
    wrong = [
        FieldError(
            f"words_kept[{index}].phrase", "phrase_not_found", "This phrase is not in the record."
        )
        for index, each in enumerate(words_kept)
        if folded(each["phrase"]) not in kept.heard
    ]
    if wrong:
        raise Invalid(wrong)


def being_kept() -> Keeping | None:
    """What is being kept now, if anything is."""
    return _being_kept.get()


def waiting_from_this_write() -> list[dict[str, str]]:
    """Phrases that the write which is being answered brought in; none when nothing is written."""
    kept = being_kept()
    return kept.waiting if kept else []


def carried_by(posted: QueryDict) -> list[dict[str, str]]:
    """What a form brings; a phrase without a reason is still to be answered and is left out."""
    pairs = zip(posted.getlist(PHRASE), posted.getlist(REASON), strict=False)
    return [
        {"phrase": phrase, "reason": reason.strip()}
        for phrase, reason in pairs
        if phrase.strip() and reason.strip()
    ]
