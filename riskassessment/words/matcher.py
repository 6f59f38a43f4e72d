"""Finding phrases in what was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from riskassessment.words.phrases import phrases

LONGEST_WRITTEN = 200


@dataclass(frozen=True)
class Hit:
    """A phrase of the list as it stands in a text, with a better wording."""

    phrase: str
    prefer: str
    written: str


def find(text: str, *, is_child: bool = True) -> list[Hit]:
    """Each phrase of the list that the text holds, once, in the order of the text.

    is_child: whether the missing person is under 18; some phrases blame only a child.
    """
    found: list[tuple[int, Hit]] = []
    for phrase in phrases():
        if phrase.child_only and not is_child:
            continue
        if match := phrase.pattern.search(text):
            hit = Hit(phrase.phrase, phrase.prefer, match[0][:LONGEST_WRITTEN])
            found.append((match.start(), hit))
    return [hit for _, hit in sorted(found, key=lambda each: each[0])]


def words_in(texts: Mapping[str, str], *, is_child: bool = True) -> list[dict[str, str]]:
    """What a REST answer says of its texts: field, phrase as written, and a better wording."""
    return [
        {"field": field, "phrase": hit.written, "prefer": hit.prefer}
        for field, text in texts.items()
        for hit in find(text, is_child=is_child)
    ]
