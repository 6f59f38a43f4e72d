"""The invented incidents to measure over: made once, used again while their number stays."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from assurance.services.standards import refresh_everything
from core import clock
from demo.bulk.write import write_in_bulk
from mispers.models import Incident
from mispers.rules.stages import OPEN_STAGES
from officers.models import BCU
from officers.services.rota import fill_rota

# Whose pages are measured. It has as many open incidents as a board must bear; fewer, twice as many
# as there are in all, where a run is a small one.
HOME = "CN"
OPEN_AT_HOME = 300
DAYS_BACK, DAYS_AHEAD = 90, 14
SEED = 6818
# Named in the database itself, so that the note and what it says of cannot part.
_NOTED_AT = "core_stream"

Say = Callable[[str], None]
Grow = Callable[..., None]


class NotOurs(Exception):
    """The database holds incidents that the benchmark did not write."""


def prepare(
    incidents: int, *, now: datetime, say: Say, assessments: int = 0, grow: Grow | None = None
) -> None:
    """Have `incidents` and their standards in the database; the clock then stands at their present.

    grow adds so many `assessments` once the incidents are there.

    Raises NotOurs rather than emptying a database of somebody else's.
    """
    note = _note()
    if note and (note["incidents"], note.get("assessments", 0)) == (incidents, assessments):
        clock.set_to(datetime.fromisoformat(note["now"]))
        say(f"{incidents:,} incidents are there from an earlier run.")
        return
    if note:
        _empty()
    elif Incident.objects.exists():
        raise NotOurs("This database holds incidents that no benchmark wrote: name another.")
    began = time.perf_counter()
    clock.set_to(now)
    _write(incidents, now)
    say(f"{incidents:,} incidents seeded in {time.perf_counter() - began:.1f} s.")
    # Until everything is there it counts as ours and as of no use.
    _write_note(-1, 0, now)
    if grow is not None:
        grow(assessments, now=now, say=say)
    _write_note(incidents, assessments, now)


def analyse() -> None:
    """Let the planner know how the tables have grown."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(incidents: int, now: datetime) -> None:
    call_command("load_reference", verbosity=0)
    bcus = list(BCU.objects.order_by("pk").values_list("pk", flat=True))
    for bcu in bcus:
        fill_rota(bcu=bcu, start=now.date() - timedelta(days=1), days=DAYS_AHEAD, now=now)
    start = now - timedelta(days=DAYS_BACK)
    write_in_bulk(count=incidents, bcus=bcus, start=start, now=now, seed=SEED)
    seed = SEED
    wanted = min(OPEN_AT_HOME, 2 * incidents)
    while (missing := wanted - _open_at_home()) > 0:
        seed += 1
        recent = now - timedelta(hours=3)
        write_in_bulk(count=missing, bcus=[HOME], start=recent, now=now, seed=seed)
    analyse()
    refresh_everything(now=now)
    analyse()


def _open_at_home() -> int:
    return Incident.objects.filter(bcu=HOME, stage__in=OPEN_STAGES).count()


def _note() -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass)", [_NOTED_AT])
        (text,) = cursor.fetchone()
    return json.loads(text) if text else None


def _write_note(incidents: int, assessments: int, now: datetime) -> None:
    note = json.dumps({"incidents": incidents, "assessments": assessments, "now": now.isoformat()})
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {_NOTED_AT} IS %s", [note])


@transaction.atomic
def _empty() -> None:
    """Empty every table of an earlier run; evidence refuses that, so ask as a replica."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    names = ", ".join(connection.ops.quote_name(name) for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
