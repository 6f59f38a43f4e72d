"""What other apps add to an incident: barriers, facts, filters, pages.

The incident knows nothing of grades, chains or reviews, yet its page shows them and its closure
waits for them. Each app's wiring registers its part here; this app only asks.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.barriers import Barrier
from mispers.models import Incident
from mispers.rules.stages import Stage
from officers.models import Officer
from officers.rules.permitted import Permission

BarrierSource = Callable[[Incident, Stage, Officer | None, datetime], Iterable[Barrier]]
FactLoader = Callable[[Sequence[Incident], datetime], Mapping[int, Any]]
Filter = Callable[[QuerySet[Incident], str, datetime], QuerySet[Incident]]


@dataclass(frozen=True)
class Fact:
    """A named value beside an incident, loaded for many incidents in a fixed number of queries.

    load gives {incident pk: value}; missing is the value of an incident not in it. The value must
    offer what both a page and `as_json` need. as_at gives the values of an earlier moment; a fact
    without it is left out of how an incident stood.
    """

    name: str
    load: FactLoader
    missing: Any = None
    as_json: Callable[[Any], Any] = lambda value: value
    as_at: FactLoader | None = None


@dataclass(frozen=True)
class Tab:
    """A page about an incident: its label, the URL name (taking `reference`) and who sees it."""

    label: str
    url_name: str
    order: int
    shown_to: Callable[[Officer, datetime], bool] = lambda _officer, _now: True


@dataclass(frozen=True)
class Panel:
    """A part of the incident's overview: a template and the loader of its context."""

    template: str
    order: int
    context: Callable[[Incident, Officer, datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class Act:
    """Something to do on an incident, offered as a button on its overview.

    url_name takes `reference`; shown says whether the incident's state allows it.
    """

    label: str
    url_name: str
    order: int
    permission: Permission
    shown: Callable[[Incident], bool] = lambda incident: incident.is_open


@dataclass
class _Registry:
    barriers: list[BarrierSource] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    filters: dict[str, Filter] = field(default_factory=dict)
    annotations: list[Callable[[QuerySet[Incident], datetime], QuerySet[Incident]]] = field(
        default_factory=list
    )
    tabs: list[Tab] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


_registry = _Registry()


def register_barriers(*sources: BarrierSource) -> None:
    """Ask these too, whenever a stage change is asked for."""
    _registry.barriers.extend(sources)


def register_fact(fact: Fact) -> None:
    """Show `fact` beside incidents, on pages and over REST."""
    _registry.facts[fact.name] = fact


def register_filter(name: str, narrow: Filter) -> None:
    """Let lists of incidents be narrowed by `name`."""
    _registry.filters[name] = narrow


def register_annotation(
    annotate: Callable[[QuerySet[Incident], datetime], QuerySet[Incident]],
) -> None:
    """Add columns to the open list, such as when the next thing is due."""
    _registry.annotations.append(annotate)


def register_tabs(*tabs: Tab) -> None:
    """Add pages to an incident's sub-navigation."""
    _registry.tabs.extend(tabs)


def register_panels(*panels: Panel) -> None:
    """Add parts to an incident's overview."""
    _registry.panels.extend(panels)


def register_acts(*acts: Act) -> None:
    """Offer things to do on an incident's overview."""
    _registry.acts.extend(acts)


def barriers_to(
    incident: Incident, target: Stage, by: Officer | None, now: datetime
) -> list[Barrier]:
    """Everything that stands in the way of `target`, from every app, in a stable order."""
    found = [
        barrier for source in _registry.barriers for barrier in source(incident, target, by, now)
    ]
    return sorted(found, key=lambda barrier: (barrier.overridable, barrier.code))


def facts_of(incidents: Sequence[Incident], now: datetime) -> dict[int, dict[str, Any]]:
    """{incident pk: {fact name: value}}; the number of queries does not depend on how many."""
    loaded = {fact.name: (fact, fact.load(incidents, now)) for fact in _registry.facts.values()}
    return {
        incident.pk: {
            name: values.get(incident.pk, fact.missing) for name, (fact, values) in loaded.items()
        }
        for incident in incidents
    }


def facts_as_at(incident: Incident, at: datetime) -> dict[str, Any]:
    """The facts as they stood at an earlier moment, of those that can say."""
    return {
        fact.name: fact.as_at([incident], at).get(incident.pk, fact.missing)
        for fact in _registry.facts.values()
        if fact.as_at is not None
    }


def facts_as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """An incident's facts as REST gives them."""
    return {name: _registry.facts[name].as_json(value) for name, value in facts.items()}


def filters() -> Mapping[str, Filter]:
    """The filters other apps registered, by name."""
    return dict(_registry.filters)


def annotated(incidents: QuerySet[Incident], now: datetime) -> QuerySet[Incident]:
    """The queryset with every registered column."""
    for annotate in _registry.annotations:
        incidents = annotate(incidents, now)
    return incidents


def tabs_for(officer: Officer, now: datetime) -> list[Tab]:
    """The pages about an incident that this officer sees, in order."""
    shown = [tab for tab in _registry.tabs if tab.shown_to(officer, now)]
    return sorted(shown, key=lambda tab: tab.order)


def panels() -> list[Panel]:
    """The parts of the overview, in order."""
    return sorted(_registry.panels, key=lambda panel: panel.order)


def acts_on(incident: Incident, allowed: Container[Permission]) -> list[Act]:
    """What can be done on the incident by somebody with these permissions, in order."""
    offered = [act for act in _registry.acts if act.permission in allowed and act.shown(incident)]
    return sorted(offered, key=lambda act: act.order)
