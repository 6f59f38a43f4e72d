"""How much of a text stands in an earlier one, and the longest passage that does; no queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskassessment.bespoke.wording import SHINGLE, Wording

# A passage of so many words cannot be missed by `prints_of`.
PRINT_WINDOW = 8
SURELY_FOUND = PRINT_WINDOW + SHINGLE - 1


@dataclass(frozen=True)
class Likeness:
    """share: of the words that stand in the earlier text, from 0 to 1. words: in the passage."""

    share: float
    words: int
    passage: str


def likeness(new: Wording, earlier: Wording) -> Likeness:
    """Compare two texts; as quick for two long ones, since each is read once."""
    known = set(earlier.shingles)
    total = len(new.words)
    covered, longest, first = 0, 0, 0
    run_from: int | None = None
    reached = 0
    for at, shingle in enumerate(new.shingles):
        if shingle not in known:
            run_from = None
            continue
        if run_from is None:
            run_from = at
        end = min(at + SHINGLE, total)
        covered += end - max(at, reached)
        reached = end
        if end - run_from > longest:
            longest, first = end - run_from, run_from
    if not longest:
        return Likeness(0.0, 0, "")
    return Likeness(covered / total, longest, new.between(first, first + longest - 1))


def prints_of(shingles: Sequence[int]) -> set[int]:
    """The smallest shingle of every window of PRINT_WINDOW: few, and the same in every copy.

    Two texts that share SURELY_FOUND words in a row share a whole window and so its print
    (winnowing: Schleimer, Wilkerson and Aiken, 2003).
    """
    windows = max(1, len(shingles) - PRINT_WINDOW + 1)
    return {min(shingles[at : at + PRINT_WINDOW]) for at in range(windows) if shingles}
