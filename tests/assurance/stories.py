"""What may happen to a record, a line a story: the table of standards is made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.language import keeping
from mispers.models import ExploitationInvestigation, Incident
from mispers.services.authorising import authorise_closure
from mispers.services.corrections import correct_incident
from mispers.services.reopening import reopen_incident
from mispers.services.strategy import write_strategy
from officers.models import Officer, Training
from officers.rules.roles import Role
from ownership.services.acceptance import accept_handover
from ownership.services.actions import complete_action
from ownership.services.shift_ends import watch_changes_of_shift
from riskassessment.language.answers import unanswered
from riskassessment.models import RiskAssessment
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.keep import keep_phrase
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, endorse, search
from tests.factories.endings import all_overrides, ask, close, locate
from tests.factories.known import an_investigation
from tests.factories.officers import leaves_at, on_shift
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment, trained
from tests.moments import NOW

DAY = timedelta(days=1)


@dataclass
class Case:
    """One record and who works on it."""

    unit: Unit
    incident: Incident

    def grade(self, after: timedelta, grade: str = "medium", **over: object) -> RiskAssessment:
        return an_assessment(self.incident, self.unit.frontline, NOW + after, grade, **over)

    def trained(self) -> "Case":
        """The same, with an assessor in date."""
        trained(self.unit.frontline, NOW)
        return self

    def endorsed_by_the_untrained(self) -> None:
        made, untrained = self.trained().grade(HOUR), self.unit.another(Role.DUTY_INSPECTOR)
        endorse_assessment(assessment=made.pk, by=untrained, now=NOW + 2 * HOUR)

    def marked(self, *said: str) -> None:
        """Somebody with a marker, of whom so many prompts are answered in words."""
        self.incident.person.markers = ["cce"]
        self.incident.person.save()
        self.grade(
            HOUR, prompts=[{"code": code, "state": "answered", "text": "As told."} for code in said]
        )

    def endorsed(self, after: timedelta, grade: str = "medium", later: timedelta = HOUR) -> None:
        endorse(self.grade(after, grade), self.unit.inspector, NOW + after + later)

    def search(self, after: timedelta, extent: str = "inside") -> None:
        search(self.incident, self.unit.frontline, NOW + after, extent)

    def action(self, due: timedelta, done: timedelta | None = None) -> None:
        made = an_action(self.incident, self.unit.frontline, NOW, due_at=NOW + due)
        if done is not None:
            officer = self.unit.frontline
            complete_action(action_id=made.pk, by=officer, now=NOW + done, result="Nobody saw her.")

    def exploited(self) -> None:
        """A child, it turns out at once, with a marker of sexual exploitation."""
        known = {"date_of_birth": date(2010, 3, 1), "markers": ["cse"]}
        correct_incident(
            self.incident.reference, by=self.unit.frontline, now=NOW, changes={"person": known}
        )

    def investigated(self, after: timedelta, *, in_training: bool = True) -> None:
        """The investigation is referenced and allocated."""
        self.exploited()
        officer = self.unit.safeguarding_di
        if in_training:
            trained(officer, NOW, course=Training.Course.EXPLOITATION)
        an_investigation(self.incident, self.unit.frontline, NOW + after, officer)

    def write(self, text: str, after: timedelta) -> None:
        reference, by = self.incident.reference, self.unit.frontline
        write_strategy(reference, by=by, now=NOW + after, text=text)

    def located(self, after: timedelta = HOUR, **over: object) -> None:
        locate(self.incident, self.unit.frontline, NOW + after, **over)

    def closed(self, after: timedelta = 2 * HOUR) -> None:
        close(self.incident, self.unit.frontline, self.unit.inspector, NOW + after)

    def closed_as_not_missing(self) -> None:
        officer, inspector, at = self.unit.frontline, self.unit.inspector, NOW + 2 * HOUR
        ask(self.incident, officer, at, outcome="not_missing", evidence="She was at work.")
        overrides = all_overrides(self.incident, inspector, at)
        authorise_closure(self.incident.reference, by=inspector, now=at, overrides=overrides)

    def reopened(self, after: timedelta = 3 * HOUR) -> None:
        reopen_incident(
            self.incident.reference,
            by=self.unit.frontline,
            now=NOW + after,
            reason="Her mother says that it was somebody else.",
        )


def nothing(case: Case) -> None:
    """Nothing happens after the report."""


def unseen_abroad(case: Case) -> None:
    case.located(seen_in_person_by=None, seen_at=None, how="A friend says that she is abroad.")


def dead_and_unconfirmed(case: Case) -> None:
    case.located(condition="deceased")


def dead_and_confirmed(case: Case) -> None:
    case.located(condition="deceased", coroner_reference="COR-2026-17")


def graded_and_first_step(case: Case, at: timedelta = 30 * MINUTE) -> None:
    case.grade(at)
    case.action(6 * HOUR)


def returned(case: Case) -> None:
    trained(case.unit.inspector, NOW)
    made = case.grade(30 * MINUTE)
    return_assessment(
        assessment=made.pk, reason="Ask her college.", by=case.unit.inspector, now=NOW + HOUR
    )


def investigated_and_taken_back(case: Case) -> None:
    case.investigated(HOUR)
    said = ExploitationInvestigation.objects.get()
    because = {"because": "It was of somebody else.", "counts": False, "corrects": said.pk}
    an_investigation(case.incident, case.unit.frontline, NOW + 2 * HOUR, None, **because)


def graded_again_by_the_trained(case: Case) -> None:
    case.grade(HOUR)
    case.trained().endorsed(2 * HOUR)


def considered_the_second_time(case: Case) -> None:
    case.grade(HOUR, prompts=[{"code": "earlier", "state": "not_known"}])
    case.grade(2 * HOUR, prompts=[{"code": "earlier", "state": "answered", "text": "Twice."}])


def reviewed_once_late(case: Case) -> None:
    case.grade(timedelta(), "high")
    case.grade(5 * HOUR, "high")


def reviewed_late_then_closed(case: Case) -> None:
    reviewed_once_late(case)
    case.closed(6 * HOUR)


def blamed(case: Case, after: timedelta = HOUR) -> None:
    """A strategy of which a phrase waits, and a quotation that does not."""
    case.write('She absconded. Her note: "out of control".', after)


def blamed_and_reworded(case: Case) -> None:
    blamed(case)
    case.write("She went missing.", 2 * HOUR)


def blamed_and_kept_afterwards(case: Case) -> None:
    blamed(case)
    keep_phrase(
        reference=case.incident.reference,
        found=unanswered(case.incident)[0].pk,
        reason="The home's word.",
        by=case.unit.frontline,
        now=NOW + 2 * HOUR,
    )


def blamed_and_kept_as_it_was_written(case: Case) -> None:
    with keeping([{"phrase": "absconded", "reason": "The home's word."}]):
        blamed(case)


def closed_and_reopened(case: Case) -> None:
    case.closed()
    case.reopened()


def shift_changes(case: Case, *accepted_after: timedelta) -> None:
    """The inspector goes off duty after two hours; the next one accepts late, or never."""
    boundary = NOW + 2 * HOUR
    leaves_at(case.unit.inspector, boundary)
    coming = case.unit.another(Role.DUTY_INSPECTOR)
    on_shift(coming, boundary, NOW + 10 * HOUR)
    watch_changes_of_shift(now=boundary)
    for after in accepted_after:
        handed_over(case, coming, after)


def handed_over(case: Case, to: Officer | None = None, after: timedelta = HOUR) -> None:
    to, at = to or case.unit.another(Role.DUTY_INSPECTOR), NOW + after
    offer = an_offer(case.unit.inspector, to, case.incident, at)
    accept_handover(handover_id=offer.pk, by=to, now=at)


Story = Callable[[Case], object]
