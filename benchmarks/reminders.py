"""Many reminders due among far more that are open: how fast, by which plan, how late."""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from benchmarks.data import Say, analyse
from benchmarks.measure import Case, Figures, measure, percentile
from core import clock
from mispers.rules.codes import Code
from ownership.models import Deadline, InboxItem
from ownership.services.reminders import BATCH, due_by, raise_due_reminders, raise_in_batches

# The beat's: what falls due just after a sweep waits for the next.
BEAT_SECONDS = 20
# Deadlines that are there for this alone; `subject` tells them from those of the incidents.
MARK = "bench-"
_SEED = """
    INSERT INTO ownership_deadline
        (incident_id, code, subject, title, due_from, opened_at, opened_by_id, due_at,
         next_rung, next_rung_at)
    SELECT known.incident_id, %(code)s, %(mark)s || number, 'Review the risk', 'owner',
        %(opened)s, known.event_id, %(due)s + number * interval '1 second', 1,
        %(due)s + number * interval '1 second'
    FROM generate_series(%(first)s, %(last)s) AS number
    JOIN (
        SELECT row_number() OVER (ORDER BY incident_id) - 1 AS place, count(*) OVER () AS places,
            incident_id, event_id
        FROM (
            SELECT deadline.incident_id, min(deadline.opened_by_id) AS event_id
            FROM ownership_deadline AS deadline
            JOIN mispers_incident AS incident ON incident.id = deadline.incident_id
            WHERE incident.stage <> 'closed' GROUP BY deadline.incident_id
        ) AS open
    ) AS known ON known.place = number %% known.places
"""
# Due one after another over the beat's interval before the sweep, as a busy shift would have it.
_FALL_DUE = """
    UPDATE ownership_deadline AS stored
    SET due_at = fallen.at, next_rung_at = fallen.at, next_rung = 1
    FROM (
        SELECT id, %(now)s - row_number() OVER (ORDER BY id) * %(beat)s / %(due)s AS at
        FROM ownership_deadline WHERE subject LIKE %(mark)s || '%%' ORDER BY id LIMIT %(due)s
    ) AS fallen
    WHERE stored.id = fallen.id
"""


@dataclass(frozen=True)
class Plan:
    """How the database finds what is due: its node, the index, and the milliseconds it took."""

    node: str
    index: str
    rows: int
    ms: float


def check(*, open_items: int, due: int, rounds: int, say: Say) -> Figures:
    """Sweep `due` reminders among `open_items`, and say what came out."""
    _seed(open_items, say)
    idle = _idle_ms()
    _let_fall_due(due)
    plan = plan_of_the_sweep()
    incidents = Deadline.objects.filter(subject__startswith=MARK).values("incident").distinct()
    say(
        f"{open_items:,} open deadlines on {incidents.count():,} incidents, {due:,} of them due: "
        f"{plan.node} using {plan.index} finds {plan.rows:,} rows in {plan.ms:.1f} ms. "
        f"A sweep with nothing due takes {idle:.1f} ms."
    )
    figures = measure(
        Case(
            f"sweep of {min(BATCH, due)} due",
            lambda _: raise_due_reminders(now=clock.now(), limit=BATCH),
            undone=True,
        ),
        rounds,
    )
    late, raised, took = _sweep_all()
    say(
        f"{len(late):,} rungs raised in {took:.1f} s, with {raised:,} notices: "
        f"{len(late) / took:,.0f} rungs and {raised / took:,.0f} notices a second, "
        f"{figures.ratio:.1f} times as long as the same SQL sent raw. From due to raised, with a "
        f"beat every {BEAT_SECONDS} s: p50 {percentile(late, 50):.1f} s, max {max(late):.1f} s."
    )
    return figures


def plan_of_the_sweep(limit: int = BATCH) -> Plan:
    """The plan by which a sweep reads its first batch."""
    now = clock.now()
    page = due_by(now).values_list("next_rung_at", "pk")[:limit]
    explained = json.loads(page.explain(format="json", analyze=True))[0]
    node = explained["Plan"]
    while "Index Name" not in node and node.get("Plans"):
        node = node["Plans"][0]
    return Plan(
        node["Node Type"],
        node.get("Index Name", "no index"),
        int(node["Actual Rows"]),
        float(explained["Execution Time"]),
    )


def _seed(open_items: int, say: Say) -> None:
    """Enough deadlines due in a month, spread over the incidents that are open."""
    there = Deadline.objects.filter(met_at__isnull=True, cancelled_at__isnull=True).count()
    if there >= open_items:
        return
    began = time.perf_counter()
    now = clock.now()
    first = Deadline.objects.filter(subject__startswith=MARK).count()
    _run(
        _SEED,
        code=Code.RISK_4,
        mark=MARK,
        opened=now - timedelta(days=1),
        due=now + timedelta(days=30),
        first=first,
        last=first + open_items - there - 1,
    )
    analyse()
    say(f"{open_items - there:,} deadlines added in {time.perf_counter() - began:.1f} s.")


def _let_fall_due(due: int) -> None:
    # Nothing else is due then: what the seeded incidents owe would be counted with it.
    raise_due_reminders(now=clock.now())
    # A little earlier than last time: the same due time would not be reminded of again.
    now = clock.now() - timedelta(microseconds=InboxItem.objects.count())
    _run(_FALL_DUE, mark=MARK, now=now, beat=timedelta(seconds=BEAT_SECONDS), due=due)
    analyse()


def _idle_ms(rounds: int = 20) -> float:
    raise_due_reminders(now=clock.now())
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        raise_due_reminders(now=clock.now())
        took.append((time.perf_counter() - began) * 1000)
    return percentile(took, 50)


def _sweep_all() -> tuple[list[float], int, float]:
    """Seconds from due to raised of each, how many, and how long the sweep took.

    The sweep starts a beat after the first fell due: the first batch, due earliest, waited longest.
    """
    now = clock.now()
    due = list(due_by(now).values_list("next_rung_at", flat=True))
    began, late, raised = time.perf_counter(), [], 0
    for done in raise_in_batches(now=now):
        elapsed = time.perf_counter() - began
        batch, due = due[:BATCH], due[BATCH:]
        late += [(now - at).total_seconds() + elapsed for at in batch if at is not None]
        raised += done
    return late, raised, time.perf_counter() - began


def _run(sql: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
