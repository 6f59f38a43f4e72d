"""What anybody gives is checked in one place: each kind of value, and the collector."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from core import checks
from core.checks import Complaints
from core.errors import Invalid
from core.forms import HouseForm, PhoneField, PostcodeField, TextField

NOW = datetime(2026, 7, 18, 1, 14, 30, tzinfo=UTC)  # 02:14 in London
SECOND = timedelta(seconds=1)
HOUSE = Path(__file__).parents[2]
APPS = ("core", "officers", "mispers", "riskassessment", "ownership", "assurance", "config")

CHECKS: dict[str, Callable[[Complaints, Any], Any]] = {
    "text": lambda wrong, given: wrong.text("it", given),
    "short text": lambda wrong, given: wrong.text("it", given, most=3),
    "needed text": lambda wrong, given: wrong.text("it", given, required="Say it."),
    "line": lambda wrong, given: wrong.line("it", given),
    "needed line": lambda wrong, given: wrong.line("it", given, required="Say it."),
    "phone": lambda wrong, given: wrong.phone("it", given),
    "postcode": lambda wrong, given: wrong.postcode("it", given),
    "past": lambda wrong, given: wrong.past("it", given),
    "past since": lambda wrong, given: wrong.past(
        "it", given, not_before=NOW - timedelta(hours=1), too_early="Before it began."
    ),
    "needed past": lambda wrong, given: wrong.past("it", given, required="Say when."),
    "birth": lambda wrong, given: wrong.birth("it", given, today=date(2026, 7, 18)),
    "several": lambda wrong, given: wrong.several("it", given, most=2),
}


@pytest.mark.parametrize(
    ("check", "given", "kept"),
    [
        ("text", None, ""),
        ("text", "  two\r\nlines\rand\ta tab \n", "two\nlines\nand\ta tab"),
        ("text", "x" * 10_000, "x" * 10_000),
        ("line", " Zoe\u0308   O\u2019Neill ", "Zo\u00eb O\u2019Neill"),
        ("line", "x" * 200, "x" * 200),
        ("phone", "", ""),
        ("phone", " 020  7946 0000 ", "020 7946 0000"),
        ("phone", "+44 (0)20 7946 0000 ext. 12", "+44 (0)20 7946 0000 ext. 12"),
        ("phone", "\u202d07700 900123\u202c", "07700 900123"),
        ("phone", "07700\u00a0900\u2011123", "07700 900-123"),
        ("phone", "\uff10\uff12\uff10 7946 0000", "020 7946 0000"),
        ("postcode", None, ""),
        ("postcode", "n19gu", "N1 9GU"),
        ("postcode", " sw1a  1aa", "SW1A 1AA"),
        ("postcode", "\u200eN1\u00a09GU", "N1 9GU"),
        ("postcode", "gir0aa", "GIR 0AA"),
        ("past", None, None),
        ("past", NOW - SECOND, NOW - SECOND),
        ("past", NOW + 2 * SECOND, NOW),
        ("past", NOW + 60 * SECOND, NOW),
        ("past", datetime(1890, 1, 1, tzinfo=UTC), datetime(1890, 1, 1, tzinfo=UTC)),
        (
            "past since",
            datetime(2026, 7, 18, 0, 14, tzinfo=UTC),
            datetime(2026, 7, 18, 0, 14, tzinfo=UTC),
        ),
        ("birth", date(2026, 7, 18), date(2026, 7, 18)),
        ("birth", date(1890, 1, 1), date(1890, 1, 1)),
        ("several", None, []),
        ("several", ("a", "b"), ["a", "b"]),
    ],
)
def test_what_can_stand_is_given_back_as_it_is_kept(check: str, given: Any, kept: Any) -> None:
    wrong = Complaints(NOW)
    assert CHECKS[check](wrong, given) == kept
    assert wrong.errors == []


@pytest.mark.parametrize(
    ("check", "given", "code", "message"),
    [
        ("text", 7, "invalid", "This must be text."),
        ("text", "bell \x07", "control_characters", "This contains characters that cannot be"),
        ("text", "half \ud83d", "control_characters", "This contains characters that cannot be"),
        ("short text", "four", "max_length", "This must be 3 characters or fewer."),
        ("text", "x" * 10_001, "max_length", "This must be 10,000 characters or fewer."),
        ("needed text", " \n", "required", "Say it."),
        ("needed text", "bell \x07", "control_characters", "This contains characters that"),
        ("line", "two\nlines", "control_characters", "This contains characters that cannot be"),
        ("line", "x" * 201, "max_length", "This must be 200 characters or fewer."),
        ("needed line", None, "required", "Say it."),
        ("phone", "ring the bell", "wrong_phone", "Enter a telephone number, such as"),
        ("phone", "0" * 31, "max_length", "Telephone number must be 30 characters or fewer."),
        ("phone", "ext", "wrong_phone", "Enter a telephone number, such as"),
        ("postcode", "N1", "postcode", "Enter a full postcode, such as N1 9GU."),
        ("postcode", "N1 9GU 5", "postcode", "Enter a full postcode, such as N1 9GU."),
        ("past", NOW + 61 * SECOND, "in_future", "This is in the future: it is Sat 18 Jul 2026,"),
        ("past", datetime(1889, 12, 31, tzinfo=UTC), "too_early", "Check the year."),
        ("past", datetime.min.replace(tzinfo=UTC), "too_early", "Check the year."),
        ("past since", NOW - timedelta(minutes=61), "too_early", "Before it began."),
        ("needed past", None, "required", "Say when."),
        ("birth", date(2026, 7, 19), "in_future", "The date of birth cannot be in the future."),
        ("birth", date(1889, 12, 31), "too_early", "Check the year of the date of birth."),
        ("several", "ab", "not_a_list", "Give a list."),
        ("several", ["a", "b", "c"], "too_many", "Give at most 2."),
    ],
)
def test_what_cannot_stand_has_one_complaint_at_its_field(
    check: str, given: Any, code: str, message: str
) -> None:
    wrong = Complaints(NOW)
    CHECKS[check](wrong, given)
    assert [(error.field, error.code) for error in wrong.errors] == [("it", code)]
    assert wrong.errors[0].message.startswith(message)
    with pytest.raises(Invalid) as refused:
        wrong.check()
    assert refused.value.errors == wrong.errors


def test_a_complaint_from_inside_a_part_or_a_row_names_the_whole_way() -> None:
    wrong = Complaints(NOW)
    home = wrong.part("person").part("home_address")
    home.postcode("postcode", "London")
    wrong.row("information", 1).line("supplier", "", required="Say who.")
    assert [error.field for error in wrong.errors] == [
        "person.home_address.postcode",
        "information[1].supplier",
    ]
    assert home.has("lines", "postcode")
    assert not wrong.has("postcode")


def refusing(field: str = "due_at") -> Complaints:
    """What a service has noted and is about to raise."""
    wrong = Complaints(NOW)
    wrong.past(field, None, required="Say when it is due.")
    return wrong


def test_what_a_service_within_refuses_is_said_of_its_row() -> None:
    wrong = Complaints(NOW)
    with wrong.row("findings", 2).gathering():
        refusing().check()
    assert [(error.field, error.code) for error in wrong.errors] == [
        ("findings[2].due_at", "required")
    ]


def test_what_a_service_within_refuses_of_its_own_rows_is_said_at_one_field_here() -> None:
    wrong = Complaints(NOW)
    with wrong.gathering({"items": "owner_to"}):
        refusing("items[3].incident").check()
    with wrong.gathering({"items": "owner_to"}):
        refusing("reason").check()
    assert [error.field for error in wrong.errors] == ["owner_to", "reason"]


class Card(HouseForm):
    """A form with each kind of value that other ways in take as well."""

    name = TextField(label="Name")
    phone = PhoneField(label="Telephone number")
    postcode = PostcodeField()


@pytest.mark.parametrize(
    ("field", "typed", "check"),
    [
        ("name", "bell\x07", lambda given: checks.line(given, label="Name")),
        ("name", "x" * 201, lambda given: checks.line(given, label="Name")),
        ("phone", "ring the bell", checks.phone),
        ("phone", "0" * 31, checks.phone),
        ("postcode", "London", checks.postcode),
        ("postcode", "bell\x07", checks.postcode),
    ],
)
def test_a_form_complains_in_the_same_words_under_the_same_code(
    field: str, typed: str, check: Callable[[str], str]
) -> None:
    given = QueryDict(mutable=True)
    given[field] = typed
    (error,) = Card(given).errors.as_data()[field]
    with pytest.raises(checks.Unfit) as unfit:
        check(typed)
    assert (error.code, f"{error.message}.") == (unfit.value.code, unfit.value.message)


# It tells letters from signs to compare names of any script, and refuses nothing.
FOLDING = "mispers/rules/naming/folding.py"


def lines_elsewhere() -> list[str]:
    """Every line of the house, the checks themselves apart, with where it stands."""
    return [
        f"{path.relative_to(HOUSE)}: {line.strip()}"
        for app in APPS
        for path in (HOUSE / app).rglob("*.py")
        if "migrations" not in path.parts
        and HOUSE / "core" / "checks" not in path.parents
        and path != HOUSE / FOLDING
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


@pytest.mark.parametrize(
    ("pattern", "one"),
    [
        (
            r"\[0-9\] ?\??\(?\[A-Z\]\{2\}",
            r'POSTCODE = re.compile(r"[A-Z]{1,2}[0-9] ?[0-9][A-Z]{2}")',
        ),
        (r"0-9\+\(\)|extEXT", r're.fullmatch(r"[0-9+() .\-extEXT#]{3,}", value)'),
        (r"timedelta\(seconds=60\)|(?i:\bdrift|_drift)", "DRIFT = timedelta(seconds=60)"),
        (
            r"\bdate(?:time)?\(1[89]\d\d,|EARLIEST_(?:BIRTH|MOMENT) =",
            "EARLIEST_BIRTH = date(1890, 1, 1)",
        ),
        (r"unicodedata\.category", "unicodedata.category(character) in {'Cc', 'Cs'}"),
        (r"class (?:Complaints|Fields)\b", "class Fields:"),
        (r"\"(?:future|wrong_postcode)\"", 'self.fail("future")'),
    ],
    ids=["postcode", "telephone", "tolerance", "year", "characters", "collector", "code"],
)
def test_nothing_else_decides_what_can_stand(pattern: str, one: str) -> None:
    found = re.compile(pattern)
    assert found.search(one), "the control: such a line is found"
    assert [line for line in lines_elsewhere() if found.search(line)] == []
