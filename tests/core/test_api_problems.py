"""Every failure is RFC 9457 problem details with a stable code, and tells nothing of the inside."""

import json
from typing import Any

import pytest
from django.test import Client as Browser

from tests.core.playground import Note
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("invalid", 400, "invalid"),
        ("unprocessable", 422, "differs_because_required"),
        ("not-permitted", 403, "not_permitted"),
        ("not-visible", 404, "not_found"),
        ("conflict", 409, "already_accepted"),
        ("barred", 409, "barred"),
    ],
)
def test_a_refusal_of_a_service_has_its_status_and_code(
    rest: Rest, how: str, status: int, code: str
) -> None:
    assert_problem(rest.post(f"/api/v1/refuse/{how}/"), status, code)


def test_a_wrong_argument_is_named_as_the_body_names_it(rest: Rest) -> None:
    members = assert_problem(rest.post("/api/v1/refuse/invalid/"), 400, "invalid")
    assert members["errors"] == [
        {"field": "person.given_name", "code": "too_odd", "message": "That is no name."}
    ]
    assert "barriers" not in members


def test_barriers_say_who_can_lift_them(rest: Rest) -> None:
    members = assert_problem(rest.post("/api/v1/refuse/barred/"), 409, "barred")
    assert members["barriers"] == [
        {
            "code": "END-1",
            "message": "Not seen.",
            "source": "the protocol",
            "lift": {"who": "A named officer", "where": "/x/"},
            "overridable": False,
        }
    ]


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/nothing/", "/api/v1/notes", "/api/v2/notes/"]
)
@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_an_unknown_address_is_a_problem_not_a_page(rest: Rest, address: str, method: str) -> None:
    assert_problem(getattr(rest.http, method)(address), 404, "not_found")


def test_a_method_that_is_not_there_is_405_with_what_is_allowed(rest: Rest) -> None:
    response = rest.patch("/api/v1/notes/", {})
    assert_problem(response, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


def test_an_answer_that_is_not_wanted_is_406(rest: Rest) -> None:
    assert_problem(rest.get("/api/v1/notes/", Accept="text/csv"), 406, "not_acceptable")


def test_a_body_that_is_not_json_is_415(rest: Rest) -> None:
    response = rest.http.post("/api/v1/notes/", {"title": "a form"}, headers=rest.headers)
    assert_problem(response, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"title": NaN}', b"\xff", b'{"title": "a", "title": "b"}', b"[" * 100_000],
    ids=["cut short", "not a number", "not UTF-8", "a member twice", "nested without end"],
)
def test_malformed_json_is_400(rest: Rest, body: bytes) -> None:
    response = rest.http.post(
        "/api/v1/notes/", body, content_type="application/json", headers=rest.headers
    )
    assert_problem(response, 400, "malformed_json")


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_400(rest: Rest, body: Any) -> None:
    response = rest.http.post(
        "/api/v1/notes/", json.dumps(body), content_type="application/json", headers=rest.headers
    )
    assert response.status_code == 400
    assert response.json()["errors"]


def test_a_body_over_a_mebibyte_is_413(rest: Rest) -> None:
    assert_problem(rest.post("/api/v1/notes/", {"title": "x" * 1_100_000}), 413, "body_too_large")


def test_nobody_signed_in_is_401_with_a_challenge(playground: None) -> None:
    response = Browser().get("/api/v1/notes/")
    assert_problem(response, 401, "not_authenticated")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_defect_is_a_500_that_undoes_the_write_and_tells_nothing(rest: Rest) -> None:
    rest.http.raise_request_exception = False
    response = rest.post("/api/v1/notes/", {"title": "defect"})
    assert_problem(response, 500, "internal_error")
    assert "secret" not in response.content.decode()
    assert "ZeroDivision" not in response.content.decode()
    assert not Note.objects.exists()


def test_a_defect_is_not_hidden_from_tests(rest: Rest) -> None:
    with pytest.raises(ZeroDivisionError):
        rest.post("/api/v1/notes/", {"title": "defect"})
