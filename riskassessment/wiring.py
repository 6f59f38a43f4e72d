"""Everything that riskassessment registers elsewhere: events, reactions, barriers, pages, words."""

from core import trail
from core.language import PHRASE, REASON
from core.registries.navigation import NavItem, register_nav
from core.registries.reference import ReferenceData, register_reference
from core.registries.typing_help import Helper, register_helper
from core.trail import Reaction
from mispers.registries import (
    Act,
    Tab,
    register_acts,
    register_annotation,
    register_barriers,
    register_filter,
    register_provider,
    register_tabs,
)
from officers.rules.permitted import MAY, Permission
from riskassessment import events
from riskassessment.barriers import barriers
from riskassessment.language.fields import look_for_phrases
from riskassessment.language.typed import url_for
from riskassessment.language.written import WORDS
from riskassessment.reactions.language import find_phrases
from riskassessment.selectors.assessments import GRADE, count_to_endorse
from riskassessment.selectors.by_grade import of_grade, with_rank
from riskassessment.services.reference import load_by_command

KINDS = trail.kinds_in(events)

REACTIONS = (Reaction(trail.EVERY, find_phrases, records=(events.PHRASE_KEPT,)),)

BARRIERS = (barriers,)

PROVIDERS = (GRADE,)
FILTERS = {"grade": of_grade}
ANNOTATIONS = (with_rank,)

TABS = (Tab("Risk", "incident-risk", order=10),)

ACTS = (Act("Grade the risk", "assess-risk", 10, Permission.ASSESS_RISK),)

NAV = (
    NavItem(
        "To endorse",
        "risk-queue",
        order=30,
        roles=MAY[Permission.ENDORSE_RISK],
        count=count_to_endorse,
    ),
    NavItem(
        "Figures",
        "risk-figures",
        order=52,
        roles=MAY[Permission.SEE_RISK_FIGURES],
        seldom=True,
    ),
)

# The meanings are loaded with every app's reference data too: a force may have added some.
REFERENCE = (ReferenceData("Meanings of the grades", 60, load_by_command),)

# Help with words: while they are typed, and in the write itself.
HELPER = Helper(url_for, carries=(PHRASE, REASON))


def wire() -> None:
    """Called once, when the site starts."""
    trail.react(*REACTIONS)
    register_barriers(*BARRIERS)
    for provider in PROVIDERS:
        register_provider(provider)
    for name, narrow in FILTERS.items():
        register_filter(name, narrow)
    for annotate in ANNOTATIONS:
        register_annotation(annotate)
    register_tabs(*TABS)
    register_acts(*ACTS)
    register_nav(*NAV)
    register_reference(*REFERENCE)
    register_helper(HELPER)
    look_for_phrases(*WORDS)
