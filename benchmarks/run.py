"""One run from an empty database to the printed figures."""

from datetime import datetime

from celery import current_app
from django.core.cache import cache

from benchmarks import rationales, reminders, trail
from benchmarks.cases import all_cases
from benchmarks.data import Say, prepare
from benchmarks.measure import Figures, measure
from benchmarks.table import as_table
from core import clock

TRAIL, REMINDERS = "trail", "reminders"


def run(
    *,
    incidents: int,
    events: int,
    rounds: int,
    now: datetime,
    say: Say,
    assessments: int = 0,
    only: str | None = None,
    open_items: int = 0,
    due: int = 10_000,
) -> list[Figures]:
    """Seed, time every case (or the one called `only`), then check a trail of `events` events.

    assessments: how many more to seed, among whose reasons one is looked for. open_items: among
    how many open deadlines `due` reminders are swept; none if 0.
    """
    try:
        prepare(incidents, now=now, say=say, assessments=assessments, grow=rationales.grow)
        cache.clear()
        cases = [case for case in all_cases() if only in {None, case.name}]
        figures = [measure(case, rounds) for case in cases]
        if only in {None, REMINDERS} and open_items:
            figures.append(reminders.check(open_items=open_items, due=due, rounds=rounds, say=say))
        if figures:
            say(f"\n{as_table(figures)}\n")
        # No worker runs here: what the requests asked of one is dropped.
        current_app.control.purge()
        if only in {None, TRAIL}:
            trail.check(events, say=say)
    finally:
        clock.release()
    return figures
