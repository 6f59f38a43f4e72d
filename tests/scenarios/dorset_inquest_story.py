"""The evening that both replays of the Dorset inquest of 2022 begin with; everybody is invented."""

from datetime import timedelta

from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from officers.rules.turns import Turn
from ownership.models import Deadline
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, an_officer, on_turn
from tests.factories.risk import an_assessment
from tests.moments import london

Crew = dict[tuple[Role, Turn], Officer]

EVENING = london("2026-11-07 16:00")
ELEVEN = london("2026-11-07 23:00")
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


def a_crew() -> Crew:
    """Late turn and night duty of one BCU, superintendents among them."""
    bcu = a_bcu("CN")
    found = {
        (role, turn): an_officer(role, bcu)
        for role in (Role.DUTY_INSPECTOR, Role.FRONTLINE, Role.SUPERINTENDENT)
        for turn in (Turn.LATE, Turn.NIGHT)
    }
    for (_, turn), officer in found.items():
        on_turn(officer, EVENING, turn)
    return found


def an_evening(crew: Crew) -> Incident:
    """A young woman reported in the late turn, graded medium."""
    pc = crew[Role.FRONTLINE, Turn.LATE]
    incident = log_incident(pc, EVENING, given_name="Isolde", family_name="Marchant")
    an_assessment(incident, pc, EVENING + QUARTER)
    Deadline.objects.update(next_rung_at=None)  # only the change of shift is told here
    return incident
