"""One world for all tests of a module; each request's changes are taken back."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from core import clock
from tests.moments import NOW
from tests.site import world as worlds
from tests.site.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two BCUs with a record of every kind, in a transaction that is never committed."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(autouse=True)
def _at_now() -> None:
    """Every request is made at NOW."""
    clock.set_to(NOW)
