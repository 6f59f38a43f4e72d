"""`python -m config.embedded`: PostgreSQL and the broker of this checkout in the foreground."""

import contextlib
import signal
import sys
from pathlib import Path

from config import services
from config.embedded import servers
from config.embedded.errors import ServerError

ROOT = Path(__file__).resolve().parents[2]
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def main() -> int:
    """Start both servers, say where they are, and stop them on Ctrl-C or SIGTERM."""
    try:
        with servers.only_one(ROOT), contextlib.ExitStack() as stack:
            for start in (servers.start_database, servers.start_broker):
                child = start(ROOT)
                if child is not None:
                    stack.callback(child.stop)
            print(f"DATABASE_URL={services.database_url(ROOT)}")
            print(f"REDIS_URL={services.broker_url(ROOT)}")
            print("Ctrl-C stops both.", flush=True)
            # Blocked only now: the servers would have inherited it.
            signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
            signal.sigwait(STOPPING)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
