"""Assessments and what they were made from."""

from riskassessment.models.assessment import Endorsement, RiskAssessment
from riskassessment.models.bespoke import Pointed, RationalePrint
from riskassessment.models.definition import GradeDefinition
from riskassessment.models.draft import RiskDraft
from riskassessment.models.information import InformationItem, SourceLookedAt
from riskassessment.models.phrases import KeptPhrase, PhraseFound
from riskassessment.models.prompt import PromptAnswer

__all__ = [
    "Endorsement",
    "GradeDefinition",
    "InformationItem",
    "KeptPhrase",
    "PhraseFound",
    "Pointed",
    "PromptAnswer",
    "RationalePrint",
    "RiskAssessment",
    "RiskDraft",
    "SourceLookedAt",
]
