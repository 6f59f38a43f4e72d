"""What a deadline is about, as its type and as its column has it."""

from datetime import UTC, datetime, timedelta

import pytest

from mispers.rules.codes import FALLING_DUE, About, Code, due_of
from ownership.models import Deadline
from ownership.rules.subjects import (
    WHOLE,
    OfAction,
    OfAssessment,
    OfHandoverItem,
    OfMarker,
    OfShift,
    Subject,
    Unknown,
    subject_of,
)
from tests.moments import NOW, london

BOUNDARY = datetime(2026, 7, 18, 21, 0, tzinfo=UTC)
SPELLED: list[tuple[Code, Subject, str]] = [
    (Code.SEARCH_1, WHOLE, ""),
    (Code.ACT_2, OfAction(7), "7"),
    (Code.RISK_3, OfAssessment(7), "7"),
    (Code.RISK_4, OfAssessment(7), "7"),
    (Code.OWN_5, OfHandoverItem(7), "7"),
    (Code.OWN_5, OfShift(BOUNDARY), "shift 2026-07-18T21:00Z"),
    (Code.CHILD_2, OfMarker("cse"), "cse"),
]


@pytest.mark.parametrize(("code", "subject", "spelled"), SPELLED)
def test_a_subject_is_spelled_one_way_and_read_back(
    code: Code, subject: Subject, spelled: str
) -> None:
    assert subject.spelled == spelled
    assert subject_of(code, spelled) == subject
    assert Deadline(code=code, subject=spelled).about == subject


def test_everything_that_a_code_may_be_about_is_spelled_above() -> None:
    told = {About.INCIDENT, *(each for code, *_ in SPELLED for each in due_of(code).about)}
    assert told == {each for code in FALLING_DUE for each in due_of(code).about} == set(About)


@pytest.mark.parametrize(
    ("code", "spelled"),
    [
        (Code.ACT_2, ""),
        (Code.ACT_2, "s1"),
        (Code.ACT_2, "-1"),
        (Code.ACT_2, "\N{ARABIC-INDIC DIGIT ONE}"),
        (Code.RISK_1, "7"),
        (Code.OWN_5, "shift"),
        (Code.OWN_5, "shift yesterday"),
        (Code.CHILD_2, ""),
    ],
)
def test_what_cannot_be_read_is_kept_and_taken_for_nothing(code: Code, spelled: str) -> None:
    assert subject_of(code, spelled) == Unknown(spelled)
    assert subject_of(code, spelled).spelled == spelled


def test_the_same_number_of_two_kinds_is_not_the_same_subject() -> None:
    subjects: set[Subject] = {OfAction(7), OfAssessment(7), OfHandoverItem(7)}
    assert len(subjects) == 3


def test_a_change_of_shift_is_one_however_it_is_told() -> None:
    assert OfShift(london("2026-07-18 22:00")) == OfShift(BOUNDARY + timedelta(seconds=59))
    assert OfShift(BOUNDARY) != OfShift(NOW)
