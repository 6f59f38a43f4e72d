"""Ages in whole years by London's day, and whose may be a child's: asked here and nowhere else."""

from datetime import date

ADULT = 18


def age_on(born: date, day: date) -> int:
    """Whole years between a date of birth and a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_of(*, born: date | None, estimate: int | None, day: date) -> int | None:
    """Age in whole years: from the date of birth, else as estimated, else not known."""
    return estimate if born is None else age_on(born, day)


def may_be_childs(age: int | None) -> bool:
    """Whether an age in whole years is a child's; one that nobody knows may be."""
    return age is None or age < ADULT
