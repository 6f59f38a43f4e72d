"""What other apps add to an incident: barriers, parts of its strip, filters, pages.

The incident knows nothing of grades, chains or reviews, yet its page shows them and its closure
waits for them. Each app's wiring registers its part here; this app only asks.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

from core.barriers import Barrier
from core.errors import Invalid
from mispers.models import Incident
from mispers.rules.stages import Stage
from mispers.rules.strip import PARTS
from officers.models import Officer
from officers.rules.permitted import Permission

BarrierSource = Callable[[Incident, Stage, Officer | None, datetime], Iterable[Barrier]]
# Of (incidents, now), and of what each part that it needs holds: {incident pk: value}.
LoadPart = Callable[..., Mapping[int, Any]]
Filter = Callable[[QuerySet[Incident], Any, datetime], QuerySet[Incident]]


@dataclass(frozen=True)
class Provider:
    """Fills one part of the strip, for many incidents in a fixed number of queries.

    load(incidents, now, *needs) gives {incident pk: value}; who is not in it keeps the part's empty
    value. needs: the parts whose values load is given besides. as_at(incidents, at) gives the
    values of an earlier moment; a part without it is left out of how an incident stood.
    """

    part: str
    load: LoadPart
    needs: tuple[str, ...] = ()
    as_at: LoadPart | None = None


class Providers:
    """Who provides each part of the strip: nobody or one, which is checked when the site starts."""

    def __init__(self) -> None:
        self._by_part: dict[str, Provider] = {}

    def add(self, provider: Provider) -> None:
        """Take the part from this provider; what it needs must be provided already."""
        part = provider.part
        if part not in PARTS:
            raise ImproperlyConfigured(f"IncidentStrip has no part {part!r}.")
        if part in self._by_part:
            raise ImproperlyConfigured(f"{part!r} is provided twice.")
        if missing := [each for each in provider.needs if each not in self._by_part]:
            raise ImproperlyConfigured(f"{part!r} needs {missing}, which nobody provides before.")
        self._by_part[part] = provider

    def load(
        self, incidents: Sequence[Incident], now: datetime, parts: Iterable[str]
    ) -> dict[str, Mapping[int, Any]]:
        """{part: {incident pk: value}} of these parts, as far as somebody provides them."""
        wanted = set(parts)
        if unknown := wanted - PARTS:
            raise ValueError(f"IncidentStrip has no parts {sorted(unknown)}.")
        loaded: dict[str, Mapping[int, Any]] = {}
        for provider in self._with_needs(wanted):
            needed = [loaded[each] for each in provider.needs]
            loaded[provider.part] = provider.load(incidents, now, *needed)
        return {part: values for part, values in loaded.items() if part in wanted}

    def load_as_at(
        self, incidents: Sequence[Incident], at: datetime
    ) -> dict[str, Mapping[int, Any]]:
        """{part: {incident pk: value}} as it stood, of the parts whose providers can say."""
        return {
            part: provider.as_at(incidents, at)
            for part, provider in self._by_part.items()
            if provider.as_at is not None
        }

    def _with_needs(self, wanted: set[str]) -> list[Provider]:
        """In the order in which they came, so that what is needed is loaded before."""
        found = set(wanted)
        for provider in reversed(self._by_part.values()):
            if provider.part in found:
                found.update(provider.needs)
        return [provider for part, provider in self._by_part.items() if part in found]


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
    providers: Providers = field(default_factory=Providers)
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


def register_provider(provider: Provider) -> None:
    """Show a part of the strip wherever an incident is shown, on pages and over REST."""
    _registry.providers.add(provider)


def register_filter(name: str, narrow: Filter) -> None:
    """Let lists of incidents be narrowed by `name`."""
    if name in _registry.filters:
        raise ImproperlyConfigured(f"There are two filters {name!r}.")
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


def providers() -> Providers:
    """Who provides the parts of the strip."""
    return _registry.providers


def filters() -> Mapping[str, Filter]:
    """What lists of incidents can be narrowed by, each by its name."""
    return dict(_registry.filters)


def filter_named(name: str) -> Filter:
    """The filter of this name; Invalid at the field where nobody registered one."""
    found = _registry.filters.get(name)
    if found is None:
        choices = ", ".join(sorted(_registry.filters))
        raise Invalid.field(name, "unknown_filter", f"Choose what to narrow by: {choices}.")
    return found


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
