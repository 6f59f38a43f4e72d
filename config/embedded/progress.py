"""Shows what is being done and how long it took."""

import contextlib
import time
from collections.abc import Iterator


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Print `name` and, when done, how many seconds it took."""
    begun = time.monotonic()
    yield
    print(f"  {name:<42}{time.monotonic() - begun:6.1f} s", flush=True)
