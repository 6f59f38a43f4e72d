"""A risk assessment and what an inspector said to it."""

import pgtrigger
from django.db import models

from core.db.protection import never_erased
from riskassessment.rules.grades import Grade, Likelihood, Severity

_NOT_BY_ASSESSOR = """
    IF EXISTS (
        SELECT 1 FROM riskassessment_riskassessment a
        WHERE a.id = NEW.assessment_id AND a.made_by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'an assessment is not endorsed or returned by whoever made it';
    END IF;
    RETURN NEW;
"""

_ONE_OF_TWO_TRAINED = """
    IF NEW.decision = 'endorsed' AND NOT NEW.endorser_trained AND EXISTS (
        SELECT 1 FROM riskassessment_riskassessment a
        WHERE a.id = NEW.assessment_id AND NOT a.assessor_trained
    ) THEN
        RAISE EXCEPTION 'an untrained assessment is endorsed by a trained inspector';
    END IF;
    RETURN NEW;
"""

_REGRADED_BY_ANOTHER = """
    IF NEW.regrades_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM riskassessment_riskassessment a
        WHERE a.id = NEW.regrades_id
          AND a.incident_id = NEW.incident_id AND a.made_by_id <> NEW.made_by_id
          AND NOT EXISTS (
              SELECT 1 FROM riskassessment_endorsement e WHERE e.assessment_id = a.id
          )
    ) THEN
        RAISE EXCEPTION 'only an undecided assessment of another, on this record, is graded again';
    END IF;
    RETURN NEW;
"""


class RiskAssessment(models.Model):
    """One grading with its reasons (RISK-1). Never edited: a correction is a new assessment.

    usually: what the rules of that day said it usually is, where that was higher; differs_because
    answers them. changes: what changed since the last one. unanswered: the prompts that were open
    and had no answer, each with code and question. review_due_at (UTC) follows from the grade
    (RISK-4), or comes sooner where a dose or the cold begins to matter before. repeats_because: why
    a rationale stays that repeats an earlier one. regrades: the assessment that an inspector,
    rather than endorse or return it, replaced by this one.
    """

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="risk_assessments"
    )
    grade = models.CharField(max_length=8, choices=Grade)
    likelihood = models.CharField(max_length=12, choices=Likelihood)
    severity = models.CharField(max_length=12, choices=Severity)
    rationale = models.TextField()
    factors = models.JSONField(default=list, blank=True)
    usually = models.JSONField(default=list, blank=True)
    differs_because = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    repeats_because = models.TextField(blank=True)
    regrades = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="regraded_as"
    )
    unanswered = models.JSONField(default=list, blank=True)
    definition = models.ForeignKey(
        "riskassessment.GradeDefinition", on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    assessor_trained = models.BooleanField()
    review_due_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__in=Grade.values), name="assessment_three_grades"
            ),
            models.CheckConstraint(
                condition=models.Q(likelihood__in=Likelihood.values),
                name="assessment_likelihood_known",
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=Severity.values), name="assessment_severity_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rationale__regex=r"\S"), name="assessment_has_rationale"
            ),
            models.CheckConstraint(
                condition=models.Q(usually=[]) | models.Q(differs_because__regex=r"\S"),
                name="assessment_says_why_below_usual",
            ),
            models.CheckConstraint(
                condition=models.Q(review_due_at__gt=models.F("made_at")),
                name="assessment_review_after_it",
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "-made_at", "-id"], name="assessment_latest"),
        ]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="regraded_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_REGRADED_BY_ANOTHER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} of {self.made_at:%Y-%m-%d %H:%M}"


class Endorsement(models.Model):
    """An inspector's decision on an assessment (RISK-3): endorsed, or returned with the reason."""

    class Decision(models.TextChoices):
        ENDORSED = "endorsed", "Endorsed"
        RETURNED = "returned", "Returned"

    assessment = models.OneToOneField(
        RiskAssessment, on_delete=models.PROTECT, related_name="endorsement"
    )
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    endorser_trained = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="endorsed")
                | models.Q(decision="returned", reason__regex=r"\S"),
                name="endorsement_returned_with_reason",
            )
        ]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="not_by_assessor",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_NOT_BY_ASSESSOR,
            ),
            pgtrigger.Trigger(
                name="one_of_two_trained",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ONE_OF_TWO_TRAINED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} at {self.at:%Y-%m-%d %H:%M}"
