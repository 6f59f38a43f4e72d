"""Steps of an investigation and dip samples for tests of assurance, each by the real service."""

from datetime import datetime, timedelta
from typing import Any

from assurance.models import DipSample, SampleItem
from assurance.rules.principles import PRINCIPLES
from assurance.services.sampling import draw_sample
from assurance.standards.evaluate import Verdict, evaluate
from mispers.models import Incident
from mispers.services.searches import SearchDetails, record_search
from officers.models import Officer
from riskassessment.models import RiskAssessment
from riskassessment.services.endorse import endorse_assessment
from tests.factories.risk import trained

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def verdict_on(code: str, incident: Incident, at: datetime) -> Verdict:
    """How the record stands on one standard, read afresh."""
    verdicts = evaluate(Incident.objects.get(pk=incident.pk), at)
    return next(verdict for verdict in verdicts if verdict.code == code)


def endorse(assessment: RiskAssessment, by: Officer, now: datetime) -> None:
    """A trained inspector endorses."""
    trained(by, now)
    endorse_assessment(assessment=assessment.pk, by=by, now=now)


def search(incident: Incident, by: Officer, now: datetime, extent: str = "inside") -> None:
    """The home, searched inside unless told otherwise."""
    record_search(
        incident.reference,
        SearchDetails(
            place="12 Tallow Street",
            kind="home",
            extent=extent,
            covered="Every room, the loft and the shed.",
            not_covered="Nothing left out.",
            searched_by=str(by),
            searched_at=now,
            result="Nobody there.",
        ),
        by=by,
        now=now,
    )


def a_sample(by: Officer, now: datetime, **over: Any) -> DipSample:
    """A draw of three from the last two days of the officer's BCU."""
    given: dict[str, Any] = {
        "bcu": by.bcu_id,
        "period_from": now - timedelta(days=2),
        "period_to": now,
        "size": 3,
        "seed": "a seed",
        **over,
    }
    return draw_sample(by=by, now=now, **given)


def first_item(sample: DipSample) -> SampleItem:
    """The record drawn first."""
    return sample.items.select_related("incident").order_by("position")[0]


def answers(**over: str) -> dict[str, str]:
    """Words for every principle."""
    return {**dict.fromkeys(PRINCIPLES, "Yes: the record shows it in the first hour."), **over}
