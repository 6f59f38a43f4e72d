"""What the tests of every app share: a BCU with its rota, a clock to set, ways to sign in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client as Browser

from config.celery import app
from core import clock
from officers.models import BCU, Officer
from officers.rules.roles import Role
from tests.factories.officers import a_bcu, a_rota, an_officer
from tests.moments import NOW
from tests.ops import processes
from tests.rest import Rest, make_client_system
from tests.waiting import PATIENCE

SESSION = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Unit:
    """A BCU and whoever is on duty in each role, from two days before NOW for sixty days."""

    bcu: BCU
    crew: dict[Role, Officer]

    @property
    def code(self) -> str:
        return self.bcu.code

    @property
    def frontline(self) -> Officer:
        return self.crew[Role.FRONTLINE]

    @property
    def inspector(self) -> Officer:
        return self.crew[Role.DUTY_INSPECTOR]

    @property
    def safeguarding_di(self) -> Officer:
        return self.crew[Role.SAFEGUARDING_DI]

    @property
    def missing_persons_unit(self) -> Officer:
        return self.crew[Role.MISSING_PERSONS_UNIT]

    @property
    def superintendent(self) -> Officer:
        return self.crew[Role.SUPERINTENDENT]

    def another(self, role: Role = Role.FRONTLINE, **over: object) -> Officer:
        """A further officer of the BCU, not on the rota."""
        return an_officer(role, self.bcu, **over)  # type: ignore[arg-type]  # any of its fields


def a_unit(code: str, *, in_training: bool = True) -> Unit:
    """A BCU with somebody on duty in every role around NOW; those who endorse are trained in it."""
    bcu = a_bcu(code)
    return Unit(bcu, a_rota(bcu, NOW - timedelta(days=2), days=60, in_training=in_training))


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_tables() -> Iterator[None]:
    """Tests that commit empty every table after; evidence refuses that, so ask as a replica."""
    flush = DatabaseOperations.execute_sql_flush

    def past_triggers(self: DatabaseOperations, sql_list: list[str]) -> None:
        flush(
            self,
            [
                "SET LOCAL session_replication_role = replica",
                *sql_list,
                "SET LOCAL session_replication_role = DEFAULT",
            ],
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", past_triggers)
        yield


@pytest.fixture(autouse=True)
def _clock_runs_by_itself() -> Iterator[None]:
    """No test leaves the clock set for the next one."""
    yield
    clock.release()


@pytest.fixture(autouse=True)
def _nothing_outlives_its_test() -> Iterator[None]:
    """Whatever process a test started and did not end itself is ended, and reaped."""
    yield
    processes.end_all()


@pytest.fixture
def clock_at() -> Callable[[datetime], datetime]:
    """A function that sets the clock; it is released after the test."""

    def set_clock(moment: datetime) -> datetime:
        clock.set_to(moment)
        return moment

    return set_clock


@pytest.fixture
def now(clock_at: Callable[[datetime], datetime]) -> datetime:
    """NOW, with the clock standing still at it."""
    return clock_at(NOW)


@pytest.fixture
def cn(db: None) -> Unit:
    """The BCU CN with a full rota around NOW."""
    return a_unit("CN")


@pytest.fixture
def ne(db: None) -> Unit:
    """Another BCU with a full rota around NOW."""
    return a_unit("NE")


@pytest.fixture
def browser_as() -> Callable[[Officer], Browser]:
    """A function that gives Django's test client, signed in as an officer."""

    def sign_in(officer: Officer) -> Browser:
        browser = Browser()
        browser.force_login(officer, backend=SESSION)
        return browser

    return sign_in


@pytest.fixture
def api(db: None) -> Iterator[Callable[..., Rest]]:
    """A function that gives a client system acting for an officer in their BCU."""

    def connect(
        officer: Officer | None, *, bcus: list[BCU] | None = None, scopes: str = ""
    ) -> Rest:
        seen = bcus if bcus is not None else [officer.bcu] if officer else []
        return Rest(make_client_system(bcus=seen), officer, scopes or None)

    cache.clear()
    yield connect
    cache.clear()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A real Celery worker on the real broker, in a thread; what earlier tests left is gone."""
    app.control.purge()
    with start_worker(
        app, perform_ping_check=False, shutdown_timeout=PATIENCE, pool="solo", loglevel="ERROR"
    ):
        yield
