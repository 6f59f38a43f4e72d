"""Looking somebody up: on the page, in search, in the open list and over REST, by one search."""

from collections.abc import Callable
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from core.errors import Invalid
from mispers.models import Person, ReportDraft
from mispers.rules.naming.parts import name_of
from mispers.selectors.incidents import found_by_words, narrowed, open_incidents_visible_to
from mispers.selectors.name_search import search_names
from mispers.selectors.people import look_up
from mispers.selectors.same_person import Wanted, matches
from mispers.services.corrections import correct_incident
from mispers.services.people import write_name_parts
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.rest import Rest

# Names as they are recorded, and what an officer may say instead.
RECORDED = [
    ("Bartholomew", "de la Cruz", ["de la Cruz", "Cruz", "Delacruz", "Bart de la Cruz"]),
    ("Zoë", "Núñez García", ["Garcia", "Zoe Garcia", "Núñez García", "nunez zoe"]),
    ("Jean Luc", "van der Berg", ["van der Berg", "Jean-Luc Vanderberg", "Berg"]),
    ("D'Artagnan", "Mac Giolla Phádraig", ["Mac Giolla Phadraig", "dartagnan", "MacGiolla"]),
    ("Nguyễn", "Văn An", ["Nguyen Van An", "An Nguyen", "Văn An"]),
    ("Saoirse Anne", "Byrne", ["Saoirse Byrne", "Byrne", "S Byrne", "Byrne, Saoirse"]),
    ("Ruben", "Ashdown-Reid", ["Ashdown", "Reid", "Ruben Reid", "AshdownReid"]),
    ("محمد", "الرشيد", ["Mohammed al-Rashid", "Rasheed", "محمد الرشيد"]),
    ("Юлия", "Щербакова", ["Julia Shcherbakova", "Shcherbakov", "Щербакова"]),
]
SAID = [(given, family, said) for given, family, ways in RECORDED for said in ways]


@pytest.mark.parametrize(("given_name", "family_name", "said"), SAID)
def test_whoever_is_missing_is_found_by_every_search(
    given_name: str, family_name: str, said: str, cn: Unit, now: datetime
) -> None:
    log_incident(cn.frontline, now, given_name="Olive", family_name="Penrose")
    incident = log_incident(cn.frontline, now, given_name=given_name, family_name=family_name)
    (found,) = look_up(cn.frontline, Wanted(said), now=now)
    assert found.missing_as == incident
    assert list(found_by_words(cn.frontline, said)) == [incident]
    visible = open_incidents_visible_to(cn.frontline)
    assert list(narrowed(visible, {"q": said}, now)) == [incident]


def test_reports_by_both_halves_of_a_name_are_offered_at_intake(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, given_name="Ruben", family_name="Ashdown-Reid")
    (match,) = matches(cn.frontline, Wanted("Ruben", "Reid"))
    assert match.latest == incident
    assert match.reasons == ["Same part of the name"]


def test_those_missing_now_come_first_however_alike_the_others(cn: Unit, now: datetime) -> None:
    closed = Person.objects.create(given_name="Katharine", family_name="Macdonald")
    write_name_parts([closed])
    missing = log_incident(cn.frontline, now, given_name="Kathryn", family_name="McDonald")
    found = look_up(cn.frontline, Wanted("Katharine Macdonald"), now=now)
    assert [each.match.person.pk for each in found] == [missing.person_id, closed.pk]
    assert [each.missing_as for each in found] == [missing, None]


def test_a_year_of_birth_decides_between_namesakes(cn: Unit, now: datetime) -> None:
    born = [date(year, 5, 1) for year in (1960, 1989, 1990, 2009)]
    logged = {
        day.year: log_incident(
            cn.frontline, now, given_name="Ada", family_name="Penrose", date_of_birth=day
        )
        for day in born
    }
    found = look_up(cn.frontline, Wanted("Penrose", year_of_birth=1990), now=now)
    assert found[0].missing_as == logged[1990]
    assert found[1].missing_as == logged[1989]
    # The others stay: a year may be wrong.
    assert len(found) == 4


def test_one_letter_is_too_little(cn: Unit, now: datetime) -> None:
    with pytest.raises(Invalid):
        look_up(cn.frontline, Wanted("A"), now=now)


