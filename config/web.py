"""How gunicorn runs a web process: `--config=python:config.web`."""

from typing import Any


def post_worker_init(worker: Any) -> None:
    """A process that is asked to stop ends its streams, and so need not wait for them."""
    from core.push.streams import end_when

    end_when(lambda: not worker.alive)
