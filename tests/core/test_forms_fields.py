"""What each field accepts, and what it says when it does not."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from core import clock
from core.forms import HouseForm, LongTextField, TextField
from core.forms.reading import Unreadable, read_day, read_moment, read_time
from tests.core.pages_playground import EverythingForm, NoteForm

NOW = datetime(2026, 7, 18, 1, 14, 30, tzinfo=UTC)  # 02:14 in London


def errors(query: str, field: str) -> list[str]:
    form = EverythingForm(QueryDict(query))
    return [str(message) for message in form.errors.get(field, [])]


@pytest.mark.parametrize("unstorable", ["%00", "%07", "%1B[31m", "%C2%85"])
def test_control_characters_are_refused_at_the_field(unstorable: str) -> None:
    form = NoteForm(QueryDict(f"text=before{unstorable}after"))
    assert form.errors["text"] == ["Note contains characters that cannot be stored"]


def test_half_a_character_is_refused() -> None:
    data = QueryDict(mutable=True)
    data["text"] = "half \ud83d of it"
    assert NoteForm(data).errors["text"] == ["Note contains characters that cannot be stored"]


@pytest.mark.parametrize(
    "text", ["Zoë O'Neill", "李小龙", "two\nlines\tand a tab", "👩🏽‍🚒", "عبد"]
)
def test_what_people_write_is_kept_as_it_is(text: str) -> None:
    data = QueryDict(mutable=True)
    data["text"] = text
    form = NoteForm(data)
    assert form.is_valid()
    assert form.cleaned_data["text"] == text


def test_a_line_break_does_not_fit_in_one_line() -> None:
    assert errors("name=Ola%0AReed", "name") == [
        "Given name contains characters that cannot be stored"
    ]


def test_text_that_is_too_long_is_told_the_limit_and_kept() -> None:
    data = QueryDict(mutable=True)
    data["text"] = "x" * 100_000
    form = NoteForm(data)
    assert form.errors["text"] == ["Note must be 10,000 characters or fewer"]
    assert form["text"].value() == "x" * 100_000


def test_a_line_break_counts_once_whatever_the_browser_sends() -> None:
    class Form(HouseForm):
        text = LongTextField(label="Text", max_length=3)

    form = Form(QueryDict("text=a%0D%0Ab"))
    assert form.is_valid()
    assert form.cleaned_data["text"] == "a\nb"


def test_the_browser_does_not_cut_a_paste_short() -> None:
    class Form(HouseForm):
        name = TextField(label="Name", max_length=5)

    assert "maxlength" not in str(Form()["name"])


@pytest.mark.parametrize(
    ("typed", "given"), [("n19gu", "N1 9GU"), ("SW1A 1AA", "SW1A 1AA"), (" e1  6an ", "E1 6AN")]
)
def test_a_postcode_is_spelled_one_way(typed: str, given: str) -> None:
    form = EverythingForm(QueryDict(f"postcode={typed}"))
    assert "postcode" not in form.errors
    assert form.cleaned_data["postcode"] == given


@pytest.mark.parametrize("typed", ["N1", "12345", "N1 9GUX", "London"])
def test_a_wrong_postcode_is_told_what_a_postcode_is(typed: str) -> None:
    assert errors(f"postcode={typed}", "postcode") == ["Enter a full postcode, such as N1 9GU"]


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("31", "2", "2009", "Date of birth must be a real date"),
        ("x", "2", "2009", "Date of birth must be a real date, such as 27 3 2009"),
        ("1", "13", "2009", "Date of birth must have a month from 1 to 12"),
        ("1", "2", "09", "Date of birth must have a year of four figures, such as 2009"),
        ("1", "", "2009", "Date of birth must include a month"),
        ("²", "1", "2009", "Date of birth must be a real date, such as 27 3 2009"),
    ],
)
def test_a_wrong_day_says_what_is_wrong_with_it(
    day: str, month: str, year: str, message: str
) -> None:
    query = f"born_day={day}&born_month={month}&born_year={year}"
    assert errors(query, "born") == [message]


@pytest.mark.parametrize("month", ["3", "03", "mar", "March"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = EverythingForm(QueryDict(f"born_day=27&born_month={month}&born_year=2009"))
    assert "born" not in form.errors
    assert form.cleaned_data["born"] == date(2009, 3, 27)


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("now", "", datetime(2026, 7, 18, 1, 14, tzinfo=UTC)),
        ("", "Now", datetime(2026, 7, 18, 1, 14, tzinfo=UTC)),
        ("today", "0214", datetime(2026, 7, 18, 1, 14, tzinfo=UTC)),
        ("yesterday", "23:50", datetime(2026, 7, 17, 22, 50, tzinfo=UTC)),
        ("18/7", "2.14pm", datetime(2026, 7, 18, 13, 14, tzinfo=UTC)),
        ("31/12", "noon", datetime(2026, 12, 31, 12, 0, tzinfo=UTC)),
        ("2/3", "12am", datetime(2026, 3, 2, 0, 0, tzinfo=UTC)),
        ("18 Jul 2026", "214", datetime(2026, 7, 18, 1, 14, tzinfo=UTC)),
        ("Sat 18 July", "2:14 am", datetime(2026, 7, 18, 1, 14, tzinfo=UTC)),
        ("180726", "1430hrs", datetime(2026, 7, 18, 13, 30, tzinfo=UTC)),
        ("2026-12-01", "09:00", datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
        ("2026/12/01", "09:00:30", datetime(2026, 12, 1, 9, 0, 30, tzinfo=UTC)),
        ("1/12/2026", "9:00:00 AM", datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
        ("1/12/2026", "09:00:00.000", datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
        ("25/10/2026", "01:30 BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("25/10/2026", "01:30 gmt", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_people_type_it(day: str, time: str, moment: datetime) -> None:
    assert read_moment(day, time, now=NOW) == moment


@pytest.mark.parametrize(
    ("day", "time", "part", "words"),
    [
        ("", "0214", "day", "date as well"),
        ("today", "", "time", "time as well"),
        ("31/2/2026", "0214", "day", "real date"),
        ("soon", "0214", "day", "Enter a date"),
        ("18 Foo", "0214", "day", "month"),
        ("today", "25:00", "time", "between 00:00 and 23:59"),
        ("today", "13pm", "time", "Enter a time"),
        ("today", "021400", "time", "Enter a time"),
        ("today", "02:14:60", "time", "between 00:00 and 23:59"),
        ("today", "teatime", "time", "Enter a time"),
        ("25/10/2026", "01:30", "time", "came twice"),
        ("29/3/2026", "01:30", "time", "no such time"),
    ],
)
def test_an_unreadable_moment_names_its_box(day: str, time: str, part: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        read_moment(day, time, now=NOW)
    assert refused.value.part == part


def test_nothing_typed_is_no_moment() -> None:
    assert read_moment(" ", "", now=NOW) is None


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert read_day("28/12", today=date(2026, 1, 3)) == date(2025, 12, 28)
    assert read_day("3/1", today=date(2026, 12, 28)) == date(2027, 1, 3)
    assert read_day("29/2", today=date(2027, 11, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text", ["2026-11-02 00:00:00", "2/11/2026 00:00", "2026-11-02T00:00:00.000"]
)
def test_a_day_may_have_its_midnight_beside_it(text: str) -> None:
    assert read_day(text, today=date(2026, 1, 3)) == date(2026, 11, 2)


def test_a_day_has_no_other_time() -> None:
    with pytest.raises(Unreadable):
        read_day("2026-11-02 09:00", today=date(2026, 1, 3))


def test_midnight_is_the_start_of_the_day() -> None:
    assert read_time("midnight").isoformat() == "00:00:00"


def test_a_moment_field_gives_utc_and_shows_london() -> None:
    clock.set_to(NOW)
    form = EverythingForm(QueryDict("seen_day=today&seen_time=0214"))
    assert "seen" not in form.errors
    assert form.cleaned_data["seen"] == datetime(2026, 7, 18, 1, 14, tzinfo=UTC)
    html = str(EverythingForm(initial={"seen": form.cleaned_data["seen"]})["seen"])
    assert 'value="18/07/2026"' in html
    assert 'value="02:14"' in html


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("name", "Enter given name"),
        ("grade", "Choose grade"),
        ("bcu", "Choose BCU"),
        ("before", "Answer yes or no: have they been missing before"),
        ("told", "Tick the box: the family has been told"),
    ],
)
def test_a_missing_answer_is_asked_for_in_the_words_of_its_label(field: str, message: str) -> None:
    assert errors("x=1", field) == [message]
