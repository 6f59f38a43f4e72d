"""Two journeys through every layer, counted: modules entered, moves between them, SQL queries.

`script/bench journeys` prints the three figures of each; `--list` adds what they are made of.

- *A report over REST to its first reminder.* A client system reports a child in an officer's name.
  Later the sweep of reminders runs at the moment the first reminder of that report is due. Counted
  are the request and the sweep; the journey ends with the notice in the inbox.
- *Acceptance to the boards told.* The inspector of the late turn takes over a graded incident that
  the inspector of the early turn has offered. Counted is the request; the journey ends when the
  open pages of the BCU have been told.

`benchmarks.counting` says what a module, a move and a query are. Besides:

- What a request does once its transaction is committed belongs to it. A task that it hands to the
  workers is counted until it is handed over; what a worker then does is not. `--list` names them.
- Everything before is set-up and not counted: the reference data, the client and its token, the
  offer. Each journey is gone once in another BCU, the day before, so that caches are warm.
- It has an empty database of its own beside the one that `script/bench` has, a clock that it sets,
  and data of its own: the figures are the same in each run.
- It knows addresses, the names of models and the sweep of the beat, and no module but the clock's,
  so that code arranged otherwise is counted alike.
"""

import argparse
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from celery import current_app, signals
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client as Browser
from oauth2_provider.scopes import get_scopes_backend
from redis import Redis

from benchmarks.counting import Count
from benchmarks.listing import as_list, as_table
from core import clock

# A Saturday on the early turn; the late one begins at three.
REPORTED = datetime(2026, 7, 18, 10, 0, tzinfo=ZoneInfo("Europe/London"))
TO_BE_HANDED_OVER = timedelta(hours=4)
OFFERED, ACCEPTED = timedelta(hours=4, minutes=50), timedelta(hours=5, minutes=5)
# Gone once before, elsewhere, at minutes of its own: none of it falls due at a counted moment.
REHEARSED = timedelta(days=-1, minutes=7, seconds=11)
BCU, REHEARSED_IN = "CN", "NE"


@dataclass
class Journey:
    """One journey as it was counted, and the tasks that were handed to workers on the way."""

    name: str
    count: Count = field(default_factory=Count)
    handed_over: list[str] = field(default_factory=list)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what happens within."""

        def note(sender: str, **_: Any) -> None:
            self.handed_over.append(sender)

        signals.before_task_publish.connect(note)
        try:
            with self.count.going_on():
                yield
        finally:
            signals.before_task_publish.disconnect(note)


class System:
    """A client system that acts for the officers of one BCU, with a real token."""

    def __init__(self, bcu: str) -> None:
        self.bcu = bcu
        scopes = list(get_scopes_backend().get_all_scopes())
        client = apps.get_model("officers", "Client")(name=f"Journeys {bcu}", scopes=scopes)
        client.client_secret = secret = uuid.uuid4().hex
        client.acts_for_officers = True
        client.save()
        client.bcus.set([bcu])
        self.http = Browser(SERVER_NAME="localhost")
        asked = {"client_id": client.client_id, "client_secret": secret}
        token = self.http.post("/oauth/token/", asked).json()["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: dict[str, Any], by: str) -> Any:
        """POST in an officer's name."""
        headers = {
            **self._headers,
            "On-Behalf-Of": by,
            "Idempotency-Key": str(uuid.uuid4()),
        }
        answer = self.http.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )
        return _taken(answer)

    def on_duty(self, role: str) -> str:
        """The id of an officer who is on duty in the role now."""
        query = {"bcu": self.bcu, "role": role, "on_duty": "true"}
        answer = self.http.get("/api/v1/officers/", query, headers=self._headers)
        officer: str = _taken(answer)["results"][0]["id"]
        return officer


def to_first_reminder(journey: Journey, system: System, start: datetime) -> None:
    """A report over REST, and the sweep at the moment its first reminder is due."""
    clock.set_to(start)
    officer = system.on_duty("frontline")
    report = _report(system.bcu, start, "Marigold", "Fenwick", markers=["cse"])
    with journey.counted():
        made = system.post("incidents/", report, officer)
    mine = {"incident__reference": made["reference"]}
    open_items = apps.get_model("ownership", "Deadline").objects.filter(**mine)
    due = open_items.order_by("next_rung_at")[0].next_rung_at
    if due is None:
        raise RuntimeError("Nothing of this report is reminded of.")
    # Whatever else was due before is out of the way.
    clock.set_to(due - timedelta(seconds=1))
    _sweep_reminders()
    notices = apps.get_model("ownership", "InboxItem").objects.filter(kind="reminder")
    before = notices.count()
    clock.set_to(due)
    with journey.counted():
        _sweep_reminders()
    if not 0 < notices.filter(**mine).count() == notices.count() - before:
        raise RuntimeError("The sweep did not raise the reminders of this report alone.")


