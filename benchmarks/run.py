"""One run from an empty database to the printed figures."""

from dataclasses import dataclass
from datetime import datetime

from celery import current_app
from django.core.cache import cache

from benchmarks import names, rationales, reminders, trail
from benchmarks.cases import all_cases
from benchmarks.data import Say, prepare
from benchmarks.measure import Figures, measure
from benchmarks.table import as_table
from core import clock

TRAIL, REMINDERS, NAMES = "trail", "reminders", "names"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one run seeds and times.

    incidents: how many to seed. assessments: how many more, among whose reasons one is looked for.
    rounds: how often each case is repeated. only: the name of one case, None for all. open_items:
    among how many open deadlines `due` reminders are swept; none if 0. people: among how many
    somebody is looked up; nobody if 0. events: how long a trail is checked.
    """

    incidents: int
    events: int
    rounds: int
    assessments: int = 0
    only: str | None = None
    open_items: int = 0
    due: int = 10_000
    people: int = 0

    def includes(self, case: str) -> bool:
        """Whether the case of this name is to be run."""
        return self.only in {None, case}


def run(plan: Plan, *, now: datetime, say: Say) -> list[Figures]:
    """Seed, time every case of the plan, then check a trail. Raises NotOurs."""
    try:
        prepare(
            plan.incidents,
            now=now,
            say=say,
            assessments=plan.assessments,
            grow=rationales.grow,
        )
        cache.clear()
        figures = [measure(case, plan.rounds) for case in all_cases() if plan.includes(case.name)]
        if plan.open_items and plan.includes(REMINDERS):
            figures.append(
                reminders.check(
                    open_items=plan.open_items, due=plan.due, rounds=plan.rounds, say=say
                )
            )
        if figures:
            say(f"\n{as_table(figures)}\n")
        if plan.people and plan.includes(NAMES):
            names.check(people=plan.people, rounds=plan.rounds, say=say)
        # No worker runs here: what the requests asked of one is dropped.
        current_app.control.purge()
        if plan.includes(TRAIL):
            trail.check(plan.events, say=say)
    finally:
        clock.release()
    return figures
