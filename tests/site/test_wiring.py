"""What the apps register with one another: nothing named that is not there, and in which order."""

import re
from collections.abc import Iterable
from inspect import getdoc

import pytest
from django.template.loader import get_template
from django.urls import reverse

from assurance import wiring as assurance
from config.celery import app
from core import trail
from core import wiring as core
from core.registries.navigation import NavItem
from core.trail import Kind, Reaction
from mispers import wiring as mispers
from mispers.registries import Act, Panel, Tab
from officers import wiring as officers
from ownership import wiring as ownership
from riskassessment import wiring as riskassessment

APPS = (officers, mispers, riskassessment, ownership, assurance)
REACTIONS: list[Reaction] = [
    *core.REACTIONS,
    *riskassessment.REACTIONS,
    *ownership.REACTIONS,
    *assurance.REACTIONS,
]
OF_AN_INCIDENT: list[Tab | Act] = [
    *mispers.TABS,
    *riskassessment.TABS,
    *ownership.TABS,
    *assurance.TABS,
    *mispers.ACTS,
    *riskassessment.ACTS,
    *ownership.ACTS,
]
MENU: list[NavItem] = [
    *officers.NAV,
    *mispers.NAV,
    *riskassessment.NAV,
    *ownership.NAV,
    *assurance.NAV,
]
PANELS: list[Panel] = [*mispers.PANELS, *assurance.PANELS]

# Where more than one thing is done with an event, the order matters: what falls due falls due from
# somebody, and a review is asked for after what the event itself answers.
ORDER = {
    "incident.reported": [
        "ownership.reactions.chains.start_when_reported",
        "ownership.reactions.first_steps.on_reported",
    ],
    "incident.corrected": [
        "ownership.reactions.exploitation.on_correction",
        "ownership.reactions.risk.on_something_significant",
    ],
    "incident.stage_changed": [
        "ownership.reactions.chains.follow_the_stage",
        "ownership.reactions.endings.on_stage_changed",
    ],
    "log.added_on_closed": [
        "ownership.reactions.chains.tell_of_new_information",
        "ownership.reactions.endings.on_logged_on_closed",
    ],
    "known.exploitation": [
        "ownership.reactions.exploitation.on_investigation",
        "ownership.reactions.risk.on_something_significant",
    ],
    "risk.assessed": [
        "ownership.reactions.chains.offer_by_grade",
        "ownership.reactions.risk.on_assessed",
    ],
}
WITH_EVERY_EVENT = [
    "core.push.channel.tell_of",
    "riskassessment.reactions.language.find_phrases",
    "assurance.reactions.standards.evaluate_soon",
]


def in_order(kind: Kind) -> list[str]:
    return [str(reaction) for reaction in trail.reactions_to(kind)]


def test_the_order_of_reactions_is_the_table_s() -> None:
    several = {
        kind.code: in_order(kind)
        for kind in trail.kinds().values()
        if len(trail.reactions_to(kind)) > 1
    }
    assert several == ORDER
    assert in_order(trail.EVERY) == WITH_EVERY_EVENT


def test_every_reaction_of_a_wiring_is_registered() -> None:
    registered = [
        each for kind in (trail.EVERY, *trail.kinds().values()) for each in trail.reactions_to(kind)
    ]
    assert len(registered) == len(REACTIONS)
    assert set(registered) == set(REACTIONS)


def test_every_kind_of_event_belongs_to_one_app() -> None:
    listed = [kind.code for app in APPS for kind in app.KINDS]
    ours = {code for code in trail.kinds() if not code.startswith(("playground.", "test."))}
    assert len(listed) == len(set(listed))
    assert set(listed) == ours


@pytest.mark.parametrize("reaction", REACTIONS, ids=lambda each: f"{each.kind.code}-{each}")
def test_a_reaction_says_what_it_does_in_a_sentence_and_names_kinds_and_tasks_that_exist(
    reaction: Reaction,
) -> None:
    said = (getdoc(reaction.does) or "").splitlines()[0]
    assert re.fullmatch(r"[A-Z].{10,}\.", said)
    assert {kind.code for kind in reaction.records} <= trail.kinds().keys()
    app.loader.import_default_modules()
    assert set(reaction.sends) <= app.tasks.keys()


@pytest.mark.parametrize("page", OF_AN_INCIDENT, ids=lambda each: each.url_name)
def test_the_page_of_a_tab_or_an_act_exists(page: Tab | Act) -> None:
    assert reverse(page.url_name, args=["MP-26-000001"])


@pytest.mark.parametrize("item", MENU, ids=lambda each: each.url_name)
def test_the_page_of_a_menu_entry_exists(item: NavItem) -> None:
    assert reverse(item.url_name)


@pytest.mark.parametrize("panel", PANELS, ids=lambda each: each.template)
def test_the_template_of_a_panel_exists(panel: Panel) -> None:
    assert get_template(panel.template)


@pytest.mark.parametrize(
    "placed",
    [
        [(tab.order, tab.label) for tab in OF_AN_INCIDENT if isinstance(tab, Tab)],
        [(act.order, act.label) for act in OF_AN_INCIDENT if isinstance(act, Act)],
        [(panel.order, panel.template) for panel in PANELS],
    ],
    ids=["tabs", "acts", "panels"],
)
def test_no_two_stand_in_one_place(placed: Iterable[tuple[int, str]]) -> None:
    places = [order for order, _ in placed]
    assert len(places) == len(set(places))
