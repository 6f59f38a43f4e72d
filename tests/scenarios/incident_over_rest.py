"""One incident over REST, each officer in their own name: what the shorter replays share."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from core import clock
from officers.models import Officer
from ownership.models import InboxItem
from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.rest import Rest, make_client_system

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def z(moment: datetime) -> str:
    """As REST answers a time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class OverRest:
    """Sends what officers of a unit do about one incident, at moments after its report."""

    def __init__(self, unit: Unit, reported_at: datetime) -> None:
        self.unit, self.reported_at = unit, reported_at
        self.client = make_client_system(bcus=[unit.bcu], name="Command and control")
        self.callers: dict[int, Rest] = {}

    def at(self, after: timedelta) -> datetime:
        """It is so long after the report: the clock is set, and the sweep of reminders has run."""
        now = self.reported_at + after
        clock.set_to(now)
        raise_due_reminders(now=now)
        return now

    def send(self, path: str, body: Any, *, by: Officer) -> Any:
        """POST in an officer's name; the whole answer."""
        return self._caller(by).post(f"/api/v1/{path}", body)

    def read(self, path: str, *, by: Officer, **query: str) -> Any:
        """GET in an officer's name; the body of a list is its results."""
        answer = self._caller(by).get(f"/api/v1/{path}", query)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        return body.get("results", body) if isinstance(body, dict) else body

    def post(self, path: str, body: Any, *, by: Officer, status: int = 201) -> Any:
        """POST something that is taken."""
        answer = self.send(path, body, by=by)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    def report(self, report: Mapping[str, Any], *, by: Officer) -> str:
        """Log the report at its time; answers the reference."""
        clock.set_to(self.reported_at)
        made = self.post("incidents/", {"bcu": self.unit.code, **report}, by=by)
        reference: str = made["reference"]
        self.reference = reference
        return reference

    def under(self, path: str, body: Any, *, by: Officer, status: int = 201) -> Any:
        """POST something that is taken, under the incident."""
        return self.post(f"incidents/{self.reference}/{path}", body, by=by, status=status)

    def incident(self, path: str = "", **query: str) -> Any:
        """What is at a path under the incident now."""
        by = self.unit.frontline
        return self.read(f"incidents/{self.reference}/{path}", by=by, **query)

    def standard(self, code: str) -> Any:
        """How the record stands on one standard now."""
        return next(each for each in self.incident("standards/") if each["code"] == code)

    def told(self, officer: Officer, code: str) -> list[str]:
        """The titles of what an officer's inbox says of a code of the protocol."""
        items = InboxItem.objects.filter(officer=officer, incident__reference=self.reference)
        return [item.title for item in items.order_by("pk") if f"({code})" in item.title]

    def _caller(self, officer: Officer) -> Rest:
        if officer.pk not in self.callers:
            self.callers[officer.pk] = Rest(self.client, officer)
        return self.callers[officer.pk]
