"""What is known about some of the demo's invented people, recorded soon after the report."""

import random
from datetime import datetime, timedelta
from typing import Any

from mispers.models import Incident
from mispers.rules.markers import of_exploitation
from mispers.services import health, known
from officers.models import Officer
from officers.rules.roles import Role
from officers.selectors.duty import on_duty

HOUR = timedelta(hours=1)
# Shares of those about whom something is told: an illness with its medicine, and the rest.
ILL, DRESSED = 0.2, 0.7
ILLNESSES = (
    ("sickle_cell", "Hydroxycarbamide and penicillin"),
    ("diabetes_insulin", "Insulin, rapid and long-acting"),
    ("epilepsy", "Levetiracetam"),
    ("asthma", "Salbutamol inhaler"),
)
CLOTHES = (
    "Navy school blazer, grey trousers, no coat. Small black rucksack.",
    "Red puffer jacket, jeans, white trainers. Hair tied back. Telephone with a cracked screen.",
    "Brown cardigan and slippers. No coat, no glasses, no bag.",
)


def record_what_is_known(incident: Incident, *, by: Officer, at: datetime) -> None:
    """What the informant and a doctor tell; the same for the same reference."""
    chance = random.Random(incident.reference)  # noqa: S311 - nothing secret is drawn
    where: dict[str, Any] = {"by": by, "now": at}
    told: dict[str, Any] = {"supplier_kind": "informant", "obtained_at": at}
    if chance.random() < ILL:
        _illness(incident, chance, at, where)
    if "dementia" in incident.person.markers:
        health.record_condition(
            incident.reference, code="dementia", details="Looks for the shop where she worked.",
            **where, **told,
        )  # fmt: skip
        known.record_weather(
            incident.reference, conditions="Rain, then clear and cold", low_celsius=3,
            critical_at=at + 6 * HOUR, critical_because="Thinly dressed, and 3 °C after dark.",
            supplier="Met Office forecast", contact="The forecast for the postcode",
            obtained_at=at, **where,
        )  # fmt: skip
    if chance.random() < DRESSED:
        known.record_clothing(
            incident.reference, description=chance.choice(CLOTHES), **where, **told
        )
    for marker in of_exploitation().intersection(incident.person.markers):
        _exploitation(incident, marker, chance, at, where)


def _illness(
    incident: Incident, chance: random.Random, at: datetime, where: dict[str, Any]
) -> None:
    code, medicine = chance.choice(ILLNESSES)
    doctor: dict[str, Any] = {
        "supplier": "Dr Amaris Penhallow, GP",
        "supplier_kind": "professional",
        "contact": "020 7946 0417",
        "obtained_at": at,
    }
    health.record_condition(incident.reference, code=code, **where, **doctor)
    health.record_medication(
        incident.reference, name=medicine, condition=code,
        last_taken_at=at - chance.randint(2, 9) * HOUR, **where, **doctor,
    )  # fmt: skip


def _exploitation(
    incident: Incident, marker: str, chance: random.Random, at: datetime, where: dict[str, Any]
) -> None:
    """Some have an investigation with an officer, some one with nobody, some none."""
    desk: dict[str, Any] = {
        "supplier": "Exploitation desk",
        "supplier_kind": "police",
        "contact": "020 7946 0555",
        "obtained_at": at,
    }
    drawn = chance.randint(0, 2)
    if drawn:
        officer = on_duty(incident.bcu_id, Role.MISSING_PERSONS_UNIT, at).officer
        known.record_exploitation_investigation(
            incident.reference, marker=marker, investigation=f"EX-26-{chance.randint(100, 999)}",
            officer=officer if drawn == 1 else None, **where, **desk,
        )  # fmt: skip
    known.record_associate(
        incident.reference, name="“Jay”, surname not known", relationship="Older, drives them",
        where="A grey hatchback near the station", danger="yes", **where, **desk,
    )  # fmt: skip
