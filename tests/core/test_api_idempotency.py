"""A write repeated under its Idempotency-Key is done once; key and write stand or fall together."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock
from core.api import idempotency
from core.models import GivenAnswer
from officers.models import BCU, Officer
from tests.core.playground import Note
from tests.rest import Rest, assert_problem, make_client_system

pytestmark = pytest.mark.django_db

NOTES = "/api/v1/notes/"


def test_the_same_key_and_body_gives_the_first_answer_again(rest: Rest) -> None:
    first = rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
    again = rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for header in ("Location", "ETag", "Content-Type"):
        assert again.headers[header] == first.headers[header]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Note.objects.count() == 1


def test_spacing_and_order_of_members_make_no_other_body(rest: Rest) -> None:
    for body in (b'{"title": "a", "text": "b"}', b'{"text":"b","title":"a"}'):
        response = rest.http.post(
            NOTES,
            body,
            content_type="application/json",
            headers={**rest.headers, "Idempotency-Key": "k-1"},
        )
        assert response.status_code == 201
    assert Note.objects.count() == 1


def test_another_body_under_the_same_key_is_422(rest: Rest) -> None:
    rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
    response = rest.post(NOTES, {"title": "b"}, Idempotency_Key="k-1")
    assert_problem(response, 422, "idempotency_key_reused")
    assert Note.objects.count() == 1


def test_a_key_belongs_to_its_caller(
    rest: Rest, bcu: BCU, make_officer: Callable[..., Officer]
) -> None:
    client = make_client_system(bcus=[bcu])
    for caller in (rest, Rest(client, make_officer("abara")), Rest(client, make_officer("lim"))):
        response = caller.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
        assert "Idempotency-Replayed" not in response.headers
    assert Note.objects.count() == 3


def test_a_key_belongs_to_its_address(rest: Rest) -> None:
    address = rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1").headers["Location"]
    changed = rest.patch(address, {"title": "a"}, Idempotency_Key="k-1", If_Match='"1"')
    assert changed.json()["version"] == 2


def test_a_change_repeated_is_not_stale(rest: Rest) -> None:
    address = rest.post(NOTES, {"title": "a"}).headers["Location"]
    for _ in range(2):
        changed = rest.patch(address, {"title": "b"}, Idempotency_Key="k-1", If_Match='"1"')
        assert (changed.status_code, changed.json()["version"]) == (200, 2)


def test_an_answer_without_a_body_is_repeated_too(rest: Rest) -> None:
    address = rest.post(NOTES, {"title": "a"}).headers["Location"]
    for _ in range(2):
        assert rest.delete(address, Idempotency_Key="k-1").status_code == 204


def test_a_refused_write_leaves_no_key_and_may_be_put_right(rest: Rest) -> None:
    assert_problem(
        rest.post("/api/v1/refuse/conflict/", Idempotency_Key="k-1"), 409, "already_accepted"
    )
    assert_problem(rest.post(NOTES, {"title": ""}, Idempotency_Key="k-2"), 400, "blank")
    assert not GivenAnswer.objects.exists()
    assert rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-2").status_code == 201


def test_a_defect_leaves_neither_key_nor_write(rest: Rest) -> None:
    with pytest.raises(ZeroDivisionError):
        rest.post(NOTES, {"title": "defect"}, Idempotency_Key="k-1")
    assert not Note.objects.exists()
    assert not GivenAnswer.objects.exists()


def test_a_key_that_cannot_be_kept_undoes_its_write(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**row: object) -> None:
        raise MemoryError

    monkeypatch.setattr(GivenAnswer.objects, "create", fail)
    with pytest.raises(MemoryError):
        rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
    assert not Note.objects.exists()


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "ké"])
def test_a_key_is_1_to_255_visible_characters(rest: Rest, key: str) -> None:
    response = rest.post(NOTES, {"title": "a"}, Idempotency_Key=key)
    assert_problem(response, 400, "invalid_idempotency_key")


def test_a_key_is_forgotten_after_24_hours(rest: Rest) -> None:
    rest.post(NOTES, {"title": "a"}, Idempotency_Key="k-1")
    GivenAnswer.objects.update(at=clock.now() - timedelta(hours=24, seconds=1))
    assert rest.post(NOTES, {"title": "b"}, Idempotency_Key="k-1").status_code == 201
    assert Note.objects.count() == 2


def test_the_purge_forgets_what_is_old_and_keeps_the_rest(rest: Rest) -> None:
    rest.post(NOTES, {"title": "a"}, Idempotency_Key="old")
    GivenAnswer.objects.update(at=clock.now() - timedelta(hours=24))
    rest.post(NOTES, {"title": "a"}, Idempotency_Key="new")
    assert idempotency.purge(now=clock.now()) == 1
    assert GivenAnswer.objects.get().key == "new"
