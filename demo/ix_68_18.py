"""The published case IOPC IX-68-18 with invented people, as it would stand here on its 31 July.

In the case a report was closed on the guess that she had gone abroad, and she was found dead at
home a fortnight after it. Here the closing is refused, the knocks stay knocks, and at every instant
somebody answers for what is left undone.
"""

from datetime import datetime, time, timedelta

from core.errors import Barred
from mispers.models import Incident
from mispers.rules.reports import MissingReport
from mispers.services.boundary import pass_boundary
from mispers.services.closure import ask_closure
from mispers.services.contacts import record_notification
from mispers.services.intake import log_report
from mispers.services.log import add_log_entry
from mispers.services.searches import SearchDetails, record_search
from mispers.services.strategy import conclude_hypothesis, state_hypothesis, write_strategy
from officers.models import Officer
from officers.rules.roles import Role
from officers.selectors.duty import on_duty
from ownership.models import Capacity, HandoverItem, Holding
from ownership.services.acceptance import accept_handover
from ownership.services.actions import NewAction, complete_action, set_action
from ownership.services.handovers import offer_handover
from ownership.services.reminders import raise_due_reminders
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import endorse_assessment

PERSON = {
    "given_name": "Isaura",
    "family_name": "Fenwright-Lowe",
    "date_of_birth": None,
    "age_estimate": 41,
    "sex": "female",
    "home_address": {"lines": ["Flat 3, 27 Sable Gardens"], "postcode": "NW1 2DB"},
    "phones": ["07700 900318"],
}
FRIEND = {"name": "Odalys Merrin", "relationship": "friend", "phone": "020 7946 0318"}
EARLY_TURN = time(8, 15)
BRIEFING = "Medium. Nobody has been inside the flat. The idea that she is abroad is not tested."
HOME = "Flat 3, 27 Sable Gardens"


