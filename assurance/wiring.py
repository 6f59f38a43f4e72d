"""Everything that assurance registers elsewhere: events, reactions, pages, menu, words."""

from assurance import events
from assurance.models import Disclosure, ReviewAnswer
from assurance.presenters.panels import not_met
from assurance.reactions import standards
from assurance.selectors.texts import review_texts
from core import trail
from core.registries.navigation import NavItem, register_nav
from core.trail import Reaction
from mispers.registries import Panel, Tab, register_panels, register_tabs
from officers.permissions import may
from officers.rules.permitted import MAY, Permission
from riskassessment.language.fields import asked_for, in_row, look_for_phrases

KINDS = trail.kinds_in(events)

REACTIONS = (
    Reaction(
        trail.EVERY,
        standards.evaluate_soon,
        for_many=standards.evaluate_together,
        sends=("assurance.tasks.evaluate_record",),
    ),
)

TABS = (
    Tab("Standards", "incident-standards", order=70),
    Tab(
        "Disclosure",
        "incident-disclosure",
        order=80,
        shown_to=lambda officer, now: may(officer, Permission.DISCLOSE, now),
    ),
)

PANELS = (Panel("assurance/parts/not_met_panel.html", order=50, context=not_met),)

NAV = (
    NavItem("Standards", "standards", order=50, roles=MAY[Permission.SEE_STANDARDS], seldom=True),
    NavItem("Dip samples", "dip-samples", order=55, roles=MAY[Permission.DIP_SAMPLE], seldom=True),
)

WORDS = (
    asked_for(events.REVIEWED, review_texts, holds=[(ReviewAnswer, "words")]),
    in_row(events.DISCLOSED, lambda said: said.disclosure, Disclosure, "purpose"),
)


def wire() -> None:
    """Called once, when the site starts."""
    trail.react(*REACTIONS)
    register_tabs(*TABS)
    register_panels(*PANELS)
    register_nav(*NAV)
    look_for_phrases(*WORDS)
