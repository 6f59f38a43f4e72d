"""The one way in which a test waits: for something to hold, and never for time to pass.

How long that takes is the machine's business. Patience is there so that what never comes ends the
test with a sentence instead of hanging it; nothing may be concluded from it.
"""

import time
from collections.abc import Callable

PATIENCE = 600.0  # seconds
LOOK_EVERY = 0.02  # seconds


def wait_until(true: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Return as soon as `true` holds; fail, saying `what` never came, when patience ends."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} never came in {seconds:g} s")
        time.sleep(LOOK_EVERY)
