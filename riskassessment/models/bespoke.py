"""What a rationale repeats or leaves unsaid, and the prints by which an earlier one is found."""

from django.db import models

from core.db.protection import never_erased


class Pointed(models.Model):
    """That a rationale was not written for this person, as its maker was told on recording it.

    of: the earlier assessment that holds the same words; None for the other kinds. passage: the
    words themselves, as this rationale has them. percent: how many of its words in a hundred stand
    in the earlier one. ask: what would be a reason instead.
    """

    class Kind(models.TextChoices):
        COPY = "copy", "Copy of an earlier rationale"
        PASSAGE = "passage", "Passage of an earlier rationale"
        STOCK = "stock", "Stock phrase"
        SHORT = "short", "Too short to give a reason"
        NOBODY = "nobody", "Says nothing of this person"

    assessment = models.ForeignKey(
        "riskassessment.RiskAssessment", on_delete=models.PROTECT, related_name="pointed"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    of = models.ForeignKey(
        "riskassessment.RiskAssessment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    passage = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    ask = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["copy", "passage"], of__isnull=False)
                | models.Q(kind__in=["stock", "short", "nobody"], of__isnull=True),
                name="pointed_names_what_it_repeats",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100), name="pointed_percent_of_a_hundred"
            ),
            models.CheckConstraint(
                condition=models.Q(of__isnull=True) | ~models.Q(of=models.F("assessment")),
                name="pointed_at_another",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return self.get_kind_display()


class RationalePrint(models.Model):
    """One of the marks of a rationale: equal marks of two texts mean equal words in a row.

    print: of the BCU and the words, so that one look-up is within one BCU. made_on: the London day.
    assessment_id: a plain number, since the table is an index, worked out from the rationales,
    which are never erased; it may be emptied and made again.
    """

    pk = models.CompositePrimaryKey("print", "made_on", "assessment_id")
    print = models.BigIntegerField()
    made_on = models.DateField()
    assessment_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.print:x} of {self.assessment_id}"
