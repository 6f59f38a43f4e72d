"""Being seen (END-1): what answers the report of a missing person, asked here and nowhere else."""

from django.db.models import TextChoices


class Condition(TextChoices):
    """The condition in which a person was located."""

    SAFE = "safe", "Safe and well"
    HARMED = "harmed", "Harmed"
    DECEASED = "deceased", "Dead"


def counts_as_seen(condition: str, *, seen_by: int | None, coroner_reference: str) -> bool:
    """Whether a location answers the report.

    seen_by: the officer who saw the person. Of the dead the coroner's confirmation counts, and
    nothing else.
    """
    if condition == Condition.DECEASED:
        return bool(coroner_reference)
    return seen_by is not None
