"""`words_kept`: phrases that whoever writes keeps, with the reason, in the write (LANG-1)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rest_framework import serializers

from core.api.asides import Aside
from core.api.fields import Line, Words
from core.api.serializers import Input
from core.errors import FieldError, Invalid
from riskassessment.words.keeping import folded, keeping


class WordKeptIn(Input):
    """A phrase of the record that stays, and why."""

    has_asides = False
    phrase = Line()
    reason = Words()


@contextmanager
def kept_in_the_write(said: Sequence[Mapping[str, str]] | None) -> Iterator[None]:
    """Keep the phrases; Invalid, which undoes the write, for one that is not in the record."""
    words_kept = said or ()
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


WORDS_KEPT = Aside(
    "words_kept",
    lambda: serializers.ListSerializer(
        child=WordKeptIn(),
        required=False,
        max_length=50,
        help_text="Phrases that may blame the person and stay as they are, each with why.",
    ),
    kept_in_the_write,
)
