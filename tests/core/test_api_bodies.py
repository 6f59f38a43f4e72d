"""What a client sends is taken as declared, and every fault is named at its field."""

from typing import Any

import pytest

from tests.core.playground import Note
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"title": "a", "colour": "red"}, "colour", "unknown_field"),
        ({"title": "a", "place": {"postcode": "N1 9GU", "x": 1}}, "place.x", "unknown_field"),
        ({"title": "a", "places": [{"postcode": "N1 9GU"}, {}]}, "places.1.postcode", "required"),
        (
            {"title": "a", "places": [{"postcode": "N1 9GU", "y": 1}]},
            "places.0.y",
            "unknown_field",
        ),
        ({}, "title", "required"),
        ({"title": " "}, "title", "blank"),
        ({"title": None}, "title", "null"),
        ({"title": 7}, "title", "invalid"),
        ({"title": "x" * 201}, "title", "max_length"),
        ({"title": "two\nlines"}, "title", "control_characters"),
        ({"title": "nul\x00"}, "title", "control_characters"),
        ({"title": "half\ud800"}, "title", "control_characters"),
        ({"title": "a", "text": "bell\x07"}, "text", "control_characters"),
        ({"title": "a", "text": "x" * 10_001}, "text", "max_length"),
        ({"title": "a", "born": "2999-01-01"}, "born", "in_future"),
        ({"title": "a", "born": "1066-10-14"}, "born", "too_early"),
        ({"title": "a", "born": "last May"}, "born", "invalid"),
        ({"title": "a", "seen_at": "2026-03-01T18:30:00"}, "seen_at", "naive"),
        ({"title": "a", "seen_at": "yesterday"}, "seen_at", "invalid"),
        ({"title": "a", "seen_at": "0001-01-01T00:00:00+14:00"}, "seen_at", "invalid"),
        ({"title": "a", "place": {"postcode": "London"}}, "place.postcode", "postcode"),
    ],
)
def test_a_fault_is_named_at_its_field(
    rest: Rest, body: dict[str, Any], field: str, code: str
) -> None:
    members = assert_problem(rest.post("/api/v1/notes/", body), 400, code)
    assert [(error["field"], error["code"]) for error in members["errors"]] == [(field, code)]
    assert members["errors"][0]["message"]
    assert not Note.objects.exists()


def test_several_faults_come_at_once(rest: Rest) -> None:
    body = {"title": "", "born": "2999-01-01", "colour": "red"}
    members = assert_problem(rest.post("/api/v1/notes/", body), 400, "invalid")
    assert {error["field"] for error in members["errors"]} == {"title", "born", "colour"}


def test_text_of_ten_thousand_characters_and_several_lines_is_taken(rest: Rest) -> None:
    text = "a\tb\r\n" * 2000
    assert rest.post("/api/v1/notes/", {"title": "a", "text": text}).status_code == 201


@pytest.mark.parametrize("typed", ["n19gu", " N1  9GU ", "N1 9GU"])
def test_a_postcode_is_taken_as_people_type_it(rest: Rest, typed: str) -> None:
    body = {"title": "a", "place": {"postcode": typed}}
    assert rest.post("/api/v1/notes/", body).status_code == 201


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"colour": "red"}, "colour", "unknown_parameter"),
        ({"format": "json"}, "format", "unknown_parameter"),
        ({"title": ["a", "b"]}, "title", "repeated_parameter"),
        ({"made_after": "2026-03-01"}, "made_after", "naive"),
        ({"limit": "0"}, "limit", "min_value"),
        ({"limit": "201"}, "limit", "max_value"),
        ({"limit": "many"}, "limit", "invalid"),
        ({"cursor": "made-up"}, "cursor", "invalid_cursor"),
    ],
)
def test_a_wrong_parameter_is_refused_not_ignored(
    rest: Rest, query: dict[str, Any], field: str, code: str
) -> None:
    members = assert_problem(rest.get("/api/v1/notes/", query), 400, code)
    assert [error["field"] for error in members["errors"]] == [field]


def test_a_write_takes_no_parameters(rest: Rest) -> None:
    response = rest.post("/api/v1/notes/?title=b", {"title": "a"})
    assert_problem(response, 400, "unknown_parameter")


def test_a_command_without_a_body_takes_none(rest: Rest) -> None:
    response = rest.post("/api/v1/refuse/nothing/", {"reason": "because"})
    assert_problem(response, 400, "unknown_field")
    assert rest.post("/api/v1/refuse/nothing/").status_code == 204
