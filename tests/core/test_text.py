"""How sentences cut and count, and that they all do it the one way."""

import re
import unicodedata

import pytest

import _repository
from core.text import agreeing, counted, cut, quoted

BY_HAND = re.compile(
    r"""['"]['"]\ if\ .+\ else\ ['"]e?s['"]        # '' if number == 1 else 's'
      | ['"]e?s['"]\ if\ .+\ else\ ['"]['"]        # 's' if number > 1 else ''
      | \[:[^\]]*\](\.rstrip\(\))?\}…              # f"{text[:80]}…"
      | \[:[^\]]*\](\.rstrip\(\))?\ \+\ ["']…      # text[:80] + "…"
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("", 5, ""),
        ("Found", 5, "Found"),
        ("Found him", 5, "Foun…"),
        ("Found\nin  the loft", 30, "Found in the loft"),
        ("Found", 1, "…"),
    ],
)
def test_words_are_cut_to_a_length_that_the_ellipsis_is_part_of(
    text: str, most: int, short: str
) -> None:
    assert cut(text, most) == short


def test_a_letter_written_with_its_marks_apart_still_fits_its_column() -> None:
    apart = unicodedata.normalize("NFD", "Ử" * 40)
    without_one_of_its_own = "x̂" * 200
    assert len(cut(apart, 20)) <= 20
    assert len(cut(without_one_of_its_own, 200)) <= 200
    assert cut(without_one_of_its_own, 200).endswith("…")


def test_what_fits_is_left_as_it_was_written() -> None:
    apart = unicodedata.normalize("NFD", "Zoë Ó Dálaigh")
    assert cut(apart, 40) == apart


def test_a_quotation_is_cut_inside_its_marks() -> None:
    assert quoted("Found him", 5) == "“Foun…”"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 actions"), (1, "1 action"), (2, "2 actions"), (1200, "1,200 actions")],
)
def test_a_number_is_said_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "action") == said


@pytest.mark.parametrize(("number", "verb"), [(0, "are"), (1, "is"), (2, "are")])
def test_a_verb_agrees_with_its_number(number: int, verb: str) -> None:
    assert agreeing(number, "is", "are") == verb


def test_nothing_else_cuts_or_counts_by_hand() -> None:
    names = [name for name in _repository.tracked() if re.fullmatch(r"(?!tests/).+\.py", name)]
    assert "core/text.py" in names
    assert [
        f"{name}:{number}: {line.strip()}"
        for name in names
        for number, line in enumerate((_repository.ROOT / name).read_text().splitlines(), start=1)
        if BY_HAND.search(line)
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "f\"{n} gap{'' if n == 1 else 's'}\"",
        'plural = "s" if len(new) > 1 else ""',
        'f"{flat[: most - 1].rstrip()}…"',
        'text[:80] + "…"',
    ],
)
def test_the_scan_would_see_it(line: str) -> None:
    assert BY_HAND.search(line)
