"""Reading a record is written down: who, when, through which system, and why."""

from typing import Any

import pytest

from core.models import Access
from officers.models import BCU, Officer
from tests.rest import Rest, assert_problem, make_client_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(rest: Rest) -> str:
    """Where a new note is."""
    return str(rest.post("/api/v1/notes/", {"title": "first"}).headers["Location"])


def test_a_consultation_is_logged_with_its_reason(
    rest: Rest, address: str, officer: Officer
) -> None:
    assert rest.get(address, Reason="Handover at 22:00").status_code == 200
    access = Access.objects.get()
    assert access.kind == Access.Kind.CONSULTATION
    assert access.officer == officer
    assert access.client.startswith("Test system")
    assert access.reason == "Handover at 22:00"
    assert access.stream.startswith("NOTE-")


def test_a_system_reading_in_its_own_name_is_logged_by_its_name(address: str, bcu: BCU) -> None:
    client = make_client_system(bcus=[bcu])
    assert Rest(client).get(address).status_code == 200
    access = Access.objects.get()
    assert (access.officer, access.client) == (None, client.name)


def test_reading_again_what_has_not_changed_is_logged_too(rest: Rest, address: str) -> None:
    tag = rest.get(address).headers["ETag"]
    assert rest.get(address, If_None_Match=tag).status_code == 304
    assert Access.objects.count() == 2


def test_a_reason_in_utf8_is_kept_as_typed(rest: Rest, address: str) -> None:
    # As a server hands it over: the bytes of UTF-8 read as Latin-1.
    rest.get(address, Reason="Zoë Müller rang".encode().decode("latin-1"))
    assert Access.objects.get().reason == "Zoë Müller rang"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "a\tb"])
def test_a_reason_has_1_to_200_characters(rest: Rest, address: str, reason: str) -> None:
    assert_problem(rest.get(address, Reason=reason), 400, "invalid_reason")
    assert not Access.objects.exists()


def test_a_reason_may_be_made_mandatory(rest: Rest, address: str, settings: Any) -> None:
    settings.MISPERS_REASON_MANDATORY = True
    assert_problem(rest.get(address), 400, "reason_required")
    assert rest.get(address, Reason="Review").status_code == 200
    assert Access.objects.count() == 1


def test_what_is_not_there_is_not_logged(rest: Rest, playground: None) -> None:
    assert_problem(rest.get("/api/v1/notes/999999/"), 404, "not_found")
    assert not Access.objects.exists()
