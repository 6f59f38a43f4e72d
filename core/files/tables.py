"""Tables as CSV: read with the number of each line, written so that no cell is run as a formula."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.errors import Invalid
from core.files.decoding import decoded, lines_of, plain

# The first spreadsheets to open a file without it take it for the code page of their machine.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula; East Asian ones take the wide forms too.
_RUN = r"(?:[\t\r\n]|[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20])"
_FORMULA = re.compile(rf"'*{_RUN}")
_ESCAPED = re.compile(rf"'(?='*{_RUN})")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
# How some systems keep a spreadsheet from taking digits for a number: ="0123".
_AS_TEXT = re.compile(r'="([^"]*)"\Z')
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_SEPARATORS = ",;\t"


class Row(NamedTuple):
    """A row of a table. number: of the line it begins on. wrong: why its cells cannot be told."""

    number: int
    cells: dict[str, str]
    wrong: str = ""


def written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV with a byte-order mark and a heading line; an empty cell for None.

    A cell that a spreadsheet would take for a formula starts with an apostrophe, which `read`
    takes away again.
    """
    target = io.StringIO(newline="")
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return target.getvalue()


def read(
    content: bytes,
    *,
    columns: Sequence[str],
    most: int,
    optional: Sequence[str] = (),
    field: str = "file",
) -> list[Row]:
    """Each row with its columns and the optional ones, in order; empty rows are left out.

    Takes what spreadsheets write: commas, semicolons or tabs, a line `sep=;`, any encoding that
    `decoded` knows, line breaks within quotes. Raises Invalid at `field` for a file that is no such
    table, lacks a column or names one twice, or has more than `most` rows.
    """
    records = _records(decoded(content, field=field), field)
    if not records:
        raise Invalid.field(field, "empty", "The file has no rows")
    headings = [_heading(cell) for cell in records[0][1]]
    _check_headings(headings, columns, field)
    rows = records[1:]
    if len(rows) > most:
        raise Invalid.field(field, "too_many", f"Give at most {most:,} rows in one file")
    if not rows:
        raise Invalid.field(field, "empty", "The file has no rows")
    return [_row(number, cells, headings, [*columns, *optional]) for number, cells in rows]


def _records(text: str, field: str) -> list[tuple[int, list[str]]]:
    """Everything but empty records, each with the number of the line that it begins on."""
    lines = lines_of(text)
    told = _SEPARATOR_LINE.fullmatch(lines[0].strip(" "))
    start = 1 if told else 0
    separator = told[1] if told else _separator(lines)
    reader = csv.reader((f"{line}\n" for line in lines[start:]), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    while True:
        begins_on = start + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return found
        except csv.Error:
            raise Invalid.field(
                field,
                "unreadable",
                f"The file is not a readable CSV table from line {begins_on} on",
            ) from None
        read_as = [plain(_unsafe(cell)) for cell in cells]
        if any(read_as):
            found.append((begins_on, read_as))


def _separator(lines: Sequence[str]) -> str:
    """What stands between the headings; a comma where they do not tell."""
    first = next((line for line in lines if line.strip(f"{_SEPARATORS} ")), "")
    return max(_SEPARATORS, key=first.count)


def _heading(cell: str) -> str:
    return re.sub(r"[ _\-]+", "_", cell.lower())


def _check_headings(headings: Sequence[str], columns: Sequence[str], field: str) -> None:
    if missing := [column for column in columns if column not in headings]:
        raise Invalid.field(
            field,
            "missing_column",
            f"The first line must name the columns {', '.join(columns)}; "
            f"missing: {', '.join(missing)}",
        )
    if twice := [column for column in columns if Counter(headings)[column] > 1]:
        raise Invalid.field(
            field, "column_twice", f"The first line names a column twice: {', '.join(twice)}"
        )


def _row(number: int, cells: Sequence[str], headings: Sequence[str], columns: Sequence[str]) -> Row:
    by_name = dict(zip(headings, cells, strict=False))
    named = {name: by_name.get(name, "") for name in columns}
    spare = any(cells[len(headings) :])
    return Row(number, named, "it has more cells than there are columns" if spare else "")


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _unsafe(text: str) -> str:
    """The text of a cell as it was before `_safe`, or before another system's own guard."""
    if _ESCAPED.match(text):
        return text[1:]
    return _AS_TEXT.sub(r"\1", text.strip())
