"""Handover across midnight with a busy rota: forty open incidents, five high, late turn to night.

The story's facts, shared by its telling over REST and in a browser; every name is invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from mispers.models import Incident
from officers.models import BCU, Officer
from officers.rules.roles import Role
from officers.rules.turns import Turn
from ownership.models import Action, Capacity, CustodyLink, HandoverItem, Holding
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, an_officer, on_turn
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment
from tests.moments import london

EVENING = london("2026-07-18 18:00")
BEFORE = london("2026-07-18 22:50")
AFTER = london("2026-07-18 23:05")
NUMBER, HIGH, GRADED, BACK = 40, 5, 15, 3
QUESTION = "Who has rung the mother?"


@dataclass
class Busy:
    """A BCU whose late turn holds forty incidents; the night duty comes on at eleven."""

    bcu: BCU
    late: Officer
    night: Officer
    late_pc: Officer
    night_pc: Officer
    superintendent: Officer
    incidents: Sequence[Incident]
    action: Action

    @property
    def high(self) -> set[str]:
        """The references of the five."""
        return {each.reference for each in self.incidents[:HIGH]}

    def holders(self) -> dict[str, Officer]:
        """Who answers for each as inspector now."""
        found = Holding.objects.filter(capacity=Capacity.INSPECTOR)
        return {
            each.incident.reference: each.officer
            for each in found.select_related("incident", "officer")
        }

    def check_nobody_was_dropped(self, back: set[str]) -> None:
        """One inspector at every instant since the report, and each accepted once or not at all."""
        links: dict[str, list[CustodyLink]] = {}
        for link in CustodyLink.objects.filter(capacity=Capacity.INSPECTOR).select_related(
            "incident", "officer"
        ):
            links.setdefault(link.incident.reference, []).append(link)
        assert len(links) == NUMBER
        for incident in self.incidents:
            chain = links[incident.reference]
            expected = [self.late] if incident.reference in back else [self.late, self.night]
            assert [link.officer for link in chain] == expected
            assert chain[0].taken_at == incident.recorded_at
            assert all(before.taken_at < after.taken_at for before, after in pairwise(chain))
        states = HandoverItem.objects.filter(capacity=Capacity.INSPECTOR)
        assert set(states.values_list("incident__reference", flat=True)) == set(links)
        assert states.filter(state="accepted", decided_by=self.night).count() == NUMBER - BACK
        assert states.filter(state="declined", reason=QUESTION).count() == BACK
        self.action.refresh_from_db()
        assert self.action.responsible == self.night_pc


def a_busy_evening() -> Busy:
    """Forty incidents of the evening, five high; a late PC has an action due at two at night."""
    bcu = a_bcu("CN")
    crew = {
        (role, turn): an_officer(role, bcu, family_name=f"{name}{turn.name.title()}")
        for role, name in (
            (Role.FRONTLINE, "Front"),
            (Role.DUTY_INSPECTOR, "Duty"),
            (Role.SAFEGUARDING_DI, "Guard"),
            (Role.SUPERINTENDENT, "Super"),
        )
        for turn in (Turn.LATE, Turn.NIGHT)
    }
    for (_, turn), officer in crew.items():
        on_turn(officer, EVENING, turn)
    pc = crew[Role.FRONTLINE, Turn.LATE]
    incidents = [log_incident(pc, EVENING + timedelta(seconds=number)) for number in range(NUMBER)]
    for number, incident in enumerate(incidents[:GRADED]):
        grade = "high" if number < HIGH else "medium"
        an_assessment(incident, pc, EVENING + timedelta(minutes=30), grade)
    action = an_action(
        incidents[7],
        pc,
        EVENING + timedelta(hours=1),
        title="Ask the night porter",
        due_at=london("2026-07-19 02:00"),
    )
    return Busy(
        bcu,
        crew[Role.DUTY_INSPECTOR, Turn.LATE],
        crew[Role.DUTY_INSPECTOR, Turn.NIGHT],
        pc,
        crew[Role.FRONTLINE, Turn.NIGHT],
        crew[Role.SUPERINTENDENT, Turn.NIGHT],
        [Incident.objects.get(pk=each.pk) for each in incidents],
        action,
    )


def moment_of(busy: Busy, incident: Incident) -> datetime:
    """When the night inspector took an incident on."""
    return CustodyLink.objects.get(
        incident=incident, capacity=Capacity.INSPECTOR, officer=busy.night
    ).taken_at
