"""Who calls: one client system in the name of each officer, and what the replay writes down."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from officers.models import Officer
from officers.rules.turns import Turn
from tests.rest import Rest, make_client_system
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import Beat
from tests.scenarios.ix_68_18_story import Cast, Ledger


def z(moment: datetime) -> str:
    """As REST answers a time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Calling:
    """The fortnight through one client system, which acts for each officer in turn."""

    first: str  # the reference of the first report
    second: str
    enter: str  # the action that is never done in time

    def __init__(self, cast: Cast, beat: Beat) -> None:
        self.cast, self.beat = cast, beat
        self.client = make_client_system(bcus=[cast.bcu], name="Command and control")
        self.callers: dict[int, Rest] = {}
        self.ledgers: dict[str, Ledger] = {}
        self.handed_over_until = story.REPORTED

    @cached_property
    def pc(self) -> Officer:
        """The officer who takes both reports."""
        return self.cast.frontline[Turn.EARLY]

    def by(self, officer: Officer) -> Rest:
        """Requests in the officer's name, with a token of their own."""
        if officer.pk not in self.callers:
            self.callers[officer.pk] = Rest(self.client, officer)
        return self.callers[officer.pk]

    def get(self, reference: str, path: str = "", by: Officer | None = None, **query: str) -> Any:
        """What is at a path under an incident."""
        answer = self.by(by or self.pc).get(f"/api/v1/incidents/{reference}/{path}", query)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        return body.get("results", body)

    def post(self, path: str, body: Any, *, by: Officer, status: int = 201) -> Any:
        """Send a body that is taken."""
        answer = self.by(by).post(f"/api/v1/{path}", body)
        assert answer.status_code == status, answer.content
        return answer.json()

    def under(self, reference: str, path: str, body: Any, *, by: Officer, status: int = 201) -> Any:
        """Send a body to a path under an incident."""
        return self.post(f"incidents/{reference}/{path}", body, by=by, status=status)

    def standard(self, reference: str, code: str) -> Any:
        """How the record stands on one standard now."""
        return next(each for each in self.get(reference, "standards/") if each["code"] == code)
