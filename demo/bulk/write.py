"""Writing invented incidents in bulk, a batch a transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from demo.bulk.chains import write_chains
from demo.bulk.deadlines import write_deadlines
from demo.bulk.records import (
    Written,
    write_assessments,
    write_endings,
    write_incidents,
    write_work,
)
from demo.bulk.sketch import Crew, sketch
from demo.bulk.trail import write_trail
from demo.people import Invented
from mispers.models import ClosureRequest, Incident, ReferenceCounter
from mispers.rules.stages import Outcome, Stage
from officers.models import BCU, Officer
from officers.rules.roles import Role
from riskassessment.models import GradeDefinition

BATCH = 1_000


def write_in_bulk(
    *, count: int, bcus: Sequence[str], start: datetime, now: datetime, seed: int
) -> int:
    """Write `count` incidents reported between `start` and `now` (UTC), spread over the BCUs.

    They carry rows, chains, deadlines and a trail that verifies; answers how many were written.
    """
    invented, crews = Invented(seed), _crews()
    span = (now - start).total_seconds()
    moments = sorted(
        start + timedelta(seconds=int(invented.chance.uniform(0, span))) for _ in range(count)
    )
    for first in range(0, count, BATCH):
        _write_batch(invented, crews, bcus, moments[first : first + BATCH], now)
    return count


@transaction.atomic
def _write_batch(
    invented: Invented,
    crews: dict[str, Crew],
    bcus: Sequence[str],
    moments: Sequence[datetime],
    now: datetime,
) -> None:
    sketches = []
    for moment in moments:
        bcu = invented.chance.choice(bcus)
        sketches.append(sketch(invented, bcu=bcu, crew=crews[bcu], reported_at=moment, now=now))
    references = _references([(each.bcu, each.reported_at.year) for each in sketches])
    written = write_incidents(sketches, references)
    write_chains(written)
    write_assessments(written, _definitions(now))
    write_work(written)
    write_endings(written)
    write_deadlines(write_trail(written), now)
    _move_stages(written)


def _crews() -> dict[str, Crew]:
    crews: dict[str, dict[Role, list[Officer]]] = defaultdict(lambda: defaultdict(list))
    for officer in Officer.objects.filter(is_active=True).order_by("username"):
        crews[officer.bcu_id][Role(officer.role)].append(officer)
    return {bcu.pk: crews[bcu.pk] for bcu in BCU.objects.all()}


def _definitions(now: datetime) -> dict[str, GradeDefinition]:
    in_force = GradeDefinition.objects.filter(in_force_from__lte=now, standing="policy")
    return {each.grade: each for each in in_force.order_by("in_force_from")}


def _references(wanted: Sequence[tuple[str, int]]) -> list[str]:
    """The next numbers of each BCU and year, taken as one block each."""
    blocks: dict[tuple[str, int], int] = {}
    for bcu, year in sorted(set(wanted)):
        counter, _ = ReferenceCounter.objects.select_for_update().get_or_create(
            bcu_id=bcu, year=year
        )
        blocks[bcu, year] = counter.last
        ReferenceCounter.objects.filter(pk=counter.pk).update(
            last=F("last") + wanted.count((bcu, year))
        )
    references = []
    for bcu, year in wanted:
        blocks[bcu, year] += 1
        references.append(f"{bcu}-{year % 100:02}-{blocks[bcu, year]:06}")
    return references


def _move_stages(written: Sequence[Written]) -> None:
    """The stages follow the events of this same transaction; without those the database refuses."""

    def pks(reached: str) -> list[int]:
        return [each.incident.pk for each in written if getattr(each.sketch, reached)]

    Incident.objects.filter(pk__in=pks("boundary_at")).update(stage=Stage.POST_48H)
    Incident.objects.filter(pk__in=pks("located_at")).update(stage=Stage.CLOSURE)
    decided = ClosureRequest.objects.filter(incident=OuterRef("pk"), decision="authorised")
    Incident.objects.filter(pk__in=pks("closed_at")).update(
        stage=Stage.CLOSED,
        outcome=Outcome.FOUND_SAFE,
        closed_at=Subquery(decided.values("decided_at")[:1]),
    )
