"""References: CN-26-000123 is the 123rd report of CN in 2026, with no number left out."""

from datetime import datetime

from core.london import day_of
from mispers.models import ReferenceCounter


def next_reference(bcu: str, now: datetime) -> str:
    """The next reference of a BCU in the year of `now`.

    Its counter stays locked until the transaction ends: a report that is rolled back gives its
    number back, and nobody can have taken the next one meanwhile.
    """
    year = day_of(now).year
    (counter,) = ReferenceCounter.objects.raw(
        "INSERT INTO mispers_referencecounter (bcu_id, year, last) VALUES (%s, %s, 1) "
        "ON CONFLICT (bcu_id, year) DO UPDATE SET last = mispers_referencecounter.last + 1 "
        "RETURNING *",
        [bcu, year],
    )
    return f"{bcu}-{year % 100:02}-{counter.last:06}"
