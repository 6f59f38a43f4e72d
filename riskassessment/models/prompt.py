"""What was answered to a prompt, or why it was not."""

from django.db import models

from core.db.protection import never_erased


class PromptAnswer(models.Model):
    """The answer to one prompt of an assessment, in words; never a tick.

    question: as it was asked that day. text: the answer; or why it was not asked; or, where it is
    not known, what was tried, if anything. A prompt without a row was left without an answer.
    """

    class State(models.TextChoices):
        ANSWERED = "answered", "Answered"
        NOT_KNOWN = "not_known", "Not known"
        NOT_ASKED = "not_asked", "Not asked"

    assessment = models.ForeignKey(
        "riskassessment.RiskAssessment", on_delete=models.PROTECT, related_name="prompts"
    )
    code = models.CharField(max_length=32)
    question = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "code"], name="prompt_once_per_assessment"
            ),
            models.CheckConstraint(
                condition=models.Q(state="not_known")
                | models.Q(state__in=["answered", "not_asked"], text__regex=r"\S"),
                name="prompt_answered_in_words",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.code}: {self.get_state_display().lower()}"
