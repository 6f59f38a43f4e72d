"""Says in one line that the database or the broker cannot be reached."""

import psycopg2
import redis

from config.embedded.errors import ServerError

PATIENCE_SECONDS = 5


def check_reachable(database_url: str, broker_url: str) -> None:
    """Connect to both once; raise ServerError, naming no password, when one does not answer."""
    try:
        psycopg2.connect(database_url, connect_timeout=PATIENCE_SECONDS).close()
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise ServerError(f"The database cannot be reached: {reason}") from None
    url = broker_url.replace("redis+socket://", "unix://", 1)
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_SECONDS) as broker:
            broker.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        raise ServerError(f"The broker cannot be reached: {error}") from None
