"""GET /officers/: who there is, in which role, and who is on duty now."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import clock
from officers.models import BCU, Officer, Shift
from tests.rest import Rest, assert_problem, make_client_system

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
OFFICERS = "/api/v1/officers/"


@pytest.fixture(autouse=True)
def night() -> Iterator[None]:
    """Eleven at night, and the clock stands still."""
    clock.set_to(NOW)
    yield
    clock.release()


@pytest.fixture
def people(bcu: BCU, other_bcu: BCU, make_officer: Callable[..., Officer]) -> dict[str, Officer]:
    """Abara is on duty as inspector, Lim was until 22:00, Okafor belongs to another BCU."""
    abara = make_officer("abara", rank="insp", role="frontline")
    lim = make_officer("lim", rank="insp", role="duty_inspector")
    okafor = make_officer("okafor", bcu=other_bcu)
    make_officer("gone", is_active=False)
    for officer, start in ((abara, 22), (lim, 14)):
        Shift.objects.create(
            bcu=bcu,
            role="duty_inspector",
            officer=officer,
            starts_at=NOW.replace(hour=start),
            ends_at=NOW.replace(hour=start) + timedelta(hours=8),
        )
    return {"abara": abara, "lim": lim, "okafor": okafor}


@pytest.fixture
def system(bcu: BCU, people: dict[str, Officer], playground: None) -> Rest:
    """A client system of the BCU, without an officer."""
    return Rest(make_client_system(bcus=[bcu], scopes=["officers:read"]))


def names(response: Any) -> list[str]:
    """The family names found."""
    assert response.status_code == 200, response.content
    return [row["name"].split()[-1] for row in response.json()["results"]]


def test_an_officer_is_shown_with_roles_of_the_moment(
    system: Rest, people: dict[str, Officer]
) -> None:
    rows = system.get(OFFICERS).json()["results"]
    assert rows[0] == {
        "id": str(people["abara"].pk),
        "name": "Amal Abara",
        "rank": "Inspector",
        "roles": ["frontline", "duty_inspector"],
        "bcu": "ZZ",
        "on_duty": True,
    }
    assert (rows[1]["roles"], rows[1]["on_duty"]) == (["duty_inspector"], False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Abara", "Lim"]),
        ({"role": "duty_inspector"}, ["Abara", "Lim"]),
        ({"role": "duty_inspector", "on_duty": "true"}, ["Abara"]),
        ({"role": "frontline", "on_duty": "true"}, []),
        ({"role": "frontline"}, ["Abara"]),
        ({"bcu": "ZZ", "on_duty": "true"}, ["Abara"]),
        ({"bcu": "ZY", "on_duty": "true"}, []),
        ({"on_duty": "false"}, ["Lim"]),
        ({"bcu": "zz"}, ["Abara", "Lim"]),
        ({"bcu": "ZY"}, []),
    ],
)
def test_officers_are_found_by_bcu_role_and_duty(
    system: Rest, query: dict[str, str], expected: list[str]
) -> None:
    assert names(system.get(OFFICERS, query)) == expected


def test_an_officer_may_look_up_a_colleague_of_another_bcu(
    playground: None, people: dict[str, Officer]
) -> None:
    rest = Rest(make_client_system(force_wide=True), people["abara"])
    assert names(rest.get(OFFICERS, {"bcu": "ZY"})) == ["Okafor"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"bcu": "XX"}, "unknown_bcu"),
        ({"role": "chief"}, "invalid_choice"),
        ({"on_duty": "perhaps"}, "invalid"),
    ],
)
def test_a_filter_that_means_nothing_is_400(system: Rest, query: dict[str, str], code: str) -> None:
    assert_problem(system.get(OFFICERS, query), 400, code)


@pytest.mark.parametrize("more", [0, 10, 50])
def test_the_list_costs_the_same_for_any_number_of_officers(
    system: Rest,
    make_officer: Callable[..., Officer],
    more: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(more):
        make_officer(f"pc{number}")
    # The token, the client's BCUs, the officers and their shifts.
    with django_assert_num_queries(4):
        assert len(names(system.get(OFFICERS, {"limit": "200"}))) == 2 + more
