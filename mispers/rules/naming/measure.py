"""How well the comparison of names does on pairs that were labelled by hand."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.rules.shares import Share
from mispers.rules.naming.comparing import compare
from mispers.rules.naming.parts import name_of

PARTS = ("development", "held_out")


@dataclass(frozen=True)
class LabelledPair:
    """What somebody asks for, a recorded name, and whether it is that name; how: what differs."""

    tradition: str
    asked: str
    given_name: str
    family_name: str
    is_same: bool
    how: str

    @property
    def is_found(self) -> bool:
        """Whether the recorded name is offered to who asks."""
        return compare(name_of(self.asked), name_of(self.given_name, self.family_name)).is_name


@dataclass
class Score:
    """Pairs that were found or not; recall is of those that are the same name."""

    found: int = 0
    missed: int = 0
    found_wrongly: int = 0
    passed_over: int = 0
    mistakes: list[LabelledPair] = field(default_factory=list)

    @property
    def recall(self) -> Share:
        """The share of the same names that were found."""
        return Share(self.found, self.found + self.missed)

    @property
    def precision(self) -> Share:
        """The share of what was found that is the same name."""
        return Share(self.found, self.found + self.found_wrongly)

    def count(self, pair: LabelledPair) -> None:
        """Count one more pair."""
        is_found = pair.is_found
        self.found += pair.is_same and is_found
        self.missed += pair.is_same and not is_found
        self.found_wrongly += is_found and not pair.is_same
        self.passed_over += not (is_found or pair.is_same)
        if is_found != pair.is_same:
            self.mistakes.append(pair)


def read_pairs(path: Path, part: str) -> list[LabelledPair]:
    """The pairs of one part of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            LabelledPair(
                tradition=row["tradition"],
                asked=row["asked"],
                given_name=row["given_name"],
                family_name=row["family_name"],
                is_same=row["is"] == "same",
                how=row["how"],
            )
            for row in csv.DictReader(file)
            if row["part"] == part
        ]


def measure(pairs: Iterable[LabelledPair]) -> Mapping[str, Score]:
    """The score of each tradition; that of all under an empty name, first."""
    scores: dict[str, Score] = defaultdict(Score)
    for pair in pairs:
        scores[""].count(pair)
        scores[pair.tradition].count(pair)
    return dict(scores)
