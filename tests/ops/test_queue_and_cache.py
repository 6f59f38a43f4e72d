"""The queue and the cache live on one server, and neither touches the other's."""

import pytest
from django.core.cache import cache

from config import services
from config.celery import app
from ownership.tasks import sweep_post

pytestmark = pytest.mark.ops


def test_clearing_the_cache_loses_no_queued_task() -> None:
    app.control.purge()
    cache.set("asked", 1)
    sweep_post.delay()
    cache.clear()
    assert cache.get("asked") is None
    assert app.control.purge() == 1


@pytest.mark.parametrize(
    ("broker", "cache_address"),
    [
        ("redis://broker:6379", "redis://broker:6379?db=1"),
        ("redis://broker:6379/0", "redis://broker:6379/0?db=1"),
        ("rediss://user:word@broker:6379/4", "rediss://user:word@broker:6379/4?db=5"),
        ("redis+socket:///run/broker.sock", "unix:///run/broker.sock?db=1"),
    ],
)
def test_the_cache_has_a_database_beside_the_brokers(broker: str, cache_address: str) -> None:
    assert services.redis_for_cache(broker) == cache_address
