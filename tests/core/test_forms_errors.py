"""What a service refuses appears at its field, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from core.errors import (
    Barred,
    Conflict,
    FieldError,
    Invalid,
    NotPermitted,
    NotVisible,
    StaleVersion,
)
from core.forms import CheckboxesField, FilterForm, SelectField, TextField
from core.forms.drafts import changes_in, saved
from tests.core.pages_playground import A_BARRIER, EverythingForm, InformationRows, NoteForm


def a_note(text: str = "words", version: int | None = None, sent: str = "") -> NoteForm:
    form = NoteForm(QueryDict(f"text={text}&version={sent}"), version=version)
    form.is_valid()
    return form


@pytest.mark.parametrize("named", ["text", "note.text", "notes[0].text", "text[2]"])
def test_an_error_lands_at_the_field_of_its_name(named: str) -> None:
    form = a_note()
    with form.domain_errors():
        raise Invalid.field(named, "rude", "Reword this")
    assert form.errors["text"] == ["Reword this"]
    assert form.errors.as_data()["text"][0].code == "rude"
    assert form["text"].value() == "words"


def test_an_error_without_a_field_stands_above_the_form() -> None:
    form = a_note()
    form.add_domain_errors(Invalid([FieldError("elsewhere", "x", "Something else is wrong")]))
    assert form.non_field_errors() == ["Something else is wrong"]


def test_a_renamed_argument_finds_its_field() -> None:
    form = a_note()
    with form.domain_errors(rename={"rationale": "text"}):
        raise Invalid.field("rationale", "short", "Say more")
    assert form.errors["text"] == ["Say more"]


def test_an_error_in_a_row_lands_in_that_row_though_an_empty_one_stands_before_it() -> None:
    rows = InformationRows(
        QueryDict(
            "information-TOTAL_FORMS=3&information-INITIAL_FORMS=0"
            "&information-0-text=A&information-0-supplier=B"
            "&information-2-text=C&information-2-supplier=D"
        ),
        prefix="information",
    )
    assert rows.is_valid()
    form = a_note()
    with form.domain_errors(rows=[rows]):
        raise Invalid.field("information[1].supplier", "unknown", "Who is that?")
    assert rows.forms[2].errors["supplier"] == ["Who is that?"]
    assert not form.errors


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Conflict("Insp Bell accepted this at 02:14."), "Insp Bell accepted this at 02:14."),
        (Barred([A_BARRIER], tried="close it"), "Nobody has seen them."),
    ],
)
def test_a_refusal_by_state_stands_above_the_form(error: Conflict | Barred, words: str) -> None:
    form = a_note()
    with form.domain_errors():
        raise error
    assert form.non_field_errors() == [words]


@pytest.mark.parametrize("error", [NotVisible(), NotPermitted("No.")])
def test_what_may_not_be_seen_or_done_is_left_to_the_error_pages(error: Exception) -> None:
    with pytest.raises(type(error)), a_note().domain_errors():
        raise error


def test_after_a_stale_version_a_second_press_goes_through() -> None:
    form = a_note(version=4, sent="3")
    assert form.cleaned_data["version"] == 3
    with form.domain_errors():
        raise StaleVersion("PC Varga changed this at 02:14.")
    assert 'value="4"' in str(form["version"])
    assert form["text"].value() == "words"


def test_a_version_that_was_tampered_with_is_an_error_and_not_a_fault() -> None:
    assert not a_note(version=4, sent="x").is_valid()


def test_a_draft_is_shown_raw_and_without_complaint() -> None:
    form = EverythingForm(
        draft={
            "name": ["Ola"],
            "born_day": ["31"],
            "born_month": ["2"],
            "grade": ["high"],
            "sources": [],
            "told": ["on"],
        }
    )
    html = str(form)
    assert 'value="Ola"' in html
    assert 'name="born_day" value="31"' in html
    assert "checked" in str(form["grade"])
    assert "checked" in str(form["told"])
    assert "checked" not in str(form["sources"])
    assert "govuk-error-message" not in html


def test_drafted_rows_come_back_as_many_as_there_were() -> None:
    rows = InformationRows(prefix="information", draft={"information-2-text": ["third"]})
    assert len(rows.forms) == 3
    assert "third" in str(rows)


def test_only_the_changed_fields_are_saved_and_emptied_ones_too() -> None:
    request = RequestFactory().post(
        "/", "_changed=text&_changed=sources&text=a%00b&untouched=c&_secret=d",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert changes_in(request) == {"text": ["ab"], "sources": []}


def test_the_page_is_told_when_its_words_were_saved() -> None:
    answer = saved(datetime(2026, 7, 18, 1, 14, tzinfo=UTC))
    assert answer.content == b'{"saved_at": "2026-07-18T01:14:00Z"}'


class ListFilter(FilterForm):
    """A filter over a list."""

    grade = CheckboxesField(
        label="Grade", choices=[("low", "Low"), ("high", "High")], required=False
    )
    bcu = SelectField(label="BCU", choices=[("CN", "Central North")], required=False)
    q = TextField(label="Name", required=False)


def test_a_filter_gives_what_is_wanted_and_how_to_take_each_away() -> None:
    form = ListFilter(QueryDict("grade=low&grade=high&bcu=CN&q=&page=3"))
    assert form.wanted == {"grade": ["low", "high"], "bcu": "CN"}
    assert [(chip["text"], chip["without"]) for chip in form.chips] == [
        ("Grade: Low", "?grade=high&bcu=CN&q="),
        ("Grade: High", "?grade=low&bcu=CN&q="),
        ("BCU: Central North", "?grade=low&grade=high&q="),
    ]


def test_a_filter_ignores_what_it_does_not_know() -> None:
    assert ListFilter(QueryDict("bcu=XX&q=Reed")).wanted == {"q": "Reed"}
