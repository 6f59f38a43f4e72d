"""Finding who was reported before: a table of likenesses, and what a reader may see of them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Access
from mispers.selectors.same_person import Wanted, matches
from mispers.services.drafts import start_draft
from mispers.services.lookups import matches_for_draft
from tests.conftest import Unit
from tests.factories.incidents import log_incident

BORN = date(2009, 5, 1)
KNOWN: dict[str, Any] = {
    "given_name": "Katharine",
    "family_name": "Macdonald",
    "date_of_birth": BORN,
}


LIKE = [
    ({}, ["Same name", "same date of birth"]),
    ({"given_name": "Kathryn"}, ["Another form of the name", "same date of birth"]),
    ({"given_name": "Kate"}, ["Another form of the name", "same date of birth"]),
    ({"family_name": "McDonald"}, ["Name sounds the same", "same date of birth"]),
    (
        {"given_name": "Macdonald", "family_name": "Katharine"},
        ["Same names, the other way round", "same date of birth"],
    ),
    ({"date_of_birth": date(2009, 1, 5)}, ["Same name", "day and month of birth swapped"]),
    ({"date_of_birth": date(2008, 5, 1)}, ["Same name", "year of birth differs by one"]),
    ({"date_of_birth": date(2010, 5, 1)}, ["Same name", "year of birth differs by one"]),
    ({"date_of_birth": None}, ["Same name"]),
    ({"date_of_birth": date(1960, 2, 2)}, ["Same name", "other date of birth"]),
    ({"given_name": ""}, ["Same family name", "same date of birth"]),
    ({"given_name": "", "date_of_birth": None}, ["Same family name"]),
    ({"family_name": ""}, ["Same given name", "same date of birth"]),
    ({"given_name": "Olive"}, ["Same family name", "same date of birth"]),
]
UNLIKE = [
    {"given_name": "Olive", "family_name": "Penrose"},
    {"given_name": "Olive", "date_of_birth": date(1960, 2, 2)},
    {"given_name": "", "family_name": "Penrose"},
    {"given_name": "", "family_name": "", "date_of_birth": BORN},
]


@pytest.mark.parametrize(("typed", "reasons"), LIKE)
def test_a_likeness_is_found_and_says_why(
    typed: dict[str, Any], reasons: list[str], cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now, **KNOWN)
    (match,) = matches(cn.frontline, Wanted(**KNOWN | typed))
    assert match.person.pk == incident.person_id
    assert match.reasons == reasons
    assert match.incidents == [incident]
    assert match.missing_as == incident


@pytest.mark.parametrize("typed", UNLIKE)
def test_an_unlike_person_is_not_offered(typed: dict[str, Any], cn: Unit, now: datetime) -> None:
    log_incident(cn.frontline, now, **KNOWN)
    assert matches(cn.frontline, Wanted(**KNOWN | typed)) == []


def test_the_likeliest_stands_first_and_ten_are_enough(cn: Unit, now: datetime) -> None:
    for year in range(1960, 1972):
        log_incident(cn.frontline, now, **KNOWN | {"date_of_birth": date(year, 1, 1)})
    best = log_incident(cn.frontline, now, **KNOWN | {"given_name": "Kathryn"})
    found = matches(cn.frontline, Wanted(**KNOWN))
    assert found[0].person.pk == best.person_id
    assert len(found) == 10


def test_of_another_bcu_only_the_number_is_told(cn: Unit, ne: Unit, now: datetime) -> None:
    log_incident(ne.frontline, now, **KNOWN)
    log_incident(ne.frontline, now, **KNOWN)
    (match,) = matches(cn.frontline, Wanted(**KNOWN))
    assert match.incidents == []
    assert match.elsewhere == {"NE": 2}


@pytest.mark.parametrize("people", [1, 10, 50])
def test_three_queries_find_everybody(people: int, cn: Unit, now: datetime) -> None:
    for number in range(people):
        log_incident(cn.frontline, now, **KNOWN | {"date_of_birth": date(1950 + number, 1, 1)})
    with CaptureQueriesContext(connection) as asked:
        matches(cn.frontline, Wanted(**KNOWN))
    assert len(asked) == 3


def test_the_same_question_of_a_draft_is_logged_once(cn: Unit, now: datetime) -> None:
    draft = start_draft(by=cn.frontline, now=now)
    for wanted in (Wanted("Kate", "Macdonald"), Wanted("Kate", "Macdonald"), Wanted("Kate", "Mac")):
        matches_for_draft(draft, wanted, by=cn.frontline, now=now)
    searches = Access.objects.filter(kind=Access.Kind.SEARCH, officer=cn.frontline)
    assert [each.detail["family_name"] for each in searches.order_by("pk")] == ["Macdonald", "Mac"]
