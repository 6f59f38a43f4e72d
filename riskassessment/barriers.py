"""What grading puts in the way of a closure."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from core.barriers import Barrier
from mispers.models import Incident
from mispers.rules.codes import Code, row_of
from mispers.rules.stages import Stage
from officers.models import Officer
from riskassessment.models import Endorsement
from riskassessment.selectors.assessments import latest_assessment


def barriers(
    incident: Incident, target: Stage, by: Officer | None, now: datetime
) -> Iterator[Barrier]:
    """Before it is closed, the risk was graded, and an inspector endorsed the grade."""
    if target != Stage.CLOSED:
        return
    assessment = latest_assessment(incident)
    where = reverse("incident-risk", args=[incident.reference])
    if assessment is None:
        yield Barrier(
            code=Code.RISK_1,
            message="The risk has never been graded.",
            source=f"Protocol {Code.RISK_1}: graded, with the reasons for this person",
            lift_who="Any officer of the BCU",
            lift_where=where,
            overridable=row_of(Code.RISK_1).is_overridable,
        )
        return
    said: Endorsement | None = getattr(assessment, "endorsement", None)
    if said is not None and said.decision == Endorsement.Decision.ENDORSED:
        return
    grade = assessment.get_grade_display().lower()
    returned = said is not None
    yield Barrier(
        code=Code.RISK_3,
        message=(
            f"The {grade} grade was returned by {said.by} and not made again."
            if said is not None
            else f"No inspector has endorsed the {grade} grade by {assessment.made_by}."
        ),
        source=f"Protocol {Code.RISK_3}: endorsed by an inspector other than the assessor",
        lift_who=(
            "Any officer of the BCU, with a new assessment"
            if returned
            else f"An inspector other than {assessment.made_by}"
        ),
        lift_where=where,
        overridable=row_of(Code.RISK_3).is_overridable,
    )
