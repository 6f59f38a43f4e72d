"""Shifts as a calendar keeps them: each under one name for life, with every change numbered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from officers.models import Officer, Shift

# A shift that was changed goes on as the row in its place; of several, as the one written first,
# which is what still stands of it (officers.services.rota_checks.cut_out).
_LINES = """
WITH RECURSIVE up (id, replaces) AS (
    SELECT id, replaces_id FROM officers_shift WHERE id = ANY(%s)
    UNION
    SELECT before.id, before.replaces_id
    FROM up JOIN officers_shift before ON before.id = up.replaces
    WHERE up.id = (SELECT min(id) FROM officers_shift WHERE replaces_id = before.id)
), line (root, id, changes) AS (
    SELECT id, id, 0 FROM up
    WHERE replaces IS NULL
       OR id > (SELECT min(id) FROM officers_shift WHERE replaces_id = up.replaces)
    UNION ALL
    SELECT line.root, heir.id, line.changes + 1
    FROM line CROSS JOIN LATERAL (
        SELECT min(id) AS id FROM officers_shift WHERE replaces_id = line.id
    ) heir
    WHERE heir.id IS NOT NULL
)
SELECT id, root, changes FROM line ORDER BY root, changes
"""


@dataclass(frozen=True)
class Entry:
    """A shift in a calendar. root: the first row that it goes back to, which names it.

    sequence: grows with every change. is_off: the calendar is to take it out.
    """

    shift: Shift
    root: int
    sequence: int
    is_off: bool


def entries_of_bcu(bcu: str, *, starts_before: datetime, ends_after: datetime) -> list[Entry]:
    """A BCU's shifts of a period as they are now, and those taken out; three queries."""
    return _entries(
        Shift.every.filter(
            bcu=bcu, starts_at__lt=starts_before, ends_at__gt=ends_after
        ).values_list("pk", flat=True)
    )


def entries_of_officer(officer: Officer, now: datetime) -> list[Entry]:
    """An officer's running and coming shifts, and those that they no longer have."""
    rows = Shift.every.filter(officer=officer, ends_at__gt=now).values_list("pk", flat=True)
    return _entries(rows, only=officer)


def _entries(pks: Collection[int], *, only: Officer | None = None) -> list[Entry]:
    """The last row of each line (that was the officer's, if of one), the first to begin first."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [list(pks)])
        found = cursor.fetchall()
    rows = (
        Shift.every.filter(pk__in=[pk for pk, _, _ in found])
        .select_related("officer", "replaces")
        .in_bulk()
    )
    last: dict[int, Entry] = {}
    for pk, root, changes in found:
        shift = rows[pk]
        if only is None or shift.officer_id == only.pk:
            is_off = shift.taken_out_at is not None
            last[root] = Entry(shift, root, 2 * changes + is_off, is_off)
    seen = [each for each in last.values() if not _never_stood(each)]
    return sorted(seen, key=lambda each: (each.shift.starts_at, each.shift.pk))


def _never_stood(entry: Entry) -> bool:
    """Whether the row was written as what was cut out of another, beside what stands of it."""
    before = entry.shift.replaces
    return (
        before is not None
        and entry.root == entry.shift.pk
        and entry.shift.taken_out_at == before.taken_out_at
    )
