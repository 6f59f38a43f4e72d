"""ETags: a reader is told that nothing changed, and a change made on an old state is refused."""

import re

import pytest

from tests.core.playground import Note
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(rest: Rest) -> str:
    """Where a new note is."""
    response = rest.post("/api/v1/notes/", {"title": "first"})
    assert response.status_code == 201
    return str(response.headers["Location"])


def test_what_is_shown_has_a_strong_tag_with_its_version(rest: Rest, address: str) -> None:
    tag = rest.get(address).headers["ETag"]
    assert re.fullmatch(r'"1-[0-9a-f]{16}"', tag)


def test_a_reader_who_has_it_is_told_so(rest: Rest, address: str) -> None:
    tag = rest.get(address).headers["ETag"]
    again = rest.get(address, If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    rest.patch(address, {"title": "second"}, If_Match=tag)
    assert rest.get(address, If_None_Match=tag).status_code == 200


def test_a_change_needs_the_tag(rest: Rest, address: str) -> None:
    assert_problem(rest.patch(address, {"title": "second"}), 428, "if_match_required")


def test_a_change_on_the_current_state_is_made_and_answers_the_new_tag(
    rest: Rest, address: str
) -> None:
    changed = rest.patch(address, {"title": "second"}, If_Match=rest.get(address).headers["ETag"])
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.headers["ETag"] == rest.get(address).headers["ETag"]


@pytest.mark.parametrize("tag", ['"1"', "*"])
def test_the_bare_version_and_the_star_are_taken(rest: Rest, address: str, tag: str) -> None:
    assert rest.patch(address, {"title": "second"}, If_Match=tag).status_code == 200


@pytest.mark.parametrize("tag", ['"2"', '"0-abc"', '"something-else"', 'W/"1"'])
def test_a_change_on_another_state_is_refused(rest: Rest, address: str, tag: str) -> None:
    assert_problem(rest.patch(address, {"title": "x"}, If_Match=tag), 412, "stale_version")
    assert Note.objects.get().title == "first"


@pytest.mark.parametrize("tag", ["1", '"1", "2"', '"'])
def test_a_tag_that_is_none_is_400(rest: Rest, address: str, tag: str) -> None:
    assert_problem(rest.patch(address, {"title": "x"}, If_Match=tag), 400, "invalid_if_match")


def test_an_endpoint_that_drops_the_version_is_a_defect(rest: Rest, address: str) -> None:
    with pytest.raises(RuntimeError, match="expected_version"):
        rest.patch(f"{address}forgetful/", {"title": "x"}, If_Match='"1"')
    assert Note.objects.get().title == "first"


def test_a_command_may_be_sent_without_a_tag_and_honours_one(rest: Rest, address: str) -> None:
    assert rest.post(f"{address}system/", {"title": "second"}).status_code == 200
    stale = rest.post(f"{address}system/", {"title": "third"}, If_Match='"1"')
    assert_problem(stale, 412, "stale_version")


def test_answers_are_kept_by_nobody_between(rest: Rest, address: str) -> None:
    assert rest.get(address).headers["Cache-Control"] == "private, no-store"
