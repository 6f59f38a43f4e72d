"""Phrases in what was just written, as a REST answer names them."""

from collections.abc import Mapping

from mispers.models import Incident
from riskassessment.words.keeping import being_kept, folded
from riskassessment.words.matcher import words_in


def words_of(incident: Incident, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Phrases in texts of the incident, as a REST answer gives them, but for those just kept."""
    kept = being_kept()
    heard = kept.heard if kept else set()
    found = words_in(texts, is_child=incident.may_be_child)
    return [word for word in found if folded(word["phrase"]) not in heard]
