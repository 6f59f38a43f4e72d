"""Tables as spreadsheets write them, read; and written so that nothing in them is run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.files import tables
from core.files.decoding import LARGEST, plain

COLUMNS = ("officer", "role")
PLAIN = "Officer,Role\r\nanna.lidell,frontline\r\n"


def read(content: bytes | str, **over: int) -> list[tuple[int, str, str]]:
    content = content if isinstance(content, bytes) else content.encode()
    return [
        (number, cells["officer"], cells["role"])
        for number, cells, _ in tables.read(content, columns=COLUMNS, most=over.get("most", 50))
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (PLAIN, 2),
        (PLAIN.replace("\r\n", "\n"), 2),
        (PLAIN.replace("\r\n", "\r"), 2),
        (PLAIN.rstrip(), 2),
        (PLAIN.replace(",", ";"), 2),
        (PLAIN.replace(",", "\t"), 2),
        (PLAIN.replace(",", "|").replace("Off", "sep=|\r\nOff"), 3),
        ("sep=;\r\n" + PLAIN.replace(",", ";"), 3),
        ('"sep=,"\r\n' + PLAIN, 3),
        (",,\r\n" + PLAIN, 3),
        (PLAIN.replace("\r\n", ",,,\r\n"), 2),
        (PLAIN.replace("anna.lidell", "\u00a0anna.lidell\u200b "), 2),
        (PLAIN.replace("anna.lidell", '"=""anna.lidell"""'), 2),
        (PLAIN.replace("Officer", " OFFICER "), 2),
        (PLAIN.encode("utf-8-sig"), 2),
        (PLAIN.encode("utf-16"), 2),
        (PLAIN.encode("utf-16-le"), 2),
        (PLAIN.encode("utf-16-be"), 2),
        (PLAIN.encode("utf-16").replace(b"\r\0", b""), 2),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_wrote_it(content: bytes | str, line: int) -> None:
    assert read(content) == [(line, "anna.lidell", "frontline")]


def test_a_windows_code_page_is_read_where_it_is_not_utf_8() -> None:
    assert read("officer,role\nZoë,frontline".encode("cp1252")) == [(2, "Zoë", "frontline")]


def test_a_row_is_numbered_by_the_line_it_begins_on() -> None:
    text = 'officer,role\n"one\nand\nmore",a\n\ntwo,b\n'
    assert read(text) == [(2, "one and more", "a"), (6, "two", "b")]


def test_a_row_with_more_cells_than_columns_is_wrong_and_an_empty_one_more_is_not() -> None:
    rows = tables.read(b"officer,role\na,b,\nLidell, Anna,b\n", columns=COLUMNS, most=5)
    assert [bool(row.wrong) for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"officer,role\n", "empty"),
        (b"officer\nx\n", "missing_column"),
        (b"officer,role,Officer\nx,y,z\n", "column_twice"),
        (b'officer,role\n"x,y\n', "unreadable"),
        (b"officer,role\na,b\nc,d\ne,f\n", "too_many"),
        (b"officer,role\n\x01,b\n", "control_characters"),
        (b"\x81\x8d\x9d", "not_text"),
        (b"\xff\xfe\x00", "not_text"),
        (b"x" * (LARGEST + 1), "too_large"),
    ],
)
def test_what_is_no_table_is_refused_with_words(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(content, most=2)
    assert [error.code for error in refused.value.errors] == [code]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "'=", "''@"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    text = tables.written(["officer", "role"], [[f"{start}cmd|'/c calc'!A1", "x"]])
    assert text.startswith(tables.BYTE_ORDER_MARK)
    (_, cells) = csv.reader(io.StringIO(text.removeprefix(tables.BYTE_ORDER_MARK), newline=""))
    assert cells[0].startswith("'")
    assert tables.written(["a"], [[-1.5], [None]]).splitlines()[1:] == ["-1.5", '""']


CELLS = st.text(alphabet="aé1'=-@,;. \"\n\t\r\u200b\u00a0\uff1d", max_size=7)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_is_written_is_read_again_but_for_what_nobody_sees(
    rows: list[tuple[str, str]],
) -> None:
    text = tables.written(COLUMNS, [*rows, ("last", "row")]).encode()
    seen = [tuple(plain(cell) for cell in row) for row in rows]
    assert [row[1:] for row in read(text)] == [*(row for row in seen if any(row)), ("last", "row")]
