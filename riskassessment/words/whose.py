"""Whom the words are about: some phrases blame only a child."""

from datetime import date

from core.forms.reading import LONDON
from mispers.models import Incident
from riskassessment.usually import age_of

ADULT = 18


def may_be_child(incident: Incident) -> bool:
    """Whether the person was under 18 on the day of the report, or may have been.

    An age that nobody knows may be a child's, as it may for the prompts.
    """
    return is_childs_age(age_of(incident.person, day_of_report(incident)))


def is_childs_age(age: int | None) -> bool:
    """Whether an age in whole years is a child's; one that is not known may be."""
    return age is None or age < ADULT


def day_of_report(incident: Incident) -> date:
    """The day in London on which the report was made."""
    return incident.reported_at.astimezone(LONDON).date()
