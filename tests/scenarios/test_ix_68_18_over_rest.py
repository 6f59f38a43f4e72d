"""IOPC IX-68-18 over REST: closed on a guess, found dead at home; and how that is stopped."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core import clock
from officers.models import Officer
from officers.rules.turns import Turn
from tests.moments import london
from tests.rest import Rest, assert_problem, make_client_system
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import Beat, reminders_mailed
from tests.scenarios.ix_68_18_story import Cast, Ledger

pytestmark = pytest.mark.django_db(transaction=True)
QUARTER = timedelta(minutes=15)


def z(moment: datetime) -> str:
    """As REST answers a time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Replay:
    """The fortnight through one client system, which acts for each officer in turn."""

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

    # The first day.

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

    # Handing over.

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

    # The closing that was not to be.

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

    # The second report.

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

    # The end.

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

    # What can be proved afterwards.

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


def assert_pack_says_the_same(content: bytes, ledger: Ledger, place: Path) -> None:
    """Its own program finds nothing wrong, and its periods are those of the ledger."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
    checked = subprocess.run(
        [sys.executable, "check_pack.py"], cwd=place, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("Nothing wrong")
    record = json.loads((place / "record.json").read_text("utf-8"))
    chains = {**record["chains"], **{each["title"]: each["chain"] for each in record["actions"]}}
    assert set(chains) == set(ledger.points)
    for what, periods in chains.items():
        assert [
            (each["officer"], _moment(each["from"]), _moment(each["until"])) for each in periods
        ] == [(str(s.officer), s.since, s.until) for s in ledger.stretches(what)], what


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def test_iopc_ix_68_18_over_rest(
    cast: Cast, beat: Beat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Replay(cast, beat)
    # 18 July: reported, graded, and the home checked from outside
    case.given_a_report_by_a_friend()
    case.given_it_is_graded_medium_and_endorsed(case.first, story.GRADED)
    case.given_a_strategy_and_the_hypothesis_that_she_went_abroad()
    case.given_a_named_officer_is_to_enter_the_flat()
    case.when_the_home_is_checked_without_entering()
    case.when_the_beat_strikes_until_the_evening()
    case.then_the_checks_are_what_they_were_and_search_1_is_not_met()
    case.then_the_record_names_who_is_to_enter()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    # 19 July: likely abroad
    case.when_a_telephone_call_says_likely_abroad()
    case.then_likely_abroad_is_a_hypothesis_that_nobody_has_tested()
    case.then_closing_on_it_is_refused_however_senior_the_officer()
    case.when_the_action_is_reassigned(story.REASSIGNED, cast.frontline[Turn.NIGHT], story.OFF_DUTY)
    # 20 July: the clock passes the boundary
    case.when_48_hours_have_passed_and_the_unit_accepts()
    # 30 July: reported again
    case.when_the_same_informant_reports_her_again()
    case.then_it_is_linked_at_intake()
    case.then_it_shows_what_the_first_relied_on()
    case.then_it_asks_for_a_fresh_grade_within_the_hour()
    case.given_it_is_graded_medium_and_endorsed(
        case.second, story.REPORTED_AGAIN + timedelta(minutes=20)
    )
    case.when_border_force_answers_that_she_never_left()
    # 31 July and 1 August: entered at last, found, closed by another inspector
    case.when_the_action_is_reassigned(
        story.LOCKSMITH, cast.frontline[Turn.LATE], story.WITH_A_LOCKSMITH
    )
    case.when_the_flat_is_entered_at_last()
    case.when_she_is_found_dead()
    case.when_the_coroner_confirms_it()
    case.then_another_inspector_alone_closes_it()
    # Years later
    beat.settle()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    case.then_at_any_instant_one_query_names_everybody()
    case.then_nobody_could_have_been_named_before_the_report()
    case.then_the_disclosure_pack_says_the_same(tmp_path)
    case.then_the_trail_is_whole(capsys)
