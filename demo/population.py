"""What is on the demo's boards: the last two days by the services, the weeks before in bulk."""

from datetime import datetime, timedelta
from typing import Any

from demo.bulk.write import write_in_bulk
from demo.lives import Life
from demo.people import Invented

RECENT = timedelta(hours=40)
EARLIER = timedelta(days=14)
REPEATS = 0.25
# How many incidents the services themselves live through; each takes them some 400 queries.
LIVED = 20


def populate(*, home: str, others: list[str], count: int, now: datetime, seed: int) -> None:
    """Let `count` invented incidents happen until `now`, most of them in the home BCU."""
    lived = min(LIVED, count)
    write_in_bulk(
        count=count - lived,
        bcus=[*[home] * len(others), *others],
        start=now - EARLIER,
        now=now,
        seed=seed,
    )
    invented = Invented(seed)
    known: list[dict[str, Any]] = []
    for moment in sorted(now - RECENT * invented.chance.random() for _ in range(lived)):
        if known and invented.chance.random() < REPEATS:
            person = invented.chance.choice(known)
        else:
            person = invented.person(moment.date())
            known.append(person)
        Life(invented, home, moment, now, person).live()
