"""The protocol's codes: one row each, in the protocol's order, and what follows from the rows."""

from collections.abc import Mapping

from mispers.rules.codes import answering, ending, grading, investigating
from mispers.rules.codes.code import Code
from mispers.rules.codes.row import About, AddressPart, CodeRow, Due, DueFrom, Override, Place

__all__ = [
    "ENDED_BY_BEING_SEEN",
    "FALLING_DUE",
    "STANDARDS",
    "TABLE",
    "About",
    "AddressPart",
    "Code",
    "CodeRow",
    "Due",
    "DueFrom",
    "Override",
    "Place",
    "due_of",
    "row_of",
]

TABLE: Mapping[str, CodeRow] = {
    row.code: row for row in (*answering.ROWS, *grading.ROWS, *investigating.ROWS, *ending.ROWS)
}
# What every record is judged by.
STANDARDS: Mapping[str, CodeRow] = {code: row for code, row in TABLE.items() if row.is_evaluated}
FALLING_DUE = frozenset(row.code for row in TABLE.values() if row.due)
ENDED_BY_BEING_SEEN = frozenset(row.code for row in TABLE.values() if row.ended_by_being_seen)


def row_of(code: str) -> CodeRow:
    """All that is known about the code; KeyError for one that nobody has declared."""
    return TABLE[code]


def due_of(code: str) -> Due:
    """What falls due under the code, and where it is done."""
    due = row_of(code).due
    if due is None:
        raise KeyError(code)
    return due
