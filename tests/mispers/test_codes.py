"""One row a code: complete, in agreement with itself, and the one place where it is spelled."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from mispers.rules.codes import (
    ENDED_BY_BEING_SEEN,
    FALLING_DUE,
    STANDARDS,
    TABLE,
    AddressPart,
    Code,
    CodeRow,
    Override,
    Place,
    due_of,
    row_of,
)

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core", "officers", "mispers", "riskassessment", "ownership", "assurance", "config", "demo",
    "benchmarks",
)  # fmt: skip
A_CODE = re.compile(r"(?<![\w-])[A-Z]{3,6}-\d{1,2}\b")
# An encoding, and not a code.
LOOKS_LIKE_ONE = {"UTF-8"}
SOME = {AddressPart.REFERENCE: "CN-26-000001", AddressPart.ACTION: 1, AddressPart.HANDOVER: 1}
EVERY_ROW = pytest.mark.parametrize("row", TABLE.values(), ids=str)

# As the protocol's table of barriers has it, with what this product adds.
OVERRIDABLE = {
    Code.RISK_1, Code.RISK_3, Code.ACT_2, Code.END_2, Code.END_3, Code.NEW_1, Code.RATIONALE,
}  # fmt: skip
NEVER = {Code.END_1, Code.END_4, Code.HYP_1, Code.LOCATED, Code.HOLD}


def test_every_code_has_one_row_in_the_protocols_order() -> None:
    assert list(TABLE) == list(Code)
    assert [row.code for row in TABLE.values()] == list(Code)


@EVERY_ROW
def test_a_row_says_what_must_be_true_in_words_of_its_own(row: CodeRow) -> None:
    assert row.title
    assert [each.title for each in TABLE.values()].count(row.title) == 1


@EVERY_ROW
def test_a_row_agrees_with_itself(row: CodeRow) -> None:
    assert bool(row.policy) == bool(row.guidance) == row.is_evaluated
    assert row.is_standard or row.barrier
    assert row.is_standard or not (row.is_evaluated or row.due)
    assert row.due or not (row.ended_by_being_seen or row.climbs_as_high)
    assert row.barrier is Override.NOBODY or not row.until_decided


def test_the_standards_are_the_rows_that_say_so() -> None:
    assert set(STANDARDS) == {row.code for row in TABLE.values() if row.is_evaluated}
    assert all(TABLE[code].is_standard for code in STANDARDS)


def test_what_is_no_standard_is_a_barrier_that_this_product_adds() -> None:
    added = {row.code for row in TABLE.values() if not row.is_standard}
    assert added == {Code.HYP_1, Code.LOCATED, Code.RATIONALE, Code.HOLD}


def test_who_may_go_past_a_barrier_is_as_the_protocol_has_it() -> None:
    barriers = {row.code: row.is_overridable for row in TABLE.values() if row.barrier}
    assert {code for code, may in barriers.items() if may} == OVERRIDABLE
    assert {code for code, may in barriers.items() if not may} == NEVER


def test_what_stands_in_the_way_is_what_the_rows_call_a_barrier() -> None:
    raised = {
        node.attr
        for app in ("mispers", "riskassessment", "ownership")
        for node in ast.walk(ast.parse((ROOT / app / "barriers.py").read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Code"
    }
    assert raised == {row.code.name for row in TABLE.values() if row.barrier}


@pytest.mark.parametrize("code", sorted(FALLING_DUE))
def test_what_falls_due_is_done_on_a_page_that_there_is(code: Code) -> None:
    due = due_of(code)
    assert due.title
    assert due.about
    for place in _places(due.place):
        assert reverse(place.url_name, args=[SOME[given] for given in place.takes])


@pytest.mark.parametrize("code", sorted(FALLING_DUE))
def test_where_a_page_cannot_be_made_there_is_one_that_always_can(code: Code) -> None:
    *_, last = _places(due_of(code).place)
    assert set(last.takes) <= {AddressPart.REFERENCE}


def test_only_what_falls_due_has_a_page_where_it_is_done() -> None:
    assert {code for code in TABLE if row_of(code).due} == FALLING_DUE
    assert ENDED_BY_BEING_SEEN < FALLING_DUE
    with pytest.raises(KeyError):
        due_of(Code.OWN_1)


def test_a_code_is_to_everybody_else_the_word_that_it_always_was() -> None:
    word: str = Code.RISK_1
    known: dict[str, int] = {Code.RISK_1: 1}
    assert f"{word}" == str(word) == word == json.loads(json.dumps(word)) == "RISK-1"
    assert known["RISK-1"] == 1


def test_no_code_is_spelled_but_in_its_table() -> None:
    allowed = ROOT / "mispers/rules/codes/code.py"
    spelled = [
        f"{path.relative_to(ROOT)}:{line} {code}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if path != allowed and "migrations" not in path.parts
        for line, code in _codes_in(path.read_text(encoding="utf-8"))
    ]
    assert spelled == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('code = "RISK-1"', ["RISK-1"]),
        ('says = f"{name} is due (OWN-5), or ACT-2."', ["OWN-5", "ACT-2"]),
        ('class A:\n    code = "FOO-12"', ["FOO-12"]),
        ('"""Met once RISK-1 is."""', []),
        ('def met() -> None:\n    """RISK-1 is met."""', []),
        ('encoding = "UTF-8"', []),
        ('reference = "BF-INV-0731"', []),
    ],
)
def test_the_scan_sees_a_code_and_nothing_else(source: str, found: list[str]) -> None:
    assert [code for _, code in _codes_in(source)] == found


def _places(place: Place) -> Iterator[Place]:
    yield place
    if place.otherwise is not None:
        yield from _places(place.otherwise)


def _codes_in(source: str) -> Iterator[tuple[int, str]]:
    """(line, code) of each code in a string of the source that is no docstring."""
    tree = ast.parse(source)
    explains = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) in explains:
                continue
            for found in A_CODE.findall(node.value):
                if found not in LOOKS_LIKE_ONE:
                    yield node.lineno, found
