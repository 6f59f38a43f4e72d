"""Drawing a dip sample: seeded, so that anybody can make the same draw again."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from assurance import events
from assurance.models import DipSample, SampleItem
from core import trail
from core.errors import FieldError, Invalid
from mispers.models import Incident
from mispers.selectors import incidents_visible_to
from mispers.services.gateway import record
from officers.models import BCU, Officer
from officers.permissions import Permission, check_may
from officers.visibility import bcus_seen_by

LARGEST = 100


def order_by_lot(seed: str, references: Iterable[str]) -> list[str]:
    """References in the order in which this seed draws them.

    Each gets the SHA-256 of seed and reference; the smallest comes first. Nothing but the seed and
    the references decides, so the draw can be checked with any tool.
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
    """Draw `size` records by lot from the BCU's reports of a period, and keep the draw.

    Records on which a barrier to closure was overridden come on top, once, whatever the lot says.
    Without a seed one is made. Raises Invalid, or NotPermitted.
    """
    check_may(by, Permission.DIP_SAMPLE, now)
    _check(by, now, bcu, period_from, period_to, size, seed)
    seed = seed.strip() or secrets.token_hex(8)
    # The BCU's row: two draws at once get two numbers.
    unit = BCU.objects.select_for_update().get(pk=bcu)
    population = incidents_visible_to(by).filter(
        bcu=unit, recorded_at__gte=period_from, recorded_at__lt=period_to
    )
    references = list(population.order_by().values_list("reference", flat=True))
    if not references:
        raise Invalid.field("period_from", "nothing_to_draw", "No report was recorded in this period.")
    overridden = _overridden_and_never_sampled(by, unit)
    drawn = [
        reference for reference in order_by_lot(seed, references) if reference not in overridden
    ][:size]
    number = DipSample.objects.filter(bcu=unit).count() + 1
    sample = DipSample.objects.create(
        reference=f"DS-{unit.code}-{number:05}",
        bcu=unit,
        period_from=period_from,
        period_to=period_to,
        size=size,
        seed=seed,
        population=len(references),
        drawn_by=by,
        drawn_at=now,
    )
    trail.record(
        events.SAMPLE_DRAWN,
        stream=sample.reference,
        bcu=unit.code,
        by=by,
        now=now,
        summary=f"{by} drew {len(drawn)} of {len(references)} records of {unit} by lot, "
        f"and {len(overridden)} because a barrier to closure had been overridden.",
        data={"sample": sample.pk, "seed": seed, "drawn": drawn, "overridden": sorted(overridden)},
    )
    _add_items(sample, sorted(overridden), drawn, by, now)
    return sample


def _overridden_and_never_sampled(by: Officer, unit: BCU) -> set[str]:
    """Closed records with an overridden barrier that no sample has had yet."""
    return set(
        incidents_visible_to(by)
        .filter(bcu=unit, closurerequest_entries__overrides__isnull=False, sampled__isnull=True)
        .order_by()
        .values_list("reference", flat=True)
    )


def _add_items(
    sample: DipSample, overridden: list[str], drawn: list[str], by: Officer, now: datetime
) -> None:
    why = dict.fromkeys(overridden, SampleItem.Why.OVERRIDE) | dict.fromkeys(
        drawn, SampleItem.Why.LOT
    )
    incidents = Incident.objects.select_related("bcu").in_bulk(list(why), field_name="reference")
    SampleItem.objects.bulk_create(
        SampleItem(sample=sample, incident=incidents[reference], position=position, why=reason)
        for position, (reference, reason) in enumerate(why.items(), start=1)
    )
    # In one order everywhere, so that two draws never wait for each other in a circle.
    for reference in sorted(why):
        record(
            incidents[reference],
            events.SAMPLED,
            by=by,
            now=now,
            summary=f"Drawn into dip sample {sample.reference}: {why[reference].label.lower()}.",
            sample=sample.pk,
        )


def _check(
    by: Officer,
    now: datetime,
    bcu: str,
    period_from: datetime,
    period_to: datetime,
    size: int,
    seed: str,
) -> None:
    errors = []
    seen = bcus_seen_by(by)
    if not BCU.objects.filter(pk=bcu).exists() or (seen is not None and bcu not in seen):
        errors.append(FieldError("bcu", "unknown_bcu", "Choose a BCU whose records you see."))
    if period_to <= period_from:
        errors.append(FieldError("period_to", "before_start", "The end must be after the start."))
    if period_from > now:
        errors.append(FieldError("period_from", "in_future", "The start must be in the past."))
    if not 1 <= size <= LARGEST:
        errors.append(FieldError("size", "out_of_range", f"Draw between 1 and {LARGEST} records."))
    if len(seed) > 64:
        errors.append(FieldError("seed", "too_long", "A seed has at most 64 characters."))
    if errors:
        raise Invalid(errors)
