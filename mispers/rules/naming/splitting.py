"""A name in one line as a given and a family name, to be put right by whoever sees it."""

from mispers.rules.naming.folding import fold
from mispers.rules.naming.parts import PARTICLES


def in_two(line: str) -> tuple[str, str]:
    """Given and family name: at the comma, or before the last word and the particles it has.

    One word is taken for a family name.
    """
    family, comma, given = (part.strip() for part in line.partition(","))
    if comma and family and given:
        return given, family
    words = line.replace(",", " ").split()
    first = len(words) - 1
    while first > 1 and fold(words[first - 1].casefold()) in PARTICLES:
        first -= 1
    return " ".join(words[: max(first, 0)]), " ".join(words[max(first, 0) :])
