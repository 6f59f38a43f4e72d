"""Phrases found in records, for a hundred of them: children's records and adults' apart."""

from dataclasses import dataclass

from django.db.models import Count

from core.rules.shares import Share
from riskassessment.figures.cohort import Cohort, Of, whose
from riskassessment.models import PhraseFound


@dataclass(frozen=True)
class WordRate:
    """Phrases in records of one kind. share: of records in which any was found."""

    of: Of
    records: int
    found: int
    kept: int
    share: Share

    @property
    def per_100(self) -> float | None:
        """Phrases found for a hundred records; None where there is no record."""
        return 100 * self.found / self.records if self.records else None


@dataclass(frozen=True)
class PhraseRate:
    """One phrase of the list, over children's records and all others."""

    phrase: str
    found_of_children: int
    found_of_others: int


def word_rates(cohort: Cohort, records: dict[Of, int]) -> list[WordRate]:
    """By whose records they are; one query."""
    rows = (
        PhraseFound.objects.filter(incident__in=cohort.incidents)
        .order_by()
        .annotate(of=whose("incident__"))
        .values("of")
        .annotate(
            found=Count("pk"), answered=Count("kept"), with_any=Count("incident", distinct=True)
        )
    )
    found = {row["of"]: row for row in rows}
    rates = []
    for of, number in records.items():
        row = found.get(of.value, {"found": 0, "answered": 0, "with_any": 0})
        share = Share(row["with_any"], number)
        rates.append(WordRate(of, number, row["found"], row["answered"], share))
    return rates


def phrase_rates(cohort: Cohort) -> list[PhraseRate]:
    """Each phrase that was found, the most frequent first; one query."""
    rows = (
        PhraseFound.objects.filter(incident__in=cohort.incidents)
        .order_by()
        .annotate(of=whose("incident__"))
        .values_list("phrase", "of")
        .annotate(number=Count("pk"))
    )
    found: dict[str, list[int]] = {}
    for phrase, of, number in rows:
        found.setdefault(phrase, [0, 0])[of != Of.CHILD] += number
    rates = [PhraseRate(phrase, *numbers) for phrase, numbers in found.items()]
    return sorted(
        rates, key=lambda each: (-each.found_of_children - each.found_of_others, each.phrase)
    )
