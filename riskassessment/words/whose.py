"""Whom the words are about: some phrases blame only a child."""

from mispers.models import Incident
from riskassessment.bearing import ADULT
from riskassessment.usually import age_at_report


def may_be_child(incident: Incident) -> bool:
    """Whether the person was under 18 on the day of the report, or may have been.

    An age that nobody knows may be a child's, as it may for the prompts.
    """
    return is_childs_age(age_at_report(incident))


def is_childs_age(age: int | None) -> bool:
    """Whether an age in whole years is a child's; one that is not known may be."""
    return age is None or age < ADULT
