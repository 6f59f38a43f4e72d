"""How a text is read for phrases, what is quoted in it, and how well phrases are found."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from riskassessment.language.matcher import find, find_all
from riskassessment.language.measure import Measured, Score, Sentence, measure, read_sentences
from riskassessment.language.phrases import phrases

SENTENCES = settings.ROOT / "tests" / "riskassessment" / "language"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("She abs\u00adcond\u00aded.", "abs\u00adcond\u00aded"),
        ("She abscond-\n  ed at ten.", "abscond-\n  ed"),
        ("Beyond her parents\u2019 control.", "Beyond her parents\u2019 control"),
        ("commit\u00a0suicide", "commit\u00a0suicide"),
        ("street\u2011wise", "street\u2011wise"),
        ("\U0001f600 attention\u2013seeking", "attention\u2013seeking"),
        ("at\r\nrisk by putting\r\nherself\r\nat\r\nrisk", "putting\r\nherself\r\nat\r\nrisk"),
        ("\ufeffabsconded", "absconded"),
    ],
)
def test_a_phrase_is_found_and_given_back_as_it_stands(text: str, written: str) -> None:
    (hit,) = find(text)
    assert hit.written == written
    assert text[hit.at : hit.at + len(written)] == written


@pytest.mark.parametrize(
    "text",
    [
        'The home wrote: "absconded again".',
        "Her words: \u201cI absconded,\u201d she said.",
        "He said \u2018she absconded\u2019 twice.",
        "He said 'she absconded', and rang off.",
        '("absconded")',
        'She is 5\'10" and wrote "absconded, streetwise" on the wall.',
        "\u201cShe absconded,\nsaid the note.\u201d",
    ],
)
def test_a_quotation_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'The quotation " is never closed: she absconded.',
        "The girls\u2019 home says she absconded; the boys\u2019 home does not.",
        "She absconded 'til morning and the boys' home rang.",
        "It's said he absconded and that's all.",
        'A 5" knife and a 6" blade; he absconded.',
        "\u201cOne paragraph ends.\n\nShe absconded, begins another.\u201d",
        '"Home" is where she absconded to from "school".',
        "O'Neil absconded, the boys' mother says.",
    ],
)
def test_an_apostrophe_or_a_lone_mark_quotes_nothing(text: str) -> None:
    assert [hit.phrase for hit in find(text)] == ["absconded"]


def test_every_place_of_a_phrase_is_told_but_the_quoted_one() -> None:
    text = 'She absconded. He wrote "absconded". Absconding again.'
    assert [(hit.at, hit.instead) for hit in find_all(text)] == [
        (4, "went missing"),
        (text.index("Absconding"), "Going missing"),
    ]


def test_every_phrase_has_its_better_wording_its_source_and_is_found_in_both_parts() -> None:
    labelled = [
        {phrase for sentence in read_sentences(path) for phrase in sentence.finds}
        for path in sorted(SENTENCES.glob("*.toml"))
    ]
    names = [phrase.phrase for phrase in phrases()]
    assert len(set(names)) == len(names)
    assert all(phrase.prefer and phrase.source for phrase in phrases())
    assert [set(names) - part for part in labelled] == [set(), set()]
    assert [part - set(names) for part in labelled] == [set(), set()]


def measured(part: str) -> Measured:
    return measure(read_sentences(SENTENCES / f"{part}.toml"))


def test_enough_sentences_are_labelled_and_enough_blame_nobody() -> None:
    parts = [measured("development"), measured("held_out")]
    assert sum(part.sentences for part in parts) >= 300
    assert all(part.plain >= part.sentences / 3 for part in parts)
    texts = [
        sentence.text for path in SENTENCES.glob("*.toml") for sentence in read_sentences(path)
    ]
    assert len(set(texts)) == len(texts)


def test_phrases_are_found_in_sentences_that_the_list_was_not_worked_on_with() -> None:
    precision, recall = measured("held_out").overall.precision, measured("held_out").overall.recall
    assert (precision.value or 0) >= 0.95, precision
    assert (recall.value or 0) >= 0.95, recall


def test_a_measure_counts_what_is_right_wrong_and_missed() -> None:
    found = measure(
        [
            Sentence("She absconded.", frozenset({"absconded"}), is_child=True),
            Sentence("Streetwise.", frozenset(), is_child=True),
            Sentence("Nothing here.", frozenset({"absconded"}), is_child=True),
            Sentence("The placement.", frozenset(), is_child=False),
        ]
    )
    assert found.overall == Score(right=1, wrong=1, missed=1)
    assert (found.overall.precision.value, found.overall.recall.value) == (0.5, 0.5)
    assert found.by_phrase["streetwise"].recall.value is None
    assert [mistake.sentence.text for mistake in found.mistakes] == ["Streetwise.", "Nothing here."]
    assert (found.sentences, found.plain) == (4, 2)


def test_the_command_prints_both_parts_overall_by_phrase_and_each_mistake(tmp_path: Path) -> None:
    (tmp_path / "development.toml").write_text('sentences = [{ text = "Streetwise." }]')
    (tmp_path / "held_out.toml").write_text(
        'sentences = [{ text = "She absconded.", finds = ["absconded"] }]'
    )
    out = StringIO()
    call_command("measure_words", folder=tmp_path, stdout=out)
    said = " ".join(out.getvalue().split())
    assert "Development part: 1 sentences, in 1 of them nothing to find" in said
    assert "found without reason: streetwise, in: 'Streetwise.'" in said
    assert "precision 1.000 (1/1, 0.207-1.000) recall 1.000 (1/1, 0.207-1.000)" in said
    with pytest.raises(CommandError):
        call_command("measure_words", folder=tmp_path / "nowhere", stdout=out)
