"""Tables as CSV: read with the number of each line, written so that no cell is run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from core.checks import is_storable
from core.errors import Invalid

LARGEST = 1024 * 1024  # bytes
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV with a heading line; an empty cell for None.

    A cell that a spreadsheet would take for a formula starts with an apostrophe instead.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return target.getvalue()


def read(
    content: bytes, *, columns: Sequence[str], most: int, field: str = "file"
) -> list[tuple[int, dict[str, str]]]:
    """Each row with the number of its line: {column: text}, stripped; empty rows are left out.

    Takes commas or semicolons, with or without a byte-order mark. Raises Invalid at `field` for a
    file that is no such table, lacks a column, or has more than `most` rows.
    """
    reader = csv.reader(io.StringIO(_text(content, field), newline=""), _dialect(content))
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        raise Invalid.field(field, "unreadable", "The file is not a readable CSV table") from None
    headings = [cell.strip().lower().replace(" ", "_") for cell in lines[0][1]] if lines else []
    if missing := [column for column in columns if column not in headings]:
        raise Invalid.field(
            field,
            "missing_column",
            f"The first line must name the columns {', '.join(columns)}; "
            f"missing: {', '.join(missing)}",
        )
    rows = [
        (number, {name: cell.strip() for name, cell in zip(headings, cells, strict=False)})
        for number, cells in lines[1:]
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > most:
        raise Invalid.field(field, "too_many", f"Give at most {most:,} rows in one file")
    if not rows:
        raise Invalid.field(field, "empty", "The file has no rows")
    return [(number, {name: row.get(name, "") for name in columns}) for number, row in rows]


def _text(content: bytes, field: str) -> str:
    if len(content) > LARGEST:
        raise Invalid.field(field, "too_large", "The file may have at most 1 MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid.field(field, "not_utf8", "Save the file as CSV in UTF-8") from None
    if not is_storable(text.replace("\r", "\n"), lines=True):
        raise Invalid.field(
            field, "control_characters", "The file contains characters that cannot be stored"
        )
    return text


def _dialect(content: bytes) -> type[csv.Dialect]:
    first = content.partition(b"\n")[0]

    class Comma(csv.excel):
        delimiter = ";" if first.count(b";") > first.count(b",") else ","
        strict = True

    return Comma


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
