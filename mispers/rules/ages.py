"""Ages in whole years by London's day, and whose may be a child's: asked here and nowhere else."""

from datetime import date

ADULT = 18


def age_on(born: date, day: date) -> int:
    """Whole years between a date of birth and a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_of(*, born: date | None, estimate: int | None, day: date) -> int | None:
    """Age in whole years: from the date of birth, else as estimated, else not known."""
    return estimate if born is None else age_on(born, day)


def age_in_words(*, born: date | None, estimate: int | None, day: date) -> str:
    """The age in years, `about 40` for an estimate, empty when nothing is known."""
    if born is not None:
        return str(age_on(born, day))
    return f"about {estimate}" if estimate is not None else ""


def may_be_childs(age: int | None) -> bool:
    """Whether an age in whole years is a child's; one that nobody knows may be."""
    return age is None or age < ADULT
