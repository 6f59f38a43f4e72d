"""The REST endpoints of risk assessments, their endorsement, and the words of a record."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from core.api.endpoint import Answer, Call, Endpoint, commands, creates, lists, shows
from core.errors import Invalid
from mispers.models import Incident
from mispers.selectors.incidents import get_incident
from riskassessment.api.assessment_shapes import PromptOut, RiskAssessmentOut, WaitingOut
from riskassessment.api.compared import ComparisonOut
from riskassessment.api.grading_shapes import ReturnIn, RiskAssessmentIn
from riskassessment.api.phrase_shapes import KeepIn, PhraseKeptOut, PhraseOut
from riskassessment.language.answers import unanswered
from riskassessment.models import KeptPhrase, PhraseFound, RiskAssessment
from riskassessment.presenters.comparison import Comparison, compare
from riskassessment.rules.grades import Grade
from riskassessment.rules.prompts import Opened
from riskassessment.selectors.assessments import (
    assessment_before,
    assessments_of,
    get_assessment,
    latest_factors,
    queue_of,
)
from riskassessment.selectors.for_incident import factors_of, opened_for
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.keep import keep_phrase
from riskassessment.services.regrade import regrade_assessment


def consulted(call: Call, reference: str) -> Incident:
    """The incident, within what the caller sees; that it was read is logged."""
    incident = get_incident(call.by, reference)
    call.log_consultation(incident.reference)
    return incident


class RiskAssessments(Endpoint):
    """The assessments of one incident; the first is the one in force."""

    resource = "risk-assessments"

    @lists(RiskAssessmentOut, filters={"grade": serializers.ChoiceField(Grade.choices)})
    def get(self, call: Call, reference: str) -> QuerySet[RiskAssessment]:
        """Newest first."""
        return assessments_of(consulted(call, reference)).filter(**call.query)

    @creates(RiskAssessmentIn, RiskAssessmentOut)
    def post(self, call: Call, reference: str) -> Answer:
        """Grade the risk, with the reasons; a correction is a further assessment."""
        made = assess_risk(reference=reference, by=call.officer, now=call.now, **call.data)
        return Answer(
            get_assessment(call.by, made.pk),
            location=reverse("api-risk-assessment", args=[made.pk]),
        )


class RiskAssessmentsOfAll(Endpoint):
    """The assessments of every incident that the caller sees."""

    resource = "risk-assessments"

    @lists(
        WaitingOut,
        filters={
            "waiting": serializers.BooleanField(
                help_text="Those of open incidents that wait for an inspector, or the others."
            ),
            "bcu": serializers.CharField(help_text="Its code."),
            "grade": serializers.ChoiceField(Grade.choices),
        },
    )
    def get(self, call: Call) -> QuerySet[RiskAssessment]:
        """Those that wait by when they are due, the soonest first; without, the newest first."""
        return queue_of(call.by, call.now, **call.query)


class OneRiskAssessment(Endpoint):
    """One assessment."""

    resource = "risk-assessments"

    @shows(RiskAssessmentOut)
    def get(self, call: Call, pk: int) -> RiskAssessment:
        """The assessment with its grounds and what an inspector said to it."""
        assessment = get_assessment(call.by, pk)
        call.log_consultation(assessment.incident.reference)
        return assessment


class RiskPrompts(Endpoint):
    """The questions to think over before grading one incident; they grade nothing."""

    resource = "risk-assessments"

    @lists(
        PromptOut,
        filters={
            "incident": serializers.CharField(help_text="The incident's reference."),
            "factors": serializers.CharField(
                help_text="Codes with commas between them; those of the last assessment if absent."
            ),
        },
    )
    def get(self, call: Call) -> Sequence[Opened]:
        """Those that its person, its markers, what is held about them and factors open."""
        reference = call.query.get("incident")
        if not reference:
            raise Invalid.field("incident", "required", "Say which incident.")
        incident = consulted(call, reference)
        asked = call.query.get("factors")
        factors = latest_factors(incident) if asked is None else asked.split(",")
        return opened_for(incident, factors_of(incident, factors, call.now))


class CompareAssessment(Endpoint):
    """What changed from the assessment before to this one."""

    resource = "risk-assessments"

    @shows(ComparisonOut)
    def get(self, call: Call, pk: int) -> Comparison:
        """Values, lists, and texts word by word; nothing where there is none before it."""
        assessment = get_assessment(call.by, pk)
        call.log_consultation(assessment.incident.reference)
        return compare(assessment_before(assessment), assessment)


class RegradeAssessment(Endpoint):
    """An inspector grades again themselves."""

    resource = "risk-assessments"

    @creates(RiskAssessmentIn, RiskAssessmentOut)
    def post(self, call: Call, pk: int) -> Answer:
        """A new assessment in place of one that waits; another inspector then endorses it."""
        made = regrade_assessment(assessment=pk, by=call.officer, now=call.now, **call.data)
        return Answer(
            get_assessment(call.by, made.pk),
            location=reverse("api-risk-assessment", args=[made.pk]),
        )


class EndorseAssessment(Endpoint):
    """An inspector stands behind the grade."""

    resource = "risk-assessments"

    @commands(None, RiskAssessmentOut)
    def post(self, call: Call, pk: int) -> RiskAssessment:
        """Endorse; refused to whoever made it, and while phrases in the record are unanswered."""
        return endorse_assessment(assessment=pk, by=call.officer, now=call.now)


class ReturnAssessment(Endpoint):
    """An inspector sends the grade back."""

    resource = "risk-assessments"

    @commands(ReturnIn, RiskAssessmentOut)
    def post(self, call: Call, pk: int) -> RiskAssessment:
        """Return with what to reconsider; the officer answers with a further assessment."""
        return return_assessment(assessment=pk, by=call.officer, now=call.now, **call.data)


class WordsOfRecord(Endpoint):
    """The phrases of an incident that wait to be reworded or kept with a reason (LANG-1)."""

    resource = "risk-assessments"

    @lists(PhraseOut)
    def get(self, call: Call, reference: str) -> Sequence[PhraseFound]:
        """In the order in which they were written."""
        return unanswered(consulted(call, reference))


class KeepPhrase(Endpoint):
    """A phrase stays, because it is a quotation or for another reason."""

    resource = "risk-assessments"

    @commands(KeepIn, PhraseKeptOut)
    def post(self, call: Call, reference: str, pk: int) -> KeptPhrase:
        """Keep one phrase with a reason."""
        return keep_phrase(
            reference=reference, found=pk, by=call.officer, now=call.now, **call.data
        )
