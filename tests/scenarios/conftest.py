"""What the replays share: a real worker on the real broker, whose beat is pressed by hand."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import signals
from celery.contrib.testing.worker import start_worker
from django.core import mail
from django.core.cache import cache

from config.celery import app
from core import clock
from mispers.models import Incident
from mispers.tasks import pass_48h_boundaries
from officers.models import Officer
from ownership.models import InboxItem
from ownership.tasks import raise_reminders, sweep_post
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.rest import Rest
from tests.scenarios.ix_68_18_story import REPORTED, Cast, a_cast
from tests.waiting import PATIENCE, wait_until

Api = Callable[..., Rest]
DIGEST = timedelta(minutes=2)


class Beat:
    """Moves the clock, enqueues what the beat would, and waits until the worker is done."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: set[str] = set()
        self._done: set[str] = set()

    def note_sent(self, headers: dict[str, Any], **_: Any) -> None:
        """A task went to the broker."""
        with self._lock:
            self._sent.add(headers["id"])

    def note_done(self, task_id: str, **_: Any) -> None:
        """The worker is done with a task, and with enqueuing what follows from it."""
        with self._lock:
            self._done.add(task_id)

    def settle(self) -> None:
        """Wait until the worker has done everything that was sent to it."""
        wait_until(self._is_idle, what="the worker's end of work")

    def strike(self, moment: datetime) -> None:
        """It is `moment`: the sweeps run in the worker, and the post that follows from them."""
        clock.set_to(moment)
        pass_48h_boundaries.delay()
        raise_reminders.delay()
        self.settle()
        # And a moment later what waited for company.
        clock.set_to(moment + DIGEST)
        sweep_post.delay()
        self.settle()
        clock.set_to(moment)

    def _is_idle(self) -> bool:
        with self._lock:
            return self._sent <= self._done


@pytest.fixture
def beat(transactional_db: None) -> Iterator[Beat]:
    """A worker in this process, so that it follows the same clock."""
    beat = Beat()
    signals.before_task_publish.connect(beat.note_sent, weak=False)
    signals.task_postrun.connect(beat.note_done, weak=False)
    app.control.purge()  # What tests without a worker left in the queue is not of this story.
    mail.outbox.clear()
    cache.clear()
    with start_worker(app, perform_ping_check=False, shutdown_timeout=PATIENCE, pool="solo"):
        yield beat
        beat.settle()
    signals.before_task_publish.disconnect(beat.note_sent)
    signals.task_postrun.disconnect(beat.note_done)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Everybody in the case, and the clock at the first report."""
    clock.set_to(REPORTED)
    return a_cast()


def reminders_mailed(title: str, reference: str) -> Counter[Officer]:
    """How often each officer was e-mailed a link to a reminder of this thing."""
    about = InboxItem.objects.filter(
        kind="reminder", deadline__title=title, incident__reference=reference
    ).select_related("officer")
    return Counter(
        item.officer
        for item in about
        if any(
            f"/inbox/{item.pk}/go/" in str(message.body) and item.officer.email in message.to
            for message in mail.outbox
        )
    )


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


@pytest.fixture
def rest(cn: Unit, api: Api) -> Rest:
    return api(cn.frontline)
