"""Kill -9 of worker, beat and broker while 1,000 reminders fall due: none is lost or said twice."""

import os
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from config import services
from config.embedded.broker import Broker
from core.models import Event
from core.trail.verify import Tally, verify
from mispers.models import Incident
from mispers.rules.codes import DueFrom
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Deadline, Delivery, InboxItem
from ownership.rules.rungs import Rung
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, a_rota, an_officer, on_shift
from tests.ops import processes
from tests.waiting import wait_until

pytestmark = [pytest.mark.ops, pytest.mark.django_db(transaction=True)]

REMINDERS, INCIDENTS, CREW = 1_000, 20, 10
FALL_DUE_IN = timedelta(seconds=14)
KILLS = 7
# What is killed when. The same in every run, unless MISPERS_SEED names another.
SEED = int(os.environ.get("MISPERS_SEED", "20260718"))
SOAKED = range(1, 11)
CELERY = ("-m", "celery", "--app", "config.celery")
COMMANDS = {
    "worker": [*CELERY, "worker", "--concurrency=2", "--loglevel=WARNING"],
    "beat": [*CELERY, "beat", "--pidfile=", "--loglevel=WARNING"],
}


class Deployment:
    """A broker of its own, a worker and beat; each can be killed and is then started again."""

    def __init__(self, place: Path) -> None:
        self.mail = place / "mail"
        self.mail.mkdir()
        self.broker = Broker(place / "broker", place, log=place / "broker.log")
        database = connection.settings_dict
        url = os.environ.get("DATABASE_URL") or services.embedded_database_url(
            Path(database["HOST"]), database["NAME"]
        )
        self.env = processes.clean_environment(
            DJANGO_SETTINGS_MODULE="tests.ops.swift_settings",
            DATABASE_URL=url,
            REDIS_URL=services.embedded_broker_url(place),
            MISPERS_TEST_MAIL=str(self.mail),
            MISPERS_VAR=str(place / "var"),
        )
        self.place = place
        self.running = {name: self._start(name) for name in COMMANDS}
        self.broker_child = self.broker.start()

    def kill(self, name: str) -> None:
        """-9, the whole of it, and a new one at once."""
        if name == "broker":
            self.broker_child.popen.kill()
            self.broker_child.popen.wait()
            self.broker_child = self.broker.start()
            return
        self._end(name)
        self.running[name] = self._start(name)

    def stop(self) -> None:
        """Whatever happened, nothing is left."""
        for name in COMMANDS:
            self._end(name)
        self.broker.stop()

    def mails(self) -> str:
        """Everything that was sent."""
        return "".join(file.read_text() for file in self.mail.iterdir())

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        words = [*COMMANDS[name]]
        if name == "beat":
            words.append(f"--schedule={self.place / 'schedule'}")
        number = len(list(self.place.glob(f"{name}*.log")))
        output = self.place / f"{name}{number}.log"
        return processes.start(processes.python(*words), env=self.env, output=output)

    def _end(self, name: str) -> None:
        processes.end(self.running[name])


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    deployment = Deployment(tmp_path)
    yield deployment
    deployment.stop()


def fall_due(first: datetime) -> None:
    """1,000 reminders of officers on duty, one after another from `first` on."""
    bcu = a_bcu("CN")
    a_rota(bcu, first - timedelta(days=1), days=3)
    crew = [an_officer(Role.FRONTLINE, bcu) for _ in range(CREW)]
    for officer in crew:
        on_shift(officer, first - timedelta(hours=1), first + timedelta(hours=8))
    incidents = [log_incident(crew[0], first - timedelta(hours=1)) for _ in range(INCIDENTS)]
    Deadline.objects.update(next_rung_at=None)
    Deadline.objects.bulk_create(
        a_deadline(number, first, crew[number % CREW], incidents[number % INCIDENTS])
        for number in range(REMINDERS)
    )


def a_deadline(number: int, first: datetime, officer: Officer, incident: Incident) -> Deadline:
    at = first + FALL_DUE_IN * number / REMINDERS
    return Deadline(
        incident=incident, code="CIRC-1", subject=str(number), title=f"Thing {number}",
        due_from=DueFrom.RESPONSIBLE, officer=officer, opened_at=first - timedelta(hours=1),
        opened_by=Event.objects.filter(stream=incident.reference).earliest("seq"),
        due_at=at, next_rung=Rung.DUE, next_rung_at=at,
    )  # fmt: skip


def is_quiet() -> bool:
    """Whether everything has been raised and sent."""
    due = Deadline.objects.filter(next_rung=Rung.DUE, next_rung_at__isnull=False)
    return not due.exists() and not Delivery.objects.exclude(state="sent").exists()


def wait_for_a_moment(point: int, victim: str, *, in_hand: bool) -> None:
    """Until so many reminders have been raised, and, where asked for, a message is in hand."""
    raised = Event.objects.filter(kind="reminder.raised")
    wait_until(lambda: raised.count() >= point, what=f"the {point}th reminder")
    if in_hand:
        leased = Delivery.objects.filter(leased_until__isnull=False)
        wait_until(lambda: leased.exists() or is_quiet(), what="a message in hand")
    print(f"{victim} at {point}{' with a message in hand' if in_hand else ''}", end=", ")


@pytest.mark.parametrize("seed", [SEED, *(pytest.param(n, marks=pytest.mark.soak) for n in SOAKED)])
def test_each_rung_is_on_the_record_once_and_delivered_at_least_once(
    deployment: Deployment, seed: int
) -> None:
    chance = random.Random(seed)
    fall_due(datetime.now(UTC) + timedelta(seconds=3))

    # When each is killed in turns that nobody knows beforehand
    victims = ["worker", "worker", "worker", "beat", "broker"]
    victims += chance.choices(["worker", "beat", "broker"], k=KILLS - len(victims))
    chance.shuffle(victims)
    print(f"MISPERS_SEED={seed}: ", end="")
    for point, victim in zip(sorted(chance.sample(range(REMINDERS), KILLS)), victims, strict=True):
        in_hand = victim == "worker" and chance.random() < 0.5
        wait_for_a_moment(point, victim, in_hand=in_hand)
        deployment.kill(victim)
    wait_until(is_quiet, what="quiet")

    # Then each rung was raised once: on the trail, whose chains hold, and in the inbox
    raised = Event.objects.filter(kind="reminder.raised").values_list("data", flat=True)
    rungs = Counter((data["deadline"], data["rung"]) for data in raised)
    assert len(rungs) == REMINDERS
    assert set(rungs.values()) == {1}
    assert not list(verify(Tally()))
    items = InboxItem.objects.filter(kind="reminder")
    assert items.count() == items.values("deadline", "rung").distinct().count() == REMINDERS

    # And each was sent at least once
    mails = deployment.mails()
    assert [
        pk for pk in items.values_list("pk", flat=True) if f"/inbox/{pk}/go/" not in mails
    ] == []
    again = Delivery.objects.filter(attempts__gt=1).count()
    print(f"{again} deliveries were taken up a second time.")
