"""The daily seal: one root over everything on the trail, printed to a file to be kept elsewhere."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from core.models import Event, Seal


def root_of(prev_root: str, hashes: Iterable[str]) -> tuple[str, int]:
    """The root over the hashes of events in the order of their ids, and how many there were."""
    total = hashlib.sha256(prev_root.encode())
    count = 0
    for each in hashes:
        total.update(each.encode())
        count += 1
    return total.hexdigest(), count


@transaction.atomic
def seal_day(*, day: date, now: datetime) -> Seal:
    """Seal every event up to this moment that no seal covers yet; a day is sealed once.

    The lock waits for events being written and holds back new ones for the length of one query,
    so that none can appear later below the sealed number.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE core_event IN SHARE ROW EXCLUSIVE MODE")
    existing = Seal.objects.filter(day=day).first()
    if existing is not None:
        return existing
    last = Seal.objects.order_by("-upto_event", "-pk").first()
    after, prev_root = (last.upto_event, last.root) if last else (0, "")
    upto = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    root, count = root_of(prev_root, hashes_between(after, upto))
    return Seal.objects.create(
        day=day,
        sealed_at=now,
        upto_event=max(upto, after),
        events=count,
        prev_root=prev_root,
        root=root,
    )


def hashes_between(after: int, upto: int) -> Iterator[str]:
    """The hashes of events with after < id ≤ upto, by id, read in pieces."""
    return (
        Event.objects.filter(pk__gt=after, pk__lte=upto)
        .order_by("pk")
        .values_list("hash", flat=True)
        .iterator(chunk_size=10_000)
    )


def print_seal(seal: Seal, directory: Path) -> Path:
    """Write the seal as a line of text into `directory` and return the file."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{seal.day.isoformat()}.txt"
    path.write_text(
        f"{seal.day.isoformat()} root {seal.root} over {seal.events} events "
        f"up to {seal.upto_event}, after {seal.prev_root or 'nothing'}\n"
    )
    return path


def read_seal(path: Path) -> tuple[date, str]:
    """The day and root from a file that `print_seal` wrote."""
    day, _, root, *_ = path.read_text().split()
    return date.fromisoformat(day), root
