"""Two reviewers press save in the same instant: one review stands, the other is told whose."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assurance.models import Review, SampleItem
from assurance.services import reviewing
from core.errors import Conflict
from mispers.models import Incident
from officers.models import Officer
from tests.conftest import Unit
from tests.factories.assurance import HOUR, a_sample, answers, first_item
from tests.factories.incidents import log_incident
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def item(cn: Unit, now: datetime) -> SampleItem:
    log_incident(cn.frontline, now - HOUR)
    return first_item(a_sample(cn.superintendent, now))


def saving(item: SampleItem, by: Officer, now: datetime) -> Callable[[], Review]:
    return lambda: reviewing.review_item(item_id=item.pk, by=by, now=now, answers=answers())


def test_one_review_stands_and_the_other_reviewer_is_told_who_and_when(
    item: SampleItem, cn: Unit, board: Officer, now: datetime
) -> None:
    results = at_once(saving(item, cn.superintendent, now), saving(item, board, now))
    review = Review.objects.get()
    (refused,) = [each for each in results if isinstance(each, Conflict)]
    assert str(review.reviewed_by) in refused.message
    assert "Sat 18 Jul 2026, 10:00 BST" in refused.message


def test_without_the_lock_the_database_alone_stands_in_the_way(
    item: SampleItem, cn: Unit, board: Officer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the lock off, both look before either has written."""
    wait = meeting(2)
    check = reviewing._check_not_done

    @contextmanager
    def unlocked(reference: str, **_: Any) -> Iterator[Incident]:
        with transaction.atomic():
            yield Incident.objects.get(reference=reference)

    def check_and_wait(item: SampleItem) -> None:
        check(item)
        wait()

    monkeypatch.setattr(reviewing, "incident_for_change", unlocked)
    monkeypatch.setattr(reviewing, "_check_not_done", check_and_wait)
    results = at_once(saving(item, cn.superintendent, now), saving(item, board, now))
    assert [type(each) for each in results if not isinstance(each, Review)] == [IntegrityError]
