"""How an assessment looks on a page; no queries of its own."""

from dataclasses import dataclass
from typing import Any

from riskassessment.models import Endorsement, RiskAssessment, SourceLookedAt
from riskassessment.usually import label_of


@dataclass(frozen=True)
class Shown:
    """An assessment with its codes in words. unsaid: sources that nothing was said about."""

    row: RiskAssessment
    said: Endorsement | None
    factors: list[str]
    looked_at: list[SourceLookedAt]
    not_looked_at: list[SourceLookedAt]
    unsaid: list[str]
    words: list[dict[str, Any]]


def shown(assessment: RiskAssessment) -> Shown:
    """An assessment as `riskassessment.selectors.with_details` reads it."""
    sources = list(assessment.sources.all())
    told = {each.source for each in sources}
    return Shown(
        row=assessment,
        said=getattr(assessment, "endorsement", None),
        factors=[label_of(code) for code in assessment.factors],
        looked_at=[each for each in sources if each.checked],
        not_looked_at=[each for each in sources if not each.checked],
        unsaid=[label for code, label in SourceLookedAt.Source.choices if code not in told],
        words=getattr(assessment, "words", []),
    )
