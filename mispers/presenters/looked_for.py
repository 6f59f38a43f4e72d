"""What a look-up says beside whom it found: what was tried, and whom to ring."""

from dataclasses import dataclass
from datetime import date, datetime

from core.text import listed
from mispers.rules.naming.short_forms import stand_for
from mispers.rules.naming.splitting import in_two
from mispers.selectors.people import duty_inspectors
from mispers.selectors.same_person import Wanted
from officers.models import BCU
from officers.selectors.duty import OnDuty

MOST_FORMS = 6


@dataclass(frozen=True)
class Desk:
    """A BCU's duty inspector, as far as somebody is named, and the number of the desk."""

    bcu: BCU
    duty: OnDuty | None


def desk_of(bcu: BCU, now: datetime) -> Desk:
    """Whom somebody of the BCU rings."""
    return Desk(bcu, duty_inspectors([bcu.pk], now).get(bcu.pk))


def tried(wanted: Wanted) -> list[str]:
    """What was looked for, a line each."""
    name = wanted.name
    lines = [f"Every part of the name, in any order: {listed([*dict.fromkeys(name.words)])}."]
    joined = [spelt for run in name.runs if run.words > 1 for spelt in run.spelt[:1]]
    if joined:
        lines.append(f"Written in one word: {listed(joined[:MOST_FORMS])}.")
    forms = [form for word in name.words for form in sorted(stand_for(word))[:MOST_FORMS]]
    lines.append(
        "Other spellings that sound alike, in any script, and with or without accents"
        + (f"; other forms: {listed(forms)}." if forms else ".")
    )
    return [*lines, _birth(wanted)]


def _birth(wanted: Wanted) -> str:
    if wanted.date_of_birth:
        return (
            "Any date of birth, those first that are this day, the same with day and month "
            "swapped, or a year off."
        )
    if wanted.year_of_birth:
        return "Any date of birth, those first that are of this year or the next to it."
    return "Any date of birth."


def to_report(wanted: Wanted) -> dict[str, str | int]:
    """What was typed, under the names that the first page of a report has for it."""
    given, family = in_two(f"{wanted.given_name} {wanted.family_name}".strip())
    born: date | None = wanted.date_of_birth
    day = (
        {
            "date_of_birth_day": born.day,
            "date_of_birth_month": born.month,
            "date_of_birth_year": born.year,
        }
        if born
        else {}
    )
    return {"given_name": given, "family_name": family, **day}
