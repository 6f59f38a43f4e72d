"""Names taken apart, compared, and measured on pairs that were labelled by hand."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from mispers.rules.naming.births import Born, worth
from mispers.rules.naming.comparing import compare
from mispers.rules.naming.folding import letters_of, spellings, words_of
from mispers.rules.naming.measure import measure, read_pairs
from mispers.rules.naming.parts import name_of, parts_of
from mispers.rules.naming.sounds import LONGEST_KEY, sounds_of
from mispers.rules.naming.splitting import in_two

PAIRS = settings.ROOT / "fixtures" / "names" / "pairs.csv"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("O’Driscoll", ["o", "driscoll"]),
        ("Ashdown-Reid", ["ashdown", "reid"]),
        ("Núñez García", ["nunez", "garcia"]),
        ("Sa'ad", ["saad"]),
        ("Łukasz", ["lukasz"]),
        ("Щербакова", ["shcherbakova"]),
        ("محمد الرشيد", ["mhmd", "al", "rshyd"]),
        ("王小明", ["wang", "xiao", "ming"]),
        ("김민준", ["kim", "min", "jun"]),
        ("Παπαδόπουλος", ["papadopoulos"]),
        ("  \u0301 - ", []),
    ],
)
def test_a_name_of_any_script_comes_apart_into_plain_words(name: str, words: list[str]) -> None:
    assert [spellings(word)[0] for word in words_of(name)] == words


FOUND = [
    ("de la Cruz", "Bartholomew", "de la Cruz"),
    ("Cruz", "Bartholomew", "de la Cruz"),
    ("Delacruz, Bart", "Bartholomew", "de la Cruz"),
    ("Ashdown", "Ruben", "Ashdown-Reid"),
    ("Reid", "Ruben", "Ashdown-Reid"),
    ("Ruben AshdownReid", "Ruben", "Ashdown-Reid"),
    ("van der Berg", "Jean Luc", "van der Berg"),
    ("Jean Vanderberg", "Jean Luc", "van der Berg"),
    ("Garcia", "Zoë", "Núñez García"),
    ("Zoe Garcia", "Zoë", "Núñez García"),
    ("Saoirse Byrne", "Saoirse Anne", "Byrne"),
    ("Byrne Saoirse", "Saoirse Anne", "Byrne"),
    ("S Byrne", "Saoirse Anne", "Byrne"),
    ("O Driscoll", "Saoirse", "O’Driscoll"),
    ("odriscoll saoirse", "Saoirse", "O’Driscoll"),
    ("An Nguyen", "Nguyễn", "Văn An"),
    ("Artagnan", "D'Artagnan", "Mac Giolla Phádraig"),
    ("MacGiolla Phadraig", "D'Artagnan", "Mac Giolla Phádraig"),
    ("Muhammad al Rasheed", "محمد", "الرشيد"),
    ("Julia Shcherbakov", "Юлия", "Щербакова"),
    ("Юлия Щербакова", "Yulia", "Shcherbakova"),
    ("Kate", "Katharine", "Macdonald"),
    ("Kat Macdon", "Katharine", "Macdonald"),
]
PASSED_OVER = [
    ("Leon Ashdown", "Ruben", "Ashdown-Reid"),
    ("T Byrne", "Saoirse Anne", "Byrne"),
    ("Mary Smith", "John", "Smith"),
    ("Smith Jones", "Smith", "Okafor"),
    ("Li Hu", "Wei", "Zhang"),
]


@pytest.mark.parametrize(("asked", "given_name", "family_name"), FOUND)
def test_any_part_of_a_name_in_any_splitting_is_the_name(
    asked: str, given_name: str, family_name: str
) -> None:
    assert compare(name_of(asked), name_of(given_name, family_name)).is_name


@pytest.mark.parametrize(("asked", "given_name", "family_name"), PASSED_OVER)
def test_a_name_with_another_part_is_another_name(
    asked: str, given_name: str, family_name: str
) -> None:
    assert not compare(name_of(asked), name_of(given_name, family_name)).is_name


@pytest.mark.parametrize(
    "name",
    ["x" * 500, "王小明" * 20, "de la Cruz y Vega " * 9, "a-" * 80, "\u0e01", "ⲀⲂ", "\U0001e900"],
)
def test_any_name_has_parts_that_fit(name: str) -> None:
    parts = parts_of(name_of(name[:80], name[:80]))
    assert parts
    assert all(0 < len(part.folded) <= 40 and len(part.sound) <= LONGEST_KEY for part in parts)


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_name_with_a_letter_is_found_by_itself(one: str, other: str) -> None:
    name = name_of(one, other)
    assert bool(parts_of(name)) == bool(name.words) == any(map(str.isalnum, f"{one}{other}"))
    if name.words:
        assert compare(name, name).is_name


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
def test_every_word_has_a_sound_that_is_one_of_its_own(word: str) -> None:
    assert all(0 < len(sound) <= LONGEST_KEY for sound in sounds_of(word))


@pytest.mark.parametrize(
    ("line", "in_parts"),
    [
        ("Saoirse O'Driscoll", ("Saoirse", "O'Driscoll")),
        ("de la Cruz, Bartholomew", ("Bartholomew", "de la Cruz")),
        ("Bartholomew de la Cruz", ("Bartholomew", "de la Cruz")),
        ("Jean Luc van der Berg", ("Jean Luc", "van der Berg")),
        ("Cruz", ("", "Cruz")),
        ("van Berg", ("van", "Berg")),
        (",", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_line_is_carried_into_a_report_in_two(line: str, in_parts: tuple[str, str]) -> None:
    assert in_two(line) == in_parts


def test_names_are_written_alike_whatever_their_signs() -> None:
    assert letters_of("O’Driscoll") == letters_of("O Driscoll") == letters_of("o'DRISCOLL")


@pytest.mark.parametrize(
    ("asked", "known", "points", "why"),
    [
        (Born(date(1990, 8, 9)), date(1990, 8, 9), 40, "same date of birth"),
        (Born(date(1990, 8, 9)), date(1990, 9, 8), 30, "day and month of birth swapped"),
        (Born(date(1990, 8, 9)), date(1991, 8, 9), 25, "year of birth differs by one"),
        (Born(date(1990, 8, 8)), date(1990, 8, 8), 40, "same date of birth"),
        (Born(date(1990, 8, 9)), date(1960, 1, 1), -30, "other date of birth"),
        (Born(year=1990), date(1990, 1, 1), 28, "same year of birth"),
        (Born(year=1990), date(1991, 1, 1), 15, "year of birth differs by one"),
        (Born(year=1990), date(1960, 1, 1), -30, "other date of birth"),
        (Born(date(2004, 2, 29)), date(2005, 3, 1), -30, "other date of birth"),
        (Born(), date(1990, 1, 1), 0, ""),
        (Born(year=1990), None, 0, ""),
    ],
)
def test_what_a_birth_on_record_says(
    asked: Born, known: date | None, points: int, why: str
) -> None:
    assert worth(asked, known) == (points, why)


def test_the_labelled_pairs_are_many_and_of_many_traditions() -> None:
    development, held_out = (read_pairs(PAIRS, part) for part in ("development", "held_out"))
    assert len(development) + len(held_out) >= 2_000
    assert len({pair.tradition for pair in held_out}) >= 10
    assert 0.25 <= len(held_out) / (len(development) + len(held_out)) <= 0.4


def test_of_the_held_out_pairs_no_fewer_are_found_than_were() -> None:
    """What ADR 31 says was measured; 0.98 in all and 0.95 in each are still to be reached."""
    scores = measure(read_pairs(PAIRS, "held_out"))
    recall = {tradition: score.recall.value or 0 for tradition, score in scores.items()}
    assert recall.pop("") >= 0.975
    assert {tradition: each for tradition, each in recall.items() if each < 0.9} == {}
    assert (scores[""].precision.value or 0) >= 0.98
