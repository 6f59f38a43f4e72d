"""The risk of incidents as it stands now, for whoever takes them on."""

from collections.abc import Collection

from riskassessment.models import RiskAssessment
from riskassessment.rules.grades import Grade


def risks_of(incident_ids: Collection[int]) -> dict[int, RiskAssessment]:
    """{incident pk: the assessment in force}, in one query; those without one are left out."""
    found = (
        RiskAssessment.objects.filter(incident__in=incident_ids)
        .select_related("made_by", "endorsement__by")
        .order_by("incident_id", "-made_at", "-pk")
        .distinct("incident_id")
    )
    return {each.incident_id: each for each in found}


def is_high(risk: RiskAssessment | None) -> bool:
    """Whether an incident of this assessment is accepted singly, with an answer to the risk."""
    return risk is not None and risk.grade == Grade.HIGH
