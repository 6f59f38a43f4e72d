"""The figures of the check and the stock phrases, from fixtures/risk/bespoke.toml."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from riskassessment.language.forms import compiled
from riskassessment.rules.dated_data import read


@dataclass(frozen=True)
class StockFigures:
    """When a rationale is pointed out.

    days: how far back it is compared. passage_words: words in a row that stand in an earlier one;
    share: of its words, from 0 to 1, that do; copy: the share from which it counts as a copy.
    short: fewer words than this give no reason. most: earlier rationales named at once.
    """

    days: int
    passage_words: int
    share: float
    copy: float
    short: int
    most: int

    @property
    def window(self) -> timedelta:
        """How far back."""
        return timedelta(days=self.days)


@dataclass(frozen=True)
class Stock:
    """A phrase that gives no reason, and what would. pattern: its forms."""

    phrase: str
    ask: str
    pattern: re.Pattern[str]


@cache
def stock_figures() -> StockFigures:
    """The figures in force."""
    (given,) = read("bespoke", "figure")
    return StockFigures(**given)


@cache
def stock_phrases() -> tuple[Stock, ...]:
    """Every stock phrase."""
    return tuple(
        Stock(entry["phrase"], entry["ask"], compiled(entry["match"]))
        for entry in read("bespoke", "phrase")
    )
