"""Basic Command Units and their teams."""

from django.db import models


class BCU(models.Model):
    """A Basic Command Unit: the part of the force whose inspectors answer for an incident."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=100)
    boroughs = models.CharField(max_length=200)
    telephone = models.CharField(
        max_length=30,
        blank=True,
        help_text="Reaches the duty inspector's desk at any hour; empty where nobody has given it.",
    )
    fallback_officer = models.ForeignKey(
        "officers.Officer",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Answers where the rota has a gap.",
    )

    class Meta:
        verbose_name = "BCU"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Team(models.Model):
    """A team within a BCU."""

    bcu = models.ForeignKey(BCU, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bcu", "name"], name="team_name_once_per_bcu")
        ]

    def __str__(self) -> str:
        return f"{self.bcu_id} {self.name}"
