"""What each grade means, by date."""

from django.db import models

from core.db.protection import never_erased
from riskassessment.rules.grades import Grade


class GradeDefinition(models.Model):
    """The meaning of a grade from a day on; an assessment keeps the policy it was made under.

    standing: policy is APP in our own words, guidance is ours; a page tells them apart.
    """

    class PolicyOrGuidance(models.TextChoices):
        POLICY = "policy", "Policy"
        GUIDANCE = "guidance", "Guidance"

    grade = models.CharField(max_length=8, choices=Grade)
    text = models.TextField()
    standing = models.CharField(max_length=8, choices=PolicyOrGuidance)
    source = models.CharField(max_length=300)
    in_force_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grade", "standing", "in_force_from"],
                name="definition_once_per_grade_and_day",
            ),
            models.CheckConstraint(
                condition=models.Q(grade__in=Grade.values), name="definition_three_grades"
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.grade} from {self.in_force_from:%Y-%m-%d}"
