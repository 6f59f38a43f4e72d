"""Counts of standards in the shape of a table, each number with the address of its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assurance.selectors.standards import COLUMNS, Tally
from mispers.rules.codes import STANDARDS


@dataclass(frozen=True)
class CountCell:
    """One number; query: the query string of the records behind it, empty for none."""

    label: str
    number: int
    query: str


@dataclass(frozen=True)
class CountLine:
    """One row of counts: what it is about and its numbers in the order of the columns."""

    tally: Tally
    cells: Sequence[CountCell]


def count_lines_of(tallies: Sequence[Tally], query: Mapping[str, str]) -> list[CountLine]:
    """A line for each tally; query: what the whole table is narrowed by."""
    return [
        CountLine(
            tally,
            [
                CountCell(label, getattr(tally, column), _query(tally, column, query))
                for column, label in COLUMNS.items()
                if column != "not_applicable"
            ],
        )
        for tally in tallies
    ]


def not_met_by_bcu(tallies: Sequence[Tally], query: Mapping[str, str]) -> list[CountLine]:
    """A line for each BCU, the worst first: how many records do not meet each standard."""
    by_bcu: dict[str, dict[str, Tally]] = {}
    for tally in tallies:
        by_bcu.setdefault(tally.bcu, {})[tally.code] = tally
    lines = [
        CountLine(
            Tally(bcu=bcu, code="", not_met=sum(each.not_met for each in its.values())),
            [
                CountCell(
                    code,
                    its[code].not_met if code in its else 0,
                    _query(its[code], "not_met", query) if code in its else "",
                )
                for code in STANDARDS
            ],
        )
        for bcu, its in by_bcu.items()
    ]
    return sorted(lines, key=lambda line: (-line.tally.not_met, line.tally.bcu))


def _query(tally: Tally, column: str, query: Mapping[str, str]) -> str:
    if not getattr(tally, column):
        return ""
    own = {"bcu": tally.bcu, "code": tally.code, "state": column}
    return urlencode({**query, **{name: value for name, value in own.items() if value}})
