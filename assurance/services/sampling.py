"""Drawing a dip sample: seeded, so that anybody can make the same draw again."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assurance import events
from assurance.models import DipSample, SampleItem
from assurance.services.always_drawn import ALWAYS, always_drawn
from core import trail
from core.checks import Complaints
from mispers.models import Incident
from mispers.services.gateway import record
from officers.models import BCU, Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.visibility import bcus_seen_by
from ownership.services.locking import count_up, lock_incidents

LARGEST = 100
LONGEST_SEED = 64


@dataclass(frozen=True)
class Redrawn:
    """A sample's draw made again: how many it was drawn from, and in words what differs."""

    population: int
    drawn: list[str]
    differences: list[str]


def order_by_lot(seed: str, references: Iterable[str]) -> list[str]:
    """References in the order in which this seed draws them.

    Each gets the SHA-256 of the seed, a colon and the reference; the smallest comes first. Nothing
    but the seed and the references decides, so the draw can be checked with any tool.
    """
    return sorted(
        references, key=lambda reference: hashlib.sha256(f"{seed}:{reference}".encode()).digest()
    )


@transaction.atomic
def draw_sample(
    *,
    by: Officer,
    now: datetime,
    bcu: str,
    period_from: datetime,
    period_to: datetime,
    size: int,
    seed: str = "",
) -> DipSample:
    """Draw `size` records by lot from the reports that the BCU recorded in a period; keep the draw.

    On top, whatever the lot and the period say, come the records of `always_drawn`. Without a seed
    one is made. Raises Invalid or NotPermitted.
    """
    check_may(by, Permission.DIP_SAMPLE, now)
    seed = _checked_seed(by, now, bcu, period_from, period_to, size, seed)
    # The BCU's row: two draws at once get two numbers.
    unit = BCU.objects.select_for_update(no_key=True).get(pk=bcu)
    references = _recorded(unit, period_from, min(period_to, now))
    fields = Complaints(now)
    if not references:
        fields.add("period_from", "nothing_to_draw", "No report was recorded in this period.")
    fields.check()
    drawn = order_by_lot(seed, references)[:size]
    always = always_drawn(unit, drawn)
    sample = DipSample.objects.create(
        reference=f"DS-{unit.code}-{DipSample.objects.filter(bcu=unit).count() + 1:05}",
        bcu=unit,
        period_from=period_from,
        period_to=period_to,
        size=size,
        seed=seed,
        population=len(references),
        drawn_by=by,
        drawn_at=now,
    )
    _record_draw(sample, drawn, always)
    why = dict.fromkeys(drawn, SampleItem.Why.LOT)
    for each in ALWAYS:
        why |= dict.fromkeys(always[each.name], each.why)
    _add_items(sample, why, by, now)
    return sample


def _record_draw(
    sample: DipSample, drawn: Sequence[str], always: Mapping[str, Sequence[str]]
) -> None:
    by = sample.drawn_by
    trail.record(
        events.SAMPLE_DRAWN,
        stream=sample.reference,
        bcu=sample.bcu_id,
        by=by,
        now=sample.drawn_at,
        summary=f"{by} drew {len(drawn)} of {sample.population} records of {sample.bcu} by lot "
        f"with the seed “{sample.seed}”{_on_top(always)}.",
        data=events.SampleDrawn(
            sample=sample.pk,
            seed=sample.seed,
            drawn=tuple(drawn),
            **{name: tuple(references) for name, references in always.items()},
        ),
    )


def redraw(sample: DipSample) -> Redrawn:
    """Make the draw again from seed and period, and compare it with what was drawn."""
    references = _recorded(sample.bcu, sample.period_from, min(sample.period_to, sample.drawn_at))
    drawn = order_by_lot(sample.seed, references)[: sample.size]
    kept = [
        item.incident.reference for item in sample.items.all() if item.why == SampleItem.Why.LOT
    ]
    differences = []
    if len(references) != sample.population:
        differences.append(
            f"The period has {len(references)} records now; {sample.population} were drawn from."
        )
    differences += [f"{each} is drawn now, and was not then." for each in drawn if each not in kept]
    differences += [f"{each} was drawn then, and is not now." for each in kept if each not in drawn]
    if not differences and drawn != kept:
        differences.append("The same records are drawn in another order.")
    return Redrawn(len(references), drawn, differences)


def _recorded(unit: BCU, start: datetime, end: datetime) -> list[str]:
    """References recorded from start until before end; a draw at `end` itself sees no more."""
    found = Incident.objects.filter(bcu=unit, recorded_at__gte=start, recorded_at__lt=end)
    return list(found.order_by().values_list("reference", flat=True))


def _on_top(always: Mapping[str, Sequence[str]]) -> str:
    return "".join(f", {len(always[each.name])} because {each.because}" for each in ALWAYS)


def _add_items(
    sample: DipSample, why: Mapping[str, SampleItem.Why], by: Officer, now: datetime
) -> None:
    """why: {reference: why it was drawn}, in the order of the draw."""
    keys = dict(Incident.objects.filter(reference__in=why).values_list("reference", "pk"))
    # All under lock, in the one order of the house, before their streams are written.
    locked = lock_incidents(list(keys.values()))
    SampleItem.objects.bulk_create(
        SampleItem(sample=sample, incident=locked[keys[reference]], position=position, why=reason)
        for position, (reference, reason) in enumerate(why.items(), start=1)
    )
    for pk in sorted(locked):
        incident = locked[pk]
        record(
            incident,
            events.SAMPLED,
            events.Sampled(sample=sample.pk),
            by=by,
            now=now,
            summary=f"Drawn into dip sample {sample.reference}: "
            f"{why[incident.reference].label.lower()}.",
        )
    count_up(list(locked))


def _checked_seed(
    by: Officer,
    now: datetime,
    bcu: str,
    period_from: datetime,
    period_to: datetime,
    size: int,
    seed: str,
) -> str:
    """The seed to use; Invalid when anything of the draw cannot stand."""
    fields = Complaints(now)
    seen = bcus_seen_by(by)
    if not BCU.objects.filter(pk=bcu).exists() or (seen is not None and bcu not in seen):
        fields.add("bcu", "unknown_bcu", "Choose a BCU whose records you see.")
    fields.past("period_from", period_from)
    if period_to <= period_from:
        fields.add("period_to", "before_start", "The end must be after the start.")
    if not 1 <= size <= LARGEST:
        fields.add("size", "out_of_range", f"Draw between 1 and {LARGEST} records.")
    seed = fields.line("seed", seed, most=LONGEST_SEED)
    fields.check()
    return seed or secrets.token_hex(8)
