"""Two BCUs with one record of every kind in each, built once for a module of tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assurance.services.disclosure import disclose
from core import clock
from mispers.models import Incident, ReportDraft
from mispers.services.strategy import state_hypothesis
from officers.models import Officer
from officers.rules.roles import Role
from officers.services.absences import record_absence
from officers.services.swaps import offer_swap
from ownership.models import Capacity, InboxItem, PushDevice
from ownership.services.actions import propose_not_pursued
from riskassessment.models import PhraseFound
from tests.conftest import SESSION, Unit, a_unit
from tests.factories.assurance import a_sample, first_item
from tests.factories.incidents import log_incident
from tests.factories.known import a_condition
from tests.factories.officers import on_shift
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import RATIONALE, an_assessment, trained
from tests.moments import NOW
from tests.site.routes import Row

HOUR = timedelta(hours=1)

# What an address names, and which of a side's records fill its arguments.
NAMED: dict[str, dict[str, str]] = {
    "": {},
    "bcu": {"bcu": "bcu"},
    "officer": {"pk": "colleague"},
    "training": {"pk": "training"},
    "shift": {"pk": "shift"},
    "uncovered shift": {"pk": "uncovered"},
    "own shift": {"pk": "own_shift"},
    "own absence": {"pk": "own_absence"},
    "swap": {"pk": "swap"},
    "incident": {"reference": "reference"},
    "hypothesis": {"reference": "reference", "pk": "hypothesis"},
    "known condition": {"reference": "reference", "slug": "known kind", "pk": "condition"},
    "phrase": {"reference": "reference", "pk": "phrase"},
    "pack": {"reference": "reference", "pk": "pack"},
    "action": {"reference": "reference", "pk": "action"},
    "action alone": {"pk": "action"},
    "proposed action": {"reference": "reference", "pk": "proposed"},
    "proposed action alone": {"pk": "proposed"},
    "assessment": {"pk": "assessment"},
    "figure": {"code": "figure"},
    "handover": {"pk": "handover"},
    "handover item": {"pk": "handover", "reference": "reference"},
    "sample": {"reference": "sample"},
    "sampled record": {"pk": "item"},
    "draft": {"pk": "draft"},
    "step": {"pk": "draft", "slug": "step"},
    "inbox item": {"pk": "inbox"},
    "device": {"pk": "device"},
}
# Seen by one officer alone, whatever the BCU and role.
PERSONAL = {"draft", "step", "inbox item", "device", "own shift", "own absence"}


@dataclass(frozen=True)
class World:
    """Officers of one BCU, one per role and on duty, and the records that they may ask for.

    mine: what each has of their own. own: the records of their BCU. other: those of another, with
    the draft and the inbox item of an officer there.
    """

    cn: Unit
    ne: Unit
    officers: Mapping[Role, Officer]
    mine: Mapping[Role, Mapping[str, Any]]
    own: Mapping[str, Any]
    other: Mapping[str, Any]

    def names(self, role: Role, *, own: bool = True) -> dict[str, Any]:
        """What a role's officer has before them."""
        return {**self.own, **self.mine[role]} if own else dict(self.other)

    def address(self, row: Row, role: Role = Role.FRONTLINE, *, own: bool = True) -> str:
        """The row's address, for a record of the officer's own BCU or of another."""
        names = self.names(role, own=own)
        return reverse(row.name, kwargs={arg: names[key] for arg, key in NAMED[row.of].items()})

    def body(self, row: Row, role: Role = Role.FRONTLINE, *, own: bool = True) -> Any:
        """The row's body with every @name looked up."""
        return _filled(row.body, self.names(role, own=own))


def signed_in(officer: Officer | None) -> Browser:
    """A browser of this officer that answers a defect with its page, as a real one would."""
    browser = Browser(raise_request_exception=False)
    if officer is not None:
        browser.force_login(officer, backend=SESSION)
    return browser


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is changed within is taken back, so that every request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build() -> World:
    """Two BCUs that are alike."""
    clock.set_to(NOW)
    cn, ne = a_unit("CN"), a_unit("NE")
    officers = {role: cn.another(role) for role in Role}
    there = ne.another(Role.MISSING_PERSONS_UNIT)
    own, other = _side(cn, officers[Role.MISSING_PERSONS_UNIT]), _side(ne, there)
    # On duty only now, so that none of the records has been given to them.
    for role in cn.crew:
        on_shift(officers[role], NOW - HOUR, NOW + 8 * HOUR)
    mine = {role: _belongings(officer, cn) for role, officer in officers.items()}
    return World(cn, ne, officers, mine, own, {**other, **_belongings(there, ne)})


