"""31 July and 1 August, and years later: found, closed by another inspector, and proved."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from core import clock
from officers.rules.turns import Turn
from tests.rest import assert_problem
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.disclosed import assert_pack_says_the_same
from tests.scenarios.ix_68_18_over_rest.calling import z
from tests.scenarios.ix_68_18_over_rest.closing_and_again import ClosingAndAgain


class Fortnight(ClosingAndAgain):
    """The whole of it, to the end and what can be proved afterwards."""

    def when_the_flat_is_entered_at_last(self) -> None:
        self.when_inspectors_hand_over_until(story.ENTERED)
        late = self.cast.frontline[Turn.LATE]
        self._searched(
            story.ENTERED, "part_inside", "Hall and kitchen.", "Two locked rooms.", by=late
        )
        assert self.standard(self.first, "SEARCH-1")["state"] == "not_met"

    def when_she_is_found_dead(self) -> None:
        self.when_inspectors_hand_over_until(story.FOUND)
        self._searched(story.FOUND, "inside", "Every room.", "Nothing.", by=self.pc)
        search_1 = self.standard(self.first, "SEARCH-1")
        assert (search_1["state"], search_1["late"]) == ("met", True)
        clock.set_to(story.FOUND + timedelta(minutes=20))
        self._completed(self.enter, story.ENTER, "Entered with a locksmith. Found dead.")
        for reference in self.ledgers:
            self._located(reference, coroner_reference="")
        refused = self.by(self.cast.unit).post(
            f"/api/v1/incidents/{self.first}/closure/", {"rationale": "Found dead at home."}
        )
        members = assert_problem(refused, 409, "barred")
        assert "END-1" in {each["code"] for each in members["barriers"]}

    def when_the_coroner_confirms_it(self) -> None:
        clock.set_to(story.CORONER)
        for reference in self.ledgers:
            self._located(reference, coroner_reference="STP-2018-0801")
            assert self.standard(reference, "END-1")["state"] == "met"

    def _located(self, reference: str, coroner_reference: str) -> None:
        self.under(
            reference,
            "located/",
            {
                "at": z(story.FOUND),
                "place": story.HOME,
                "condition": "deceased",
                "seen_in_person_by": str(self.pc.pk),
                "seen_at": z(story.FOUND),
                "how": "Found by the officers who entered the flat.",
                "coroner_reference": coroner_reference,
            },
            by=self.pc,
        )

    def then_another_inspector_alone_closes_it(self) -> None:
        inspector = self.cast.inspectors[Turn.EARLY]
        for reference in self.ledgers:
            clock.set_to(story.ASKED)
            self.under(
                reference, "closure/", {"rationale": "Found dead at home."}, by=self.cast.unit
            )
            authorise = f"/api/v1/incidents/{reference}/closure/authorise/"
            assert_problem(self.by(self.cast.unit).post(authorise), 403, "not_permitted")
            clock.set_to(story.AUTHORISED)
            self.under(reference, "closure/authorise/", None, by=inspector, status=200)
            incident = self.get(reference)
            assert (incident["stage"], incident["outcome"]) == ("closed", "found_deceased")
            assert self.standard(reference, "END-4")["state"] == "met"

    def then_at_any_instant_one_query_names_everybody(self) -> None:
        ledger = self.ledgers[self.first]
        moments = ledger.moments(until=story.AUTHORISED)
        assert len(moments) > 80
        for moment in moments:
            named = {
                (each["action"] or {}).get("title", each["capacity"]): each["officer"]["id"]
                for each in self.get(self.first, "ownership/", at=moment.isoformat())
            }
            assert named == {what: str(o.pk) for what, o in ledger.at(moment).items()}, moment

    def then_nobody_could_have_been_named_before_the_report(self) -> None:
        before = story.REPORTED - timedelta(microseconds=1)
        assert self.get(self.first, "ownership/", at=before.isoformat()) == []

    def then_the_disclosure_pack_says_the_same(self, place: Path) -> None:
        clock.set_to(story.DISCLOSED)
        answer = self.by(self.cast.records).post(
            f"/api/v1/incidents/{self.first}/disclosure/",
            {"purpose": "Ordered for the inquest.", "recipient": "The coroner", "redactions": []},
        )
        assert answer.status_code == 200, answer.content
        assert_pack_says_the_same(answer.content, self.ledgers[self.first], place)

    def then_the_trail_is_whole(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("verify_trail")
        assert ": no faults." in capsys.readouterr().out
