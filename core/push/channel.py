"""What passes between the web processes: that something changed in a BCU, and nothing about whom.

Redis carries it, once the change is committed. A message that is lost costs nothing but time: pages
ask by themselves as well.
"""

import logging
import os
import time
from functools import cache

from django.conf import settings
from django.db import connection
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from core.db.on_commit import once_on_commit
from core.models import Event

logger = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds: a change that is committed already must not wait for a broker
QUIET_AFTER_FAILURE = 5.0  # seconds without trying again, so that each change does not wait anew
KEPT_FOR = 24 * 60 * 60  # seconds; after that a page that comes back asks once too often


class _Broker:
    """When the broker may next be tried."""

    quiet_until = 0.0


@cache
def redis() -> Redis:
    """This process's connections to the broker's server; each is made when it is needed."""
    return Redis.from_url(
        settings.CACHES["default"]["LOCATION"],
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        health_check_interval=10,
        retry=Retry(NoBackoff(), 0),
        client_name=f"mispers-{os.getpid()}",
        decode_responses=True,
    )


def prefix() -> str:
    """What the names of our channels begin with: two sites on one broker do not hear each other."""
    return f"mispers:{connection.settings_dict['NAME']}:changed:"


def tell_of(event: Event) -> None:
    """Tells the open pages of the record's BCU, boards among them, to ask for what is new.

    Once the change is committed, and once for all that it did. A record that belongs to no BCU has
    nobody to tell.
    """
    bcu, mark = event.stream.bcu, str(event.pk)
    if bcu:
        once_on_commit(("changed", bcu), lambda: publish(bcu, mark))


def publish(bcu: str, mark: str) -> None:
    """Tell every web process that `bcu` has changed; mark: what tells one change from another.

    A broker that does not answer is left alone for some seconds: pages then learn of it by asking.
    """
    if time.monotonic() < _Broker.quiet_until:
        return
    name = prefix() + bcu
    try:
        with redis().pipeline() as both:
            both.set(name, mark, ex=KEPT_FOR)
            both.publish(name, mark)
            both.execute()
    except (RedisError, OSError):
        _Broker.quiet_until = time.monotonic() + QUIET_AFTER_FAILURE
        logger.warning("The broker did not take a message: pages will be late by one question.")


def latest(bcu: str) -> str:
    """The mark of the BCU's latest change; empty when none is known. Raises RedisError."""
    return str(redis().get(prefix() + bcu) or "")


def known(bcu: str) -> str | None:
    """`latest`, for a page that is about to read what it shows; None when nobody can tell."""
    if time.monotonic() < _Broker.quiet_until:
        return None
    try:
        return latest(bcu)
    except (RedisError, OSError):
        _Broker.quiet_until = time.monotonic() + QUIET_AFTER_FAILURE
        return None
