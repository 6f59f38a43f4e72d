"""Inspectors, actions and the unit: who answers changes only when somebody accepts."""

from datetime import datetime, timedelta

from core import clock
from officers.models import Officer
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.ix_68_18_over_rest.calling import Calling

QUARTER = timedelta(minutes=15)


class HandingOver(Calling):
    """Handing over, at each boundary and in between."""

    def when_inspectors_hand_over_until(self, until: datetime) -> None:
        """At each boundary since: offered a quarter of an hour before, accepted by name."""
        for boundary in story.shift_boundaries(self.handed_over_until, until):
            giver = self.cast.inspector_at(boundary - QUARTER)
            receiver = self.cast.inspector_at(boundary)
            open_now = [each for each in self.ledgers if not self._is_closed(each)]
            clock.set_to(boundary - QUARTER)
            offered = self.post(
                "handovers/",
                {
                    "capacity": "inspector",
                    "to": str(receiver.pk),
                    "bcu": self.cast.bcu.pk,
                    "items": [
                        {"incident": each, "briefing": "The flat has not been entered."}
                        for each in open_now
                    ],
                },
                by=giver,
            )
            assert offered["state"] == "offered"
            clock.set_to(boundary)
            accepted = self.post(
                f"handovers/{offered['id']}/accept/", None, by=receiver, status=200
            )
            assert accepted["state"] == "accepted"
            for each in open_now:
                self.ledgers[each].answers("inspector", receiver, boundary)
        self.handed_over_until = until

    def _is_closed(self, reference: str) -> bool:
        return bool(self.get(reference)["stage"] == "closed")

    def when_the_action_is_reassigned(self, at: datetime, to: Officer, why: str) -> None:
        self.when_inspectors_hand_over_until(at)
        clock.set_to(at)
        action = self.post(
            f"actions/{self.enter}/reassign/",
            {"responsible": str(to.pk), "reason": why},
            by=self.cast.inspector_at(at),
            status=200,
        )
        assert action["responsible"]["id"] == str(to.pk)
        self.ledgers[self.first].answers(story.ENTER, to, at)

    def when_48_hours_have_passed_and_the_unit_accepts(self) -> None:
        self.when_inspectors_hand_over_until(story.BOUNDARY)
        self.beat.strike(story.BOUNDARY - timedelta(seconds=1))
        assert self.get(self.first)["stage"] == "pre_48h"
        self.beat.strike(story.BOUNDARY)
        incident = self.get(self.first)
        assert incident["stage"] == "post_48h"
        assert incident["owner"]["id"] == str(self.pc.pk), "theirs until the unit accepts"
        waiting = self.by(self.cast.unit).get(
            "/api/v1/handovers/", {"waiting": "true", "to": str(self.cast.unit.pk)}
        )
        [offer] = waiting.json()["results"]
        assert offer["from"] is None
        clock.set_to(story.UNIT_ACCEPTED)
        self.post(f"handovers/{offer['id']}/accept/", None, by=self.cast.unit, status=200)
        self.ledgers[self.first].answers("owner", self.cast.unit, story.UNIT_ACCEPTED)
        assert self.get(self.first)["owner"]["id"] == str(self.cast.unit.pk)
