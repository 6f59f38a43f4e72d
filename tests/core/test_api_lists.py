"""Lists by cursor show every row once, whatever is added, at the same cost for any number."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.core.playground import Note
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db

START = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def make_notes(count: int, *, same_time: bool = False) -> list[Note]:
    """Notes a minute apart, or all of one instant."""
    return Note.objects.bulk_create(
        Note(
            title=f"note {n}",
            made_at=START + (timedelta() if same_time else timedelta(minutes=n)),
            made_by=1,
        )
        for n in range(count)
    )


def pages(rest: Rest, address: str, **query: Any) -> list[list[dict[str, Any]]]:
    """Every page in turn."""
    answer = rest.get(address, query).json()
    found = [answer["results"]]
    while answer["next"]:
        assert answer["next"].startswith("http://testserver/api/v1/")
        answer = rest.get(answer["next"]).json()
        found.append(answer["results"])
    return found


@pytest.mark.parametrize("same_time", [False, True], ids=["spread out", "all of one instant"])
def test_every_row_is_shown_once_in_order(rest: Rest, same_time: bool) -> None:
    notes = make_notes(7, same_time=same_time)
    found = pages(rest, "/api/v1/notes/", limit=3)
    assert [len(page) for page in found] == [3, 3, 1]
    assert [row["id"] for page in found for row in page] == [str(n.pk) for n in reversed(notes)]


def test_a_row_that_arrives_meanwhile_moves_no_other(rest: Rest) -> None:
    notes = make_notes(4)
    first = rest.get("/api/v1/notes/", {"limit": 2}).json()
    Note.objects.create(title="late", made_at=START + timedelta(days=1), made_by=1)
    second = rest.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [str(notes[1].pk), str(notes[0].pk)]
    assert second["next"] is None


def test_a_filter_goes_on_over_the_pages(rest: Rest) -> None:
    make_notes(2)
    make_notes(2)
    found = pages(rest, "/api/v1/notes/", title="note 1", limit=1)
    assert [page[0]["title"] for page in found] == ["note 1", "note 1"]


def test_a_page_has_25_rows_unless_told(rest: Rest) -> None:
    make_notes(30)
    assert [len(page) for page in pages(rest, "/api/v1/notes/")] == [25, 5]
    assert [len(page) for page in pages(rest, "/api/v1/notes/", limit=200)] == [30]


def test_an_empty_list_is_an_empty_list(rest: Rest) -> None:
    assert rest.get("/api/v1/notes/").json() == {"results": [], "next": None}


def test_a_computed_list_is_paged_too(rest: Rest) -> None:
    found = pages(rest, "/api/v1/numbers/", limit=3)
    assert [[row["number"] for row in page] for page in found] == [[0, 1, 2], [3, 4, 5], [6]]


def test_a_cursor_of_another_list_is_refused(rest: Rest) -> None:
    make_notes(2)
    following = rest.get("/api/v1/notes/", {"limit": 1}).json()["next"]
    cursor = following.partition("cursor=")[2]
    assert_problem(rest.get(f"/api/v1/numbers/?cursor={cursor}"), 400, "invalid_cursor")


@pytest.mark.parametrize("rows", [1, 10, 100])
def test_a_page_costs_the_same_for_any_number_of_rows(
    rest: Rest, rows: int, django_assert_num_queries: Any
) -> None:
    make_notes(rows)
    # The token, its client, the officer, the client's BCUs, where the officer covers just now, and
    # the page itself: no count.
    with django_assert_num_queries(5):
        assert len(rest.get("/api/v1/notes/", {"limit": 200}).json()["results"]) == rows


def test_times_are_answered_in_utc_with_z_in_summer_too(rest: Rest) -> None:
    make_notes(1)
    assert rest.get("/api/v1/notes/").json()["results"][0]["made_at"] == "2026-07-01T12:00:00Z"
