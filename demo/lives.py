"""What happens to an invented incident, told by the services in the order in which it would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.london import day_of
from demo.known import record_what_is_known
from demo.people import FOUND, Invented
from demo.reasons import reasons
from mispers.models import Incident
from mispers.registries import barriers_to
from mispers.rules.ages import age_on, may_be_childs
from mispers.rules.reports import MissingReport
from mispers.rules.stages import Stage
from mispers.selectors.incidents import earlier_incidents
from mispers.services.authorising import authorise_closure
from mispers.services.boundary import pass_boundary
from mispers.services.closure import ask_closure
from mispers.services.intake import log_report
from mispers.services.interviews import (
    InterviewDetails,
    ask_return_interview,
    record_prevention_interview,
)
from mispers.services.located import LocationDetails, record_located
from mispers.services.searches import SearchDetails, record_search
from mispers.services.strategy import write_strategy
from officers.models import Officer
from officers.rules.roles import Role
from officers.selectors.duty import on_duty
from ownership.models import Capacity, HandoverItem
from ownership.services.acceptance import accept_handover
from ownership.services.actions import NewAction, complete_action, set_action
from riskassessment.permissions import can_decide, can_endorse
from riskassessment.rules.grades import ORDER
from riskassessment.selectors.assessments import current_grade
from riskassessment.selectors.for_incident import factors_of, rules_for
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import endorse_assessment

MINUTE = timedelta(minutes=1)
# How often what should happen does.
SEARCHED_INSIDE, ENDORSED, ACCEPTED, EXPLAINED, LEFT_WAITING = 0.8, 0.9, 0.85, 0.2, 0.05
CONSIDERED = 0.9
ASKED = ("informant", "family", "earlier_reports", "pnc", "local_intelligence")


@dataclass
class Life:
    """One incident from its report until `now` (UTC), or until it is closed."""

    invented: Invented
    bcu: str
    reported_at: datetime
    now: datetime
    person: dict[str, Any]

    def live(self) -> Incident:
        """Log it and let happen what would have happened by now."""
        at, by = self.reported_at, self._on_duty(Role.FRONTLINE, self.reported_at)
        self.report = self.invented.report(self.person, at)
        self.incident = log_report(
            MissingReport(bcu=self.bcu, person=self.person, **self.report), by=by, now=at
        ).incident
        self.reference, self.found_at = self.incident.reference, self._found_at()
        self.grade = self.invented.grade()
        told_at = at + 5 * MINUTE
        if told_at < min(self.now, self.found_at):
            record_what_is_known(self.incident, by=by, at=told_at)
        steps = [
            (12, self._assess),
            (25, self._plan),
            (40, self._search),
            (55, self._endorse),
            (90, self._hand_to_specialist),
        ]
        for minutes, step in steps:
            moment = at + minutes * MINUTE + self.invented.chance.randint(0, 9) * MINUTE
            if moment >= min(self.now, self.found_at):
                break
            step(moment)
        self._cross_boundary()
        if self.found_at + 30 * MINUTE < self.now:
            self._end(self.found_at)
        return self.incident

    def _on_duty(self, role: Role, at: datetime) -> Officer:
        return on_duty(self.bcu, role, at).officer

    def _found_at(self) -> datetime:
        missing = timedelta(hours=max(self.invented.hours_missing(), 0.5))
        return self.reported_at + missing

    def _assess(self, at: datetime) -> None:
        differs_because = self._mind_the_rules(at)
        self.assessment = assess_risk(
            reference=self.reference,
            by=self._on_duty(Role.FRONTLINE, at),
            now=at,
            grade=self.grade,
            likelihood={"low": "possible", "medium": "likely", "high": "very_likely"}[self.grade],
            severity={"low": "minimal", "medium": "moderate", "high": "serious"}[self.grade],
            rationale=reasons(self.invented.chance, self.grade, self.person, self.report),
            prompts=self._answers(),
            information=[
                {
                    "text": self.incident.circumstances,
                    "supplier": self.incident.informant_name,
                    "contact": self.incident.informant_phone,
                    "obtained_at": self.reported_at,
                }
            ],
            sources_checked=ASKED,
            sources_not_checked=[{"source": "pnd", "reason": "Asked of the hub; waiting."}],
            differs_because=differs_because,
        )

    def _answers(self) -> list[dict[str, str]]:
        """What was considered by name: mostly both earlier incidents and markers."""
        earlier = earlier_incidents(self.incident.recorded_by, self.incident).count()
        told = {
            "earlier": f"Reported {earlier} times before; each time back within a day, unharmed."
            if earlier
            else "No earlier report is known, here or to the family.",
            "markers": "Known to the exploitation team; nothing new from them this week.",
        }
        return [
            {"code": code, "state": "answered", "text": text}
            for code, text in told.items()
            if self.invented.chance.random() < CONSIDERED
            and (code == "earlier" or self.incident.person.markers)
        ]

    def _mind_the_rules(self, at: datetime) -> str:
        """Grade as the rules usually have it, or now and then say why not."""
        speaking = rules_for(self.incident, self.grade, factors_of(self.incident, (), at))
        if not speaking:
            return ""
        if self.invented.chance.random() < EXPLAINED:
            return "Seen today by staff who know what to watch for; reviewed again in twelve hours."
        self.grade = max((rule.at_least for rule in speaking), key=lambda grade: ORDER[grade])
        return ""

    def _plan(self, at: datetime) -> None:
        by = self._on_duty(Role.FRONTLINE, at)
        place = self.incident.last_seen_place
        write_strategy(
            self.reference,
            by=by,
            now=at,
            text=f"Speak to the two people seen last with {self.person['given_name']}; "
            f"cameras from {place}; then the addresses known from the family.",
        )
        action = set_action(
            reference=self.reference,
            action=NewAction(
                title=f"View the cameras near {place}",
                responsible=self._on_duty(Role.FRONTLINE, at),
                due_at=at + timedelta(hours=4),
            ),
            by=by,
            now=at,
        )
        done_at = at + timedelta(hours=self.invented.chance.uniform(0.5, 5))
        if done_at < min(self.now, self.found_at):
            complete_action(
                action_id=action.pk,
                by=action.responsible,
                now=done_at,
                result="Seen at the stop at the time given, alone, taking a bus to the centre.",
            )

    def _search(self, at: datetime) -> None:
        by = self._on_duty(Role.FRONTLINE, at)
        inside = self.invented.chance.random() < SEARCHED_INSIDE
        for kind in ("home", "missing_from") if self.person["looked_after_by"] else ("home",):
            record_search(
                self.reference,
                SearchDetails(
                    place=", ".join(self.person["home_address"]["lines"]),
                    kind=kind,
                    extent="inside" if inside else "knock",
                    covered="Every room, the loft and the shed." if inside else "The front door.",
                    not_covered="Nothing left out." if inside else "The inside: nobody let us in.",
                    searched_by=str(by),
                    searched_at=at,
                    result="Not there.",
                ),
                by=by,
                now=at,
            )

    def _endorse(self, at: datetime) -> None:
        inspector = self._on_duty(Role.DUTY_INSPECTOR, at)
        may = can_decide(inspector, self.assessment, at) and can_endorse(
            inspector, self.assessment, at
        )
        if may and self.invented.chance.random() < ENDORSED:
            endorse_assessment(assessment=self.assessment.pk, by=inspector, now=at)

    def _hand_to_specialist(self, at: datetime) -> None:
        """The offers that the clock has made are accepted, mostly."""
        offers = HandoverItem.objects.filter(
            incident=self.incident, state="offered", capacity=Capacity.OWNER
        ).select_related("handover__receiver")
        risk = HandoverItem.Risk.RECONFIRMED if current_grade(self.incident) else ""
        for item in offers:
            if self.invented.chance.random() < ACCEPTED:
                accept_handover(
                    handover_id=item.handover_id, by=item.handover.receiver, now=at, risk=risk
                )

    def _cross_boundary(self) -> None:
        boundary = self.incident.boundary_48h_at
        if boundary < min(self.now, self.found_at):
            pass_boundary(self.reference, now=boundary)
            if boundary + 90 * MINUTE < self.now:
                self._hand_to_specialist(boundary + 90 * MINUTE)

    def _end(self, at: datetime) -> None:
        """Found and seen, interviewed; closure asked for, and authorised a little later."""
        by = self._on_duty(Role.FRONTLINE, at)
        name, (place, how) = self.person["given_name"], self.invented.chance.choice(FOUND)
        located = LocationDetails(
            at=at, place=place, condition="safe", how=how.format(name=name),
            seen_in_person_by=by, seen_at=at,
        )  # fmt: skip
        record_located(self.reference, located, by=by, now=at)
        talk = at + 40 * MINUTE
        if talk >= self.now:
            return
        held = InterviewDetails(
            attempted_at=talk, held_at=talk, interviewer=str(by),
            why="Wanted to be somewhere quiet after a quarrel.",
            what_happened="Walked, then stayed with somebody known to the family.",
            where_and_with_whom=place, harm="None seen or told.",
            next_time="Ring the aunt first; she is the one who is called.",
        )  # fmt: skip
        record_prevention_interview(self.reference, held, by=by, now=talk)
        if self.person["looked_after_by"] or self._is_child():
            ask_return_interview(
                self.reference, by=by, now=talk, requested_at=talk, authority="Borough of Fairmead"
            )
        self._close(talk + 60 * MINUTE, by)

    def _is_child(self) -> bool:
        return may_be_childs(age_on(self.person["date_of_birth"], day_of(self.reported_at)))

    def _close(self, at: datetime, by: Officer) -> None:
        if at + 60 * MINUTE >= self.now:
            return
        ask_closure(
            self.reference, by=by, now=at,
            rationale="Found and seen in person, interviewed, and safe where they now are.",
        )  # fmt: skip
        if self.invented.chance.random() < LEFT_WAITING:
            return
        authorise_closure(
            self.reference,
            by=self._on_duty(Role.DUTY_INSPECTOR, at + 60 * MINUTE),
            now=at + 60 * MINUTE,
            overrides=[
                {"code": barrier, "reason": "Overtaken by events: the person has been seen, safe."}
                for barrier in overridable(self.reference, at + 60 * MINUTE)
            ],
        )


def overridable(reference: str, now: datetime) -> list[str]:
    """Codes of the barriers to closing that an inspector may go past."""
    incident = Incident.objects.get(reference=reference)
    barriers = barriers_to(incident, Stage.CLOSED, None, now)
    return list(dict.fromkeys(barrier.code for barrier in barriers if barrier.overridable))
