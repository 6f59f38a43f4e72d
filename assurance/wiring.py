"""What assurance adds to the menu, to an incident's tabs and to its overview."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assurance import events
from assurance.models import Disclosure, ReviewAnswer
from assurance.selectors.proof import with_proof
from assurance.standards.evaluate import State, evaluate
from core.registries.navigation import NavItem, register_nav
from mispers.models import Incident
from mispers.registries import Panel, Tab, register_panel, register_tab
from officers.models import Officer
from officers.permissions import may
from officers.rules.permitted import MAY, Permission
from riskassessment.words import fields as words


def register() -> None:
    """Called once when the app is ready."""
    readers, samplers = _roles(Permission.SEE_STANDARDS), _roles(Permission.DIP_SAMPLE)
    register_nav(NavItem("Standards", "standards", 50, readers, seldom=True))
    register_nav(NavItem("Dip samples", "dip-samples", 55, samplers, seldom=True))
    register_tab(Tab("Standards", "incident-standards", order=70))
    register_tab(Tab("Disclosure", "incident-disclosure", order=80, shown_to=_may_disclose))
    register_panel(Panel("assurance/parts/not_met_panel.html", 50, _not_met))
    words.register_texts(events.REVIEWED, _of_review, holds=[(ReviewAnswer, "words")])
    words.register(events.DISCLOSED, lambda said: said.disclosure, Disclosure, "purpose")


def _of_review(said: events.Reviewed) -> dict[str, str]:
    """The answers of a review; a finding's words are those of the action that it became."""
    answers = ReviewAnswer.objects.filter(review=said.review)
    return dict(answers.values_list("principle", "words"))


def _roles(permission: Permission) -> frozenset[str]:
    return frozenset(role.value for role in MAY[permission])


def _may_disclose(officer: Officer, now: datetime) -> bool:
    return may(officer, Permission.DISCLOSE, now)


def _not_met(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    verdicts = [each for each in evaluate(incident, now) if each.state is State.NOT_MET]
    return {"not_met": with_proof(verdicts), "incident": incident}