class Case:
    """The fortnight, day by day; `now` is the case's 31 July at the hour of the present."""

    def __init__(self, bcu: str, now: datetime) -> None:
        self.bcu, self.now = bcu, now
        self.swept_to = self._at(day=18, hour=14)

    def tell(self) -> tuple[Incident, Incident]:
        """Both incidents as they stand on 31 July: the first report's and the second's."""
        for day, hour, happens in (
            (18, 14, self._first_day),
            (19, 11, self._refused),
            (20, 14, self._unit_takes_it),
            (30, 10, self._second_report),
        ):
            moment = self._at(day=day, hour=hour)
            self._remind_until(moment)
            happens(moment)
        self._remind_until(self.now)
        return self.first, self.second

    def _remind_until(self, moment: datetime) -> None:
        """Sweep every quarter of an hour; the beat would have done so every few seconds."""
        while self.swept_to < moment:
            self.swept_to = min(self.swept_to + timedelta(minutes=15), moment)
            raise_due_reminders(now=self.swept_to)
            if self.swept_to.time() == EARLY_TURN:
                self._hand_over(self.swept_to)

    def _hand_over(self, at: datetime) -> None:
        """Once a day the inspector's chain goes to whoever is on duty, who accepts by name."""
        incoming = self._by(Role.DUTY_INSPECTOR, at)
        held = Holding.objects.filter(
            incident__person__family_name=PERSON["family_name"], capacity=Capacity.INSPECTOR
        ).select_related("incident", "officer")
        for holding in held.exclude(officer=incoming):
            handover = offer_handover(
                by=holding.officer,
                now=at,
                capacity=Capacity.INSPECTOR,
                to=incoming,
                bcu=self.bcu,
                items=[{"incident": holding.incident.reference, "briefing": BRIEFING}],
            )
            accept_handover(handover_id=handover.pk, by=incoming, now=at + timedelta(minutes=4))

    def _at(self, *, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the case's July, counted back from now."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=31 - day) + timedelta(hours=hour, minutes=minute)

    def _by(self, role: Role, at: datetime) -> Officer:
        return on_duty(self.bcu, role, at).officer

    def _first_day(self, at: datetime) -> None:
        by, last_seen = self._by(Role.FRONTLINE, at), at - timedelta(days=31)
        report = MissingReport(
            bcu=self.bcu, person=PERSON, informant=FRIEND, missing_from="home",
            last_seen_at=last_seen, last_seen_place=HOME,
            circumstances="Not seen for a month. A suitcase is missing from the hall cupboard. The "
            "informant has been to the home several times and she was not there.",
        )  # fmt: skip
        self.first = log_report(report, by=by, now=at).incident
        reference, later = self.first.reference, at + timedelta(minutes=35)
        assessment = assess_risk(
            reference=reference, by=by, now=later, grade="medium", likelihood="likely",
            severity="moderate",
            rationale="A month without a word is unlike her. Nothing says she meant to go, and "
            "nothing is known of where she is. Checks so far have found no trace.",
            information=[
                {
                    "text": "Not seen for a month; suitcase gone; several visits to the home.",
                    "supplier": "Odalys Merrin, friend", "contact": FRIEND["phone"],
                    "obtained_at": at,
                }
            ],
            sources_checked=["informant", "pnc"],
            sources_not_checked=[
                {"source": "family", "reason": "No family is known; the friend is asking."}
            ],
        )  # fmt: skip
        self._searched(at + timedelta(minutes=70), "knock", "Knocked twice at the door.",
                       "The inside, the loft and the bin store.")  # fmt: skip
        endorse_assessment(
            assessment=assessment.pk,
            by=self._by(Role.DUTY_INSPECTOR, at + timedelta(minutes=90)),
            now=at + timedelta(minutes=90),
        )
        write_strategy(
            reference, by=by, now=at + timedelta(minutes=100),
            text="Find out whether she travelled; enter and search the flat; speak to the "
            "neighbours above and below; her bank and her telephone.",
        )  # fmt: skip
        state_hypothesis(
            reference, by=by, now=at + timedelta(minutes=105),
            statement="She may have gone abroad without telling anybody.",
            would_confirm="A border record, a ticket, or a use of her card abroad.",
            would_refute="No border record, and her passport in the flat.",
        )  # fmt: skip
        for title, hours in (("Enter and search the flat inside", 4), ("Ask Border Force", 24)):
            action = NewAction(title=title, responsible=by, due_at=at + timedelta(hours=hours))
            set_action(reference=reference, action=action, by=by, now=at + timedelta(minutes=110))

    def _searched(self, at: datetime, extent: str, covered: str, not_covered: str) -> None:
        by = self._by(Role.FRONTLINE, at)
        details = SearchDetails(
            place=HOME, kind="home", extent=extent, covered=covered, not_covered=not_covered,
            searched_by=str(by), searched_at=at, result="No answer, no sound.",
        )  # fmt: skip
        record_search(self.first.reference, details, by=by, now=at)

    def _refused(self, at: datetime) -> None:
        """The day on which the case was closed; here the words are kept and the closing refused."""
        by = self._by(Role.FRONTLINE, at)
        self._searched(at - timedelta(hours=1), "exterior", "The windows, from the street.",
                       "The inside; curtains drawn in one room.")  # fmt: skip
        add_log_entry(
            self.first.reference, by=by, now=at, source="A neighbour, by telephone",
            text="Says that she travels often and has likely gone abroad and forgotten to say.",
        )  # fmt: skip
        try:
            ask_closure(
                self.first.reference, by=by, now=at + timedelta(minutes=20),
                rationale="A frequent traveller who has likely gone abroad without telling anyone.",
            )  # fmt: skip
        except Barred as refusal:
            reasons = ", ".join(sorted({barrier.code for barrier in refusal.barriers}))
            add_log_entry(
                self.first.reference, by=by, now=at + timedelta(minutes=25),
                text=f"Closure asked for and refused by the system: {reasons}.",
            )  # fmt: skip
            return
        raise AssertionError("This record could be closed without anybody having seen her.")

    def _unit_takes_it(self, at: datetime) -> None:
        pass_boundary(self.first.reference, now=at)
        later = at + timedelta(minutes=50)
        for item in HandoverItem.objects.filter(incident=self.first, state="offered"):
            accept_handover(handover_id=item.handover_id, by=item.handover.receiver, now=later)

    def _second_report(self, at: datetime) -> None:
        by = self._by(Role.FRONTLINE, at)
        report = MissingReport(
            bcu=self.bcu, person=PERSON, informant=FRIEND, missing_from="home",
            last_seen_at=at - timedelta(days=43), last_seen_place=HOME,
            circumstances="Reported again by the same friend: still no word, and she has not "
            "travelled as far as anybody can tell.",
            previous=[self.first.reference],
        )  # fmt: skip
        self.second = log_report(report, by=by, now=at).incident
        answered = at + timedelta(hours=3)
        unit = self._by(Role.MISSING_PERSONS_UNIT, answered)
        record_notification(
            self.first.reference, by=unit, now=answered, to="border", at=answered,
            notification_reference="BF-INV-0731",
        )  # fmt: skip
        hypothesis = self.first.hypothesis_entries.get()
        conclude_hypothesis(
            self.first.reference, hypothesis=hypothesis.pk, by=unit, now=answered,
            status="refuted", evidence="No crossing in her name since the spring.",
            supplier="Border Force liaison desk",
        )  # fmt: skip
        border = self.first.actions.get(title="Ask Border Force")
        complete_action(
            action_id=border.pk, by=border.responsible, now=answered,
            result="Answered: she has not left the country.",
        )  # fmt: skip
