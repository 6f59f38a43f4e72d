"""The part of an incident's overview that assurance gives."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assurance.selectors.proof import with_proof
from assurance.standards.evaluate import State, evaluate
from mispers.models import Incident
from officers.models import Officer


def not_met(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    """The standards that the record does not meet, each with what proves it."""
    verdicts = [each for each in evaluate(incident, now) if each.state is State.NOT_MET]
    return {"not_met": with_proof(verdicts), "incident": incident}