@pytest.mark.parametrize("people", [1, 10, 50])
def test_a_look_up_costs_the_same_however_many_are_found(
    people: int, cn: Unit, now: datetime
) -> None:
    for number in range(people):
        log_incident(
            cn.frontline, now, given_name="Ada", family_name="Penrose",
            date_of_birth=date(1950 + number, 1, 1),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        look_up(cn.frontline, Wanted("Penrose"), now=now)
    assert len(asked) == 5


def test_a_corrected_name_is_found_and_the_old_one_is_not(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, given_name="Ada", family_name="Penrose")
    changes = {"person": {"family_name": "Okafor"}}
    correct_incident(incident.reference, by=cn.frontline, now=now, changes=changes)
    assert look_up(cn.frontline, Wanted("Penrose"), now=now) == []
    (found,) = look_up(cn.frontline, Wanted("Okafor"), now=now)
    assert found.missing_as == incident


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_nobody_without_the_parts_of_their_name() -> None:
    with pytest.raises(IntegrityError, match="parts of their name"), transaction.atomic():
        Person.objects.create(given_name="Ada", family_name="Penrose")
    with transaction.atomic():
        Person.objects.create(unknown=True)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_another_name_with_the_parts_of_the_old() -> None:
    with transaction.atomic():
        person = Person.objects.create(given_name="Ada", family_name="Penrose")
        write_name_parts([person])
    with (
        pytest.raises(IntegrityError, match="parts of their name"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE mispers_person SET family_name = 'Okafor'")
    with (
        pytest.raises(IntegrityError, match="parts of their name"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM mispers_namepart")
    assert search_names(name_of("Penrose"))[0].person == person.pk


def test_no_match_never_says_that_somebody_is_not_missing(
    cn: Unit, now: datetime, browser_as: Callable[..., Browser]
) -> None:
    cn.bcu.telephone = "020 7946 0704"
    cn.bcu.save()
    page = browser_as(cn.frontline).get(
        "/people/",
        {
            "name": "Saoirse O'Driscoll",
            "date_of_birth_day": "9",
            "date_of_birth_month": "8",
            "date_of_birth_year": "1990",
        },
    )
    text = page.content.decode()
    assert "No match" in text
    assert "does not mean that they are not missing" in text
    assert "tel:02079460704" in text
    assert "odriscoll" in text
    assert str(cn.inspector) in text


def test_without_a_number_none_is_made_up(
    cn: Unit, now: datetime, browser_as: Callable[..., Browser]
) -> None:
    text = browser_as(cn.frontline).get("/people/", {"name": "Penrose"}).content.decode()
    assert "no number of that desk is held here" in text
    assert "tel:" not in text


def test_what_was_typed_is_carried_into_the_report(
    cn: Unit, now: datetime, browser_as: Callable[..., Browser]
) -> None:
    browser = browser_as(cn.frontline)
    asked = {
        "given_name": "Bartholomew",
        "family_name": "de la Cruz",
        "date_of_birth_day": "1",
        "date_of_birth_month": "1",
        "date_of_birth_year": "1960",
    }
    page = browser.get("/people/", {**asked, "name": "Bartholomew de la Cruz"}).content.decode()
    for name, value in asked.items():
        assert f'name="{name}" value="{value}"' in page
    started = browser.post("/report/", asked)
    draft = ReportDraft.objects.get()
    assert {name: draft.data[name] for name in asked} == {
        name: [value] for name, value in asked.items()
    }
    assert 'value="de la Cruz"' in browser.get(started["Location"]).content.decode()


def test_over_rest_by_year_and_in_any_order(
    cn: Unit, ne: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    ne.bcu.telephone = "020 7946 0707"
    ne.bcu.save()
    born = date(2001, 1, 2)
    incident = log_incident(
        ne.frontline, now, given_name="Zoë", family_name="Núñez García", date_of_birth=born
    )
    query = {"name": "garcia zoe", "year_of_birth": "2001"}
    (found,) = api(cn.frontline).get("/api/v1/people/", query).json()["results"]
    assert found["incident"]["reference"] == incident.reference
    assert found["telephone"] == "020 7946 0707"
    assert "same year of birth" in found["reasons"]
    wrong = api(cn.frontline).get("/api/v1/people/", {"name": "garcia", "year_of_birth": "1"})
    assert wrong.status_code == 400


def test_the_command_prints_recall_by_tradition_with_intervals() -> None:
    out = StringIO()
    call_command("measure_names", stdout=out)
    text = out.getvalue()
    assert "Held-out part" in text
    assert "Vietnamese" in text
    assert "recall" in text
