"""19 and 30 July: the closing that was not to be, and the second report."""

from datetime import timedelta

from core import clock
from officers.models import Officer
from officers.rules.turns import Turn
from tests.rest import assert_problem
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.ix_68_18_over_rest.calling import z
from tests.scenarios.ix_68_18_over_rest.first_day import FirstDay


class ClosingAndAgain(FirstDay):
    """The closing that was not to be, and the second report."""

    def when_a_telephone_call_says_likely_abroad(self) -> None:
        self.when_inspectors_hand_over_until(story.TELEPHONED)
        self.beat.strike(story.TELEPHONED)
        self.under(
            self.first,
            "log/",
            {"text": story.LIKELY_ABROAD, "source": "A neighbour, by telephone"},
            by=self.pc,
        )

    def then_likely_abroad_is_a_hypothesis_that_nobody_has_tested(self) -> None:
        [hypothesis] = self.get(self.first, "hypotheses/")
        assert (hypothesis["statement"], hypothesis["status"]) == (story.HYPOTHESIS, "open")

    def then_closing_on_it_is_refused_however_senior_the_officer(self) -> None:
        for minutes, officer in enumerate(
            (
                self.pc,
                self.cast.inspectors[Turn.EARLY],
                self.cast.safeguarding,
                self.cast.superintendent,
            )
        ):
            clock.set_to(story.FIRST_ATTEMPT + timedelta(minutes=minutes))
            self._refused(officer, {"rationale": story.LIKELY_ABROAD})
            self._refused(
                officer,
                {
                    "rationale": story.LIKELY_ABROAD,
                    "outcome": "not_missing",
                    "evidence": "A neighbour says that she travels often.",
                },
                codes={"HYP-1"},
            )
        superintendent = self.by(self.cast.superintendent)
        authorised = superintendent.post(
            f"/api/v1/incidents/{self.first}/closure/authorise/",
            {"overrides": [{"code": "END-1", "reason": "She is known to travel."}]},
        )
        assert_problem(authorised, 409, "closure_not_asked")
        assert self.get(self.first)["stage"] == "pre_48h"
        tried = [e for e in self.get(self.first, "timeline/") if e["kind"] == "closure.barred"]
        assert len(tried) == 8
        assert tried[-1]["actor"]["id"] == str(self.pc.pk)
        assert "END-1" in tried[-1]["data"]["barriers"]

    def _refused(
        self,
        officer: Officer,
        body: dict[str, str],
        codes: frozenset[str] | set[str] = frozenset({"END-1", "HYP-1"}),
    ) -> None:
        answer = self.by(officer).post(f"/api/v1/incidents/{self.first}/closure/", body)
        barriers = {
            each["code"]: each for each in assert_problem(answer, 409, "barred")["barriers"]
        }
        assert codes <= set(barriers), barriers
        assert not any(barriers[code]["overridable"] for code in codes)
        assert story.HYPOTHESIS.rstrip(".") in barriers["HYP-1"]["message"]
        asked = self.get(self.first, "barriers/", by=officer, to="closed")
        assert {"END-1", "HYP-1"} <= {each["code"] for each in asked}

    def when_the_same_informant_reports_her_again(self) -> None:
        self.when_inspectors_hand_over_until(story.REPORTED_AGAIN)
        self.second = self._reported(story.REPORTED_AGAIN, story.CIRCUMSTANCES_AGAIN)

    def then_it_is_linked_at_intake(self) -> None:
        assert self.get(self.second)["previous_incidents"] == [self.first]
        assert self.second in self.get(self.first)["linked_incidents"]
        [linked] = self.get(self.second, "timeline/", kind="incident.linked")
        assert linked["at"] == z(story.REPORTED_AGAIN)

    def then_it_shows_what_the_first_relied_on(self) -> None:
        [relied] = self.get(self.second, "relied-on/")
        assert relied["incident"] == self.first
        assert relied["closure"] is None
        assert relied["located"] is None
        assert [each["statement"] for each in relied["untested"]] == [story.HYPOTHESIS]
        assert [each["extent"] for each in relied["not_inside"]] == ["exterior", "knock"]
        assert relied["searched_inside"] is False

    def then_it_asks_for_a_fresh_grade_within_the_hour(self) -> None:
        assert self.get(self.second)["grade"] is None
        risk_1 = self.standard(self.second, "RISK-1")
        within = story.REPORTED_AGAIN + timedelta(hours=1)
        assert (risk_1["state"], risk_1["due_at"]) == ("not_yet_due", z(within))
        due = self.get(self.second)["next_due"]
        assert due["at"] == z(within)
        assert due["who"] == str(self.pc)

    def when_border_force_answers_that_she_never_left(self) -> None:
        clock.set_to(story.NOT_ABROAD)
        self.under(
            self.first,
            f"hypotheses/{self.hypothesis}/conclude/",
            {
                "status": "refuted",
                "evidence": "No crossing in her name since the spring.",
                "supplier": "Border Force liaison desk",
            },
            by=self.cast.unit,
            status=200,
        )
        self._completed(self.border, story.ASK_BORDER, "She has not left the country.")

    def _completed(self, action: str, title: str, result: str) -> None:
        self.post(f"actions/{action}/complete/", {"result": result}, by=self.cast.unit, status=200)
        self.ledgers[self.first].ended(title, clock.now())