def to_boards_told(journey: Journey, system: System, start: datetime) -> None:
    """The next inspector takes over what was offered, and open pages hear of it."""
    reported = start + TO_BE_HANDED_OVER
    clock.set_to(reported)
    officer = system.on_duty("frontline")
    report = _report(system.bcu, reported, "Bram", "Pellworth", markers=[])
    incident = system.post("incidents/", report, officer)["reference"]
    system.post(f"incidents/{incident}/risk-assessments/", _assessment(reported), officer)
    clock.set_to(start + ACCEPTED)
    late = system.on_duty("duty_inspector")
    clock.set_to(start + OFFERED)
    items = [{"incident": incident, "briefing": "The college is rung again at six."}]
    offer = {"capacity": "inspector", "to": late, "bcu": system.bcu, "items": items}
    made = system.post("handovers/", offer, system.on_duty("duty_inspector"))
    clock.set_to(start + ACCEPTED)
    with _pages_told(), journey.counted():
        accepted = system.post(f"handovers/{made['id']}/accept/", {}, late)
    if accepted["state"] != "accepted":
        raise RuntimeError(f"The handover was not accepted: {accepted}")


Way = Callable[[Journey, System, datetime], None]
WAYS: dict[str, Way] = {
    "report over REST to first reminder": to_first_reminder,
    "acceptance to the boards told": to_boards_told,
}


def measure() -> list[Journey]:
    """Go each journey uncounted, then counted. The database is empty, and is left filled."""
    # The tasks, as a worker finds them.
    current_app.loader.import_default_modules()
    try:
        cache.clear()
        clock.set_to(REPORTED + REHEARSED)
        call_command("load_reference", verbosity=0)
        elsewhere, system = System(REHEARSED_IN), System(BCU)
        for name, go in WAYS.items():
            go(Journey(name), elsewhere, REPORTED + REHEARSED)
        journeys = [Journey(name) for name in WAYS]
        for journey, go in zip(journeys, WAYS.values(), strict=True):
            go(journey, system, REPORTED)
    finally:
        clock.release()
        # No worker runs here: what the requests asked of one is dropped.
        current_app.control.purge()
    return journeys


def main(arguments: Sequence[str]) -> int:
    """Measure in a database of its own and print."""
    summary = "Count modules, moves and queries of two journeys."
    parser = argparse.ArgumentParser(prog="script/bench journeys", description=summary)
    parser.add_argument("--list", action="store_true", help="say what the figures are made of")
    parser.add_argument("--top", type=int, default=40, help="how many of the most frequent moves")
    options = parser.parse_args(arguments)
    with _a_database():
        journeys = measure()
    print(as_table([(each.name, each.count.figures) for each in journeys]))
    if options.list:
        for each in journeys:
            print(f"\n## {each.name}\n")
            print(as_list(each.count, each.handed_over, options.top))
    return 0


@contextmanager
def _a_database() -> Iterator[None]:
    """An empty, migrated database beside the one that is configured; dropped afterwards."""
    configured = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(configured, verbosity=0)


@contextmanager
def _pages_told() -> Iterator[None]:
    """Listens as a web process does, and complains if what happens within tells it nothing."""
    with Redis.from_url(settings.CACHES["default"]["LOCATION"]).pubsub() as messages:  # type: ignore[no-untyped-call]  # redis has none
        messages.psubscribe("*")
        while (heard := messages.get_message(timeout=1.0)) is None:
            continue
        yield
        heard = messages.get_message(timeout=1.0)
        if heard is None or heard["type"] != "pmessage":
            raise RuntimeError("No page was told.")


def _sweep_reminders() -> None:
    """The beat's task, run here and now."""
    name = str(settings.CELERY_BEAT_SCHEDULE["reminders"]["task"])
    current_app.tasks[name].apply(throw=True)


def _taken(answer: Any) -> Any:
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        raise RuntimeError(f"{answer.status_code}: {answer.content[:2000]!r}")
    return answer.json()


def _report(
    bcu: str, now: datetime, given_name: str, family_name: str, *, markers: list[str]
) -> dict[str, Any]:
    """A full report by telephone, of another person in each BCU."""
    return {
        "person": {
            "given_name": given_name,
            "family_name": f"{family_name}-{bcu.title()}",
            "date_of_birth": f"2010-05-{ord(bcu[0]) % 28 + 1:02d}",
            "sex": "female",
            "home_address": {"lines": [f"{ord(bcu[1])} Tallow Street"], "postcode": "N1 9GU"},
            "phones": [f"07700 9001{ord(bcu[0])}"],
            "looked_after_by": "Borough of Fairmead",
            "markers": markers,
        },
        "informant": {
            "name": "Rowan Fenwick",
            "relationship": "key worker",
            "phone": "020 7946 0001",
        },
        "last_seen_at": (now - timedelta(hours=2)).isoformat(),
        "last_seen_place": "Lark Lane, near the shops",
        "circumstances": "Was not in her room at the midnight check. A bag and a charger are gone.",
        "missing_from": "care",
        "bcu": bcu,
        "source": {"system": "CAD", "reference": f"{given_name}/{bcu}"},
    }


def _assessment(now: datetime) -> dict[str, Any]:
    """Medium, with its grounds."""
    return {
        "grade": "medium",
        "likelihood": "likely",
        "severity": "moderate",
        "rationale": "Expected back by noon and never late before. The telephone rings but is not "
        "answered, and nobody at the college has heard anything since the first lesson.",
        "factors": ["out_of_character"],
        "information": [
            {
                "text": "Left at eight with a bag, for college.",
                "supplier": "Rowan Fenwick, key worker",
                "contact": "020 7946 0001",
                "obtained_at": (now - timedelta(minutes=5)).isoformat(),
            }
        ],
        "sources_checked": ["informant", "family", "earlier_reports"],
        "sources_not_checked": [{"source": "pnd", "reason": "The terminal is down until eleven."}],
    }
