"""How many requests a client may make: so many a minute, counted where all web processes see it."""

import logging
import time
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from core.api.permissions import signed_in

WINDOW = 60  # seconds
logger = logging.getLogger(__name__)


class PerClient(BaseThrottle):
    """A fixed window a minute per client system, or per officer in a browser."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False when the window is used up."""
        if not signed_in(request):
            return True
        client = getattr(request.auth, "application", None)
        name = f"client-{client.pk}" if client else f"officer-{request.user.pk}"
        most = getattr(client, "requests_per_minute", None) or usual_rate()
        # The machine's own time: a replay that stands the clock still must not run out of requests.
        key = f"requests:{name}:{int(time.time()) // WINDOW}"
        return count(key, lasting=2 * WINDOW) <= most

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW - int(time.time()) % WINDOW


def usual_rate() -> int:
    """Requests a minute for whoever has no rate of their own (`DEFAULT_THROTTLE_RATES`)."""
    return int(str(api_settings.DEFAULT_THROTTLE_RATES["client"]).partition("/")[0])


def count(key: str, *, lasting: int) -> int:
    """Count one more under the key, from the first for `lasting` seconds; how many there are now.

    A cache that is down must not stop the work: then nothing is counted.
    """
    try:
        cache.add(key, 0, timeout=lasting)
        return cache.incr(key)
    except (ValueError, OSError, RedisError) as error:
        logger.warning("Requests are not counted: %s", type(error).__name__)
        return 0


def count_so_far(key: str) -> int:
    """How many there are under the key; none where the cache is down."""
    try:
        return int(cache.get(key, 0))
    except (OSError, RedisError) as error:
        logger.warning("Requests are not counted: %s", type(error).__name__)
        return 0
