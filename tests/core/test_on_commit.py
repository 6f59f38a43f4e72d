"""What is asked for once a transaction holds: done once in each, and in none that is undone."""

import pytest
from django.db import transaction

from core.db.on_commit import once_on_commit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def done() -> list[str]:
    return []


def test_it_is_done_once_in_a_transaction_and_once_again_in_the_next(done: list[str]) -> None:
    with transaction.atomic():
        asked = [once_on_commit("a", lambda: done.append("a")) for _ in range(3)]
        assert once_on_commit("b", lambda: done.append("b"))
        assert done == []
    assert asked == [True, False, False]
    assert done == ["a", "b"]
    with transaction.atomic():
        assert once_on_commit("a", lambda: done.append("a"))
    assert done == ["a", "b", "a"]


def test_what_an_undone_savepoint_asked_for_may_be_asked_for_again(done: list[str]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            once_on_commit("a", lambda: done.append("undone"))
            transaction.set_rollback(True)
        assert once_on_commit("a", lambda: done.append("asked again"))
    assert done == ["asked again"]


def test_a_transaction_that_is_undone_leaves_nothing_to_do_or_to_stand_in_the_way(
    done: list[str],
) -> None:
    with transaction.atomic():
        once_on_commit("a", lambda: done.append("undone"))
        transaction.set_rollback(True)
    with transaction.atomic():
        assert once_on_commit("a", lambda: done.append("done"))
    assert done == ["done"]


def test_what_fails_holds_up_nothing_else(done: list[str]) -> None:
    def fail() -> None:
        raise RuntimeError

    with transaction.atomic():
        once_on_commit("a", fail)
        once_on_commit("b", lambda: done.append("b"))
    assert done == ["b"]
