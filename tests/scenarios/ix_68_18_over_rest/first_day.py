"""18 July: reported, graded, and the home checked from outside."""

from datetime import datetime, timedelta
from typing import Any

from core import clock
from officers.models import Officer
from officers.rules.turns import Turn
from tests.moments import london
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import reminders_mailed
from tests.scenarios.ix_68_18_over_rest.calling import z
from tests.scenarios.ix_68_18_over_rest.handing_over import HandingOver
from tests.scenarios.ix_68_18_story import Ledger


class FirstDay(HandingOver):
    """The first day."""

    def given_a_report_by_a_friend(self) -> None:
        self.first = self._reported(story.REPORTED, story.CIRCUMSTANCES)

    def _reported(self, at: datetime, circumstances: str) -> str:
        clock.set_to(at)
        made = self.post(
            "incidents/",
            {
                "person": story.PERSON,
                "informant": story.FRIEND,
                "circumstances": circumstances,
                "last_seen_at": "2018-06-17T12:00:00Z",
                "last_seen_place": story.HOME,
                "missing_from": "home",
                "bcu": self.cast.bcu.pk,
            },
            by=self.pc,
        )
        reference: str = made["reference"]
        ledger = self.ledgers[reference] = Ledger()
        ledger.answers("owner", self.pc, at)
        ledger.answers("inspector", self.cast.inspector_at(at), at)
        assert made["owner"]["id"] == str(self.pc.pk)
        assert made["inspector"]["id"] == str(self.cast.inspector_at(at).pk)
        return reference

    def given_it_is_graded_medium_and_endorsed(self, reference: str, at: datetime) -> None:
        clock.set_to(at)
        made = self.under(
            reference,
            "risk-assessments/",
            {
                "grade": "medium",
                "likelihood": "likely",
                "severity": "moderate",
                "rationale": story.RATIONALE,
                "factors": [],
                "information": [
                    {
                        "text": story.CIRCUMSTANCES,
                        "supplier": "Odalys Merrin, friend",
                        "contact": "020 7946 0318",
                        "obtained_at": z(at),
                    }
                ],
                "sources_checked": ["informant", "pnc"],
                "sources_not_checked": [{"source": "family", "reason": "None is known."}],
            },
            by=self.pc,
        )
        clock.set_to(at + timedelta(minutes=30))
        inspector = self.cast.inspector_at(clock.now())
        endorsed = self.post(
            f"risk-assessments/{made['id']}/endorse/", None, by=inspector, status=200
        )
        assert endorsed["endorsed_by"]["id"] == str(inspector.pk)

    def given_a_strategy_and_the_hypothesis_that_she_went_abroad(self) -> None:
        clock.set_to(story.PLANNED)
        self.under(self.first, "strategy/", {"text": story.STRATEGY}, by=self.pc)
        stated = self.under(
            self.first,
            "hypotheses/",
            {
                "statement": story.HYPOTHESIS,
                "would_confirm": story.WOULD_CONFIRM,
                "would_refute": story.WOULD_REFUTE,
            },
            by=self.pc,
        )
        assert stated["status"] == "open"
        self.hypothesis = stated["id"]

    def given_a_named_officer_is_to_enter_the_flat(self) -> None:
        self.enter = self._action(story.ENTER, self.pc, story.ACTION_DUE)
        self.border = self._action(
            story.ASK_BORDER, self.cast.frontline[Turn.LATE], story.REPORTED + timedelta(days=1)
        )

    def _action(self, title: str, responsible: Officer, due_at: datetime) -> str:
        made = self.under(
            self.first,
            "actions/",
            {"title": title, "responsible": str(responsible.pk), "due_at": z(due_at)},
            by=self.pc,
        )
        self.ledgers[self.first].answers(title, responsible, clock.now())
        action: str = made["id"]
        return action

    def when_the_home_is_checked_without_entering(self) -> None:
        for at, extent, covered in (
            (story.KNOCKED, "knock", "Knocked twice at the door."),
            (story.LOOKED, "exterior", "The windows, from the street."),
        ):
            self._searched(at, extent, covered, "The whole inside.", by=self.pc)

    def _searched(
        self, at: datetime, extent: str, covered: str, not_covered: str, *, by: Officer
    ) -> Any:
        clock.set_to(at)
        return self.under(
            self.first,
            "searches/",
            {
                "place": story.HOME,
                "kind": "home",
                "extent": extent,
                "covered": covered,
                "not_covered": not_covered,
                "searched_by": str(by.pk),
                "searched_at": z(at),
                "result": "No answer, no sound.",
            },
            by=by,
        )

    def when_the_beat_strikes_until_the_evening(self) -> None:
        for moment in ("13:30", "14:00", "15:00", "18:00"):
            at = london(f"2018-07-18 {moment}")
            self.when_inspectors_hand_over_until(at)
            self.beat.strike(at)

    def then_the_checks_are_what_they_were_and_search_1_is_not_met(self) -> None:
        searches = self.get(self.first, "searches/")
        assert [(each["extent"], each["not_covered"]) for each in searches] == [
            ("exterior", "The whole inside."),
            ("knock", "The whole inside."),
        ]
        search_1 = self.standard(self.first, "SEARCH-1")
        assert search_1["state"] == "not_met"
        assert search_1["due_at"] == search_1["since"] == z(story.ACTION_DUE)

    def then_the_record_names_who_is_to_enter(self) -> None:
        action = next(
            each for each in self.get(self.first, "actions/") if each["title"] == story.ENTER
        )
        assert action["responsible"]["id"] == str(self.pc.pk)
        assert action["due_at"] == z(story.ACTION_DUE)
        incident = self.get(self.first)
        assert incident["overdue"]["actions"] == 1
        assert "SEARCH-1" in incident["overdue"]["standards"]
        assert incident["next_due"]["who"] == str(self.pc)

    def then_each_rung_was_climbed_once_and_e_mailed(self) -> None:
        """Before and at the due time to who is to enter, then inspector, then superintendent."""
        raised = self.get(self.first, "timeline/", kind="reminder.raised", limit="200")
        late = self.cast.inspectors[Turn.LATE]
        for code, title in (("SEARCH-1", story.SEARCH_TITLE), ("ACT-2", story.ENTER)):
            rungs = [
                event["data"]["rung"]
                for event in reversed(raised)
                if event["data"]["code"] == code and title in event["summary"]
            ]
            assert rungs == ["before", "due", "inspector", "superintendent"], title
            told = {self.pc: 2, late: 1, self.cast.superintendent: 1}
            assert reminders_mailed(title, self.first) == told