def _side(unit: Unit, mpu: Officer) -> dict[str, Any]:
    """One record of every kind in a BCU."""
    before = NOW - HOUR
    frontline = unit.frontline
    incident = log_incident(frontline, before)
    second = log_incident(frontline, before)
    words = f"{RATIONALE} She is streetwise."
    # In date when they grade, so that any inspector may endorse it.
    training = trained(frontline, NOW)
    assessment = an_assessment(incident, frontline, before, rationale=words)
    action = an_action(incident, frontline, before, mpu)
    proposed = an_action(incident, frontline, before, frontline, title="Ask at the station")
    propose_not_pursued(action_id=proposed.pk, by=frontline, now=before, reason="It is closed.")
    sample = a_sample(unit.superintendent, NOW, size=1)
    pack = disclose(
        reference=incident.reference, by=unit.another(Role.RECORDS), now=NOW,
        purpose="An inquest", recipient="The coroner",
    )  # fmt: skip
    hypothesis = state_hypothesis(
        incident.reference, by=frontline, now=before, statement="At a friend's.",
        would_confirm="The friend says so.", would_refute="She is not there.",
    )  # fmt: skip
    condition = a_condition(incident, frontline, before, code="autism")
    return {
        **_rota(unit, mpu),
        "bcu": unit.code,
        "reference": incident.reference,
        "second": second.reference,
        "version": Incident.objects.get(pk=incident.pk).version,
        "officer": str(unit.inspector.pk),
        "colleague": str(frontline.pk),
        "training": training.pk,
        "now": NOW.isoformat(),
        "later": (NOW + 8 * HOUR).isoformat(),
        "assessment": assessment.pk,
        "phrase": PhraseFound.objects.filter(incident=incident).order_by("pk")[0].pk,
        "action": action.pk,
        "proposed": proposed.pk,
        "hypothesis": hypothesis.pk,
        "condition": condition.pk,
        "known kind": "conditions",
        "handover": an_offer(frontline, mpu, incident, NOW, Capacity.OWNER).pk,
        "sample": sample.reference,
        "item": first_item(sample).pk,
        "pack": pack.pk,
        "figure": "harm",
    }


def _rota(unit: Unit, mpu: Officer) -> dict[str, Any]:
    """A shift, one that nobody covers, and a swap offered to the Missing Persons Unit's officer."""
    there = unit.another()
    shift = on_shift(there, NOW + 24 * HOUR, NOW + 32 * HOUR)
    away = on_shift(unit.another(), NOW + 24 * HOUR, NOW + 32 * HOUR)
    by = away.officer
    record_absence(officer=by, kind="sick", starts_at=NOW, ends_at=NOW + 40 * HOUR, by=by, now=NOW)
    giver = unit.another(Role.MISSING_PERSONS_UNIT)
    offered = on_shift(giver, NOW + 48 * HOUR, NOW + 56 * HOUR)
    return {
        "shift": shift.pk,
        "uncovered": away.pk,
        "swap": offer_swap(shift=offered.pk, to=mpu, by=giver, now=NOW).pk,
        "successor": str(unit.another().pk),
    }


def _belongings(officer: Officer, unit: Unit) -> dict[str, Any]:
    """An unfinished report that could be logged, and something in the inbox."""
    typed = {
        "given_name": ["Nadiya"],
        "family_name": ["Carrow"],
        "circumstances": ["Did not come home."],
        "missing_from": ["home"],
        "informant_name": ["Rowan Carrow"],
    }
    draft = ReportDraft.objects.create(officer=officer, data=typed, started_at=NOW, saved_at=NOW)
    item = InboxItem.objects.create(
        officer=officer, kind=InboxItem.Kind.NOTICE, title="An offer", link="/", raised_at=NOW
    )
    device = PushDevice.objects.create(
        officer=officer, endpoint=f"https://push.example/{officer.pk}", p256dh="x", auth="x",
        label="Firefox on Android", added_at=NOW,
    )  # fmt: skip
    ahead = on_shift(officer, NOW + 72 * HOUR, NOW + 80 * HOUR)
    absence = record_absence(
        officer=officer, kind="leave", starts_at=NOW + 96 * HOUR, ends_at=NOW + 99 * HOUR,
        by=officer, now=NOW,
    )  # fmt: skip
    return {
        "draft": draft.pk, "step": "who", "inbox": item.pk, "device": device.pk,
        "own_shift": ahead.pk, "own_absence": absence.pk,
    }  # fmt: skip


def _filled(value: Any, names: Mapping[str, Any]) -> Any:
    match value:
        case str() if value.startswith("@"):
            return names[value[1:]]
        case Mapping():
            return {key: _filled(each, names) for key, each in value.items()}
        case list():
            return [_filled(each, names) for each in value]
    return value


def named_routes() -> dict[str, URLPattern]:
    """Every route of the site by its name; one without a name is under the callback's."""
    return {pattern.name or str(pattern.pattern): pattern for pattern in _patterns(get_resolver())}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        else:
            yield each
