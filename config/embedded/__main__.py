"""`python -m config.embedded [command …]`: PostgreSQL and the broker of this checkout.

With a command they run as long as it does; without one, until Ctrl-C.
"""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config import services
from config.embedded import servers
from config.embedded.errors import ServerError

ROOT = Path(__file__).resolve().parents[2]
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def main(command: Sequence[str]) -> int:
    """Start both servers, run `command` or wait, and stop them; return an exit status."""
    try:
        with servers.only_one(ROOT), contextlib.ExitStack() as stack:
            for start in (servers.start_database, servers.start_broker):
                child = start(ROOT)
                if child is not None:
                    stack.callback(child.stop)
            if command:
                return subprocess.run(command, cwd=ROOT, check=False).returncode
            print(f"DATABASE_URL={services.database_url(ROOT)}")
            print(f"REDIS_URL={services.broker_url(ROOT)}")
            print("Ctrl-C stops both.", flush=True)
            # Blocked only now: the servers would have inherited it.
            signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
            signal.sigwait(STOPPING)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
