"""What a form looks like to a browser and a screen reader."""

import re

import pytest
from django.http import QueryDict

from core.forms import HouseForm, TextField
from tests.core.pages_playground import EverythingForm, InformationRows, NoteForm, PlainForm
from tests.core.rendering import Elements, shown

SUMMARY = "{% error_summary form rows %}"


def posted(text: str = "") -> QueryDict:
    return QueryDict(text)


def test_every_link_of_the_error_summary_leads_to_a_control_that_is_there() -> None:
    form = EverythingForm(posted("x=1"))
    page = Elements(shown(SUMMARY + "{{ form }}", form=form))
    links = [href for href in page.values("href") if href.startswith("#")]
    controls = {
        attrs.get("id") for tag, attrs in page.found if tag in {"input", "select", "textarea"}
    }
    assert len(links) == len(form.fields)
    assert {link[1:] for link in links} <= controls


@pytest.mark.parametrize(
    ("field", "first"),
    [("grade", "id_grade_0"), ("sources", "id_sources_0"), ("before", "id_before_0")],
)
def test_a_link_to_a_group_focuses_its_first_option(field: str, first: str) -> None:
    form = EverythingForm(posted("x=1"))
    assert f'href="#{first}"' in shown(SUMMARY, form=form)


def test_a_link_to_a_date_focuses_the_box_that_is_wrong() -> None:
    form = EverythingForm(posted("born_day=1&born_month=2&born_year="))
    assert 'href="#id_born_year"' in shown(SUMMARY, form=form)
    assert form.errors["born"] == ["Date of birth must include a year"]


def test_an_error_is_tied_to_its_control_and_says_that_it_is_one() -> None:
    html = str(NoteForm(posted("x=1"))["text"].as_field_group())
    assert '<span class="govuk-visually-hidden">Error:</span> Enter note' in html
    assert "govuk-form-group--error" in html
    described = Elements(html).values("aria-describedby")[0].split()
    assert described == ["id_text_error", "id_text-info"]
    assert set(described) <= set(Elements(html).ids())


def test_a_group_of_options_is_a_fieldset_with_a_legend() -> None:
    html = str(EverythingForm()["grade"].as_field_group())
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Grade</legend>", html)
    assert 'aria-describedby="id_grade_0_helptext"' in html


def test_no_id_is_used_twice() -> None:
    rows = InformationRows(prefix="information")
    html = shown("{{ form }}{{ rows }}", form=EverythingForm(), rows=rows)
    ids = Elements(html).ids()
    assert len(ids) == len(set(ids))


def test_optional_fields_say_so() -> None:
    class Form(HouseForm):
        nickname = TextField(label="Nickname", required=False)

    assert "(optional)" in str(Form()["nickname"].as_field_group())
    assert "(optional)" not in str(NoteForm()["text"].as_field_group())


def test_what_was_typed_is_shown_again_escaped() -> None:
    form = NoteForm(posted("text=%3Cscript%3Ealert(1)%3C/script%3E%00"))
    html = str(form["text"].as_field_group())
    assert not form.is_valid()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in html


def test_a_form_of_django_looks_like_the_others() -> None:
    html = str(PlainForm(posted("x=1"))["word"].as_field_group())
    assert 'class="govuk-input govuk-input--error"' in html


def test_a_title_says_error_only_when_there_is_one() -> None:
    source = "{% error_prefix %}"
    assert shown(source, form=NoteForm()) == ""
    assert shown(source, form=NoteForm(posted("text=x"))) == ""
    assert shown(source, form=NoteForm(posted("text="))) == "Error: "


def test_rows_ask_for_the_least_and_offer_one_more() -> None:
    html = shown("{{ rows }}", rows=InformationRows(prefix="information"))
    assert html.count("data-row-title") == 3  # the required one, the spare one, the template
    assert 'name="information-TOTAL_FORMS" value="2"' in html


def test_an_empty_spare_row_is_dropped_and_a_missing_one_is_named_in_the_summary() -> None:
    management = "information-TOTAL_FORMS=2&information-INITIAL_FORMS=0"
    rows = InformationRows(
        posted(f"{management}&information-0-text=Seen&information-0-supplier=Aunt"),
        prefix="information",
    )
    assert rows.is_valid()
    assert rows.entries == [{"text": "Seen", "supplier": "Aunt"}]

    empty = InformationRows(posted(f"{management}&information-0-text=Seen"), prefix="information")
    html = shown(SUMMARY, rows=[empty])
    assert "Piece of information 1: Enter who supplied it" in html
    assert 'href="#id_information-0-supplier"' in html
