"""Two reviewers press save in the same instant: one review stands, the other is told whose."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from assurance.models import Review, SampleItem
from assurance.services import reviewing
from core.errors import Conflict
from mispers.models import Incident
from officers.models import Officer
from tests.conftest import Unit
from tests.factories.assurance import HOUR, a_sample, answers, first_item
from tests.factories.incidents import log_incident

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def item(cn: Unit, now: datetime) -> SampleItem:
    log_incident(cn.frontline, now - HOUR)
    return first_item(a_sample(cn.superintendent, now))


def at_once(item: SampleItem, reviewers: list[Officer], now: datetime) -> list[Any]:
    """What each reviewer, on a connection of their own, got or was told."""
    start = threading.Barrier(len(reviewers))

    def press(officer: Officer) -> Any:
        try:
            start.wait(timeout=10)
            return reviewing.review_item(item_id=item.pk, by=officer, now=now, answers=answers())
        except (Conflict, IntegrityError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(reviewers)) as pool:
        return list(pool.map(press, reviewers))


def test_one_review_stands_and_the_other_reviewer_is_told_who_and_when(
    item: SampleItem, cn: Unit, board: Officer, now: datetime
) -> None:
    results = at_once(item, [cn.superintendent, board], now)
    review = Review.objects.get()
    (refused,) = [each for each in results if isinstance(each, Conflict)]
    assert str(review.reviewed_by) in refused.message
    assert "Sat 18 Jul 2026, 10:00 BST" in refused.message


def test_without_the_lock_the_database_alone_stands_in_the_way(
    item: SampleItem, cn: Unit, board: Officer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the lock off, both look before either has written."""
    both_looked = threading.Barrier(2)
    check = reviewing._check_not_done

    @contextmanager
    def unlocked(reference: str, **_: Any) -> Iterator[Incident]:
        with transaction.atomic():
            yield Incident.objects.get(reference=reference)

    def check_and_wait(item: SampleItem) -> None:
        check(item)
        both_looked.wait(timeout=10)

    monkeypatch.setattr(reviewing, "incident_for_change", unlocked)
    monkeypatch.setattr(reviewing, "_check_not_done", check_and_wait)
    results = at_once(item, [cn.superintendent, board], now)
    assert [type(each) for each in results if not isinstance(each, Review)] == [IntegrityError]
