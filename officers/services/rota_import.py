"""The rota of a BCU from a file: every line of it, or none and what is wrong with each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q, TextChoices
from django.db.models.functions import Lower

from core import trail
from core.errors import Conflict, FieldError, Invalid
from core.files import tables
from core.forms.reading import Unreadable, read_moment
from core.text import agreeing, counted
from officers.events import ROTA_IMPORTED, OfShift, OfShifts
from officers.files.ical import read_calendar
from officers.files.rota_files import Line, WrongLine
from officers.models import Absence, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES
from officers.services.rota_checks import (
    absences_during,
    check_may_edit,
    check_times,
    facts,
    in_words,
    lock,
    rota_stream,
    until,
)
from officers.services.shifts import check_can_serve

COLUMNS = ("officer", "role", "starts_at", "ends_at")
MOST_ROWS = 5000
MOST_TOLD = 50
# What stands between a date and a time in ISO 8601.
_BETWEEN = re.compile(r"(?<=\d)T(?=\d)")


class Form(TextChoices):
    """The two forms in which a rota can be given."""

    CSV = "csv", "CSV"
    ICALENDAR = "icalendar", "iCalendar (.ics)"


@dataclass(frozen=True)
class Imported:
    """How many shifts of a file were new, and how many were on the rota already."""

    added: int
    unchanged: int


@dataclass
class _Known:
    """What lines are read against. officers: by user name, collar number, address; None if two.

    ever: what was on the rota at some time, taken out since or not.
    """

    bcu: str
    officers: dict[str, Officer | None]
    ever: set[tuple[int, str, datetime, datetime]]
    there: dict[tuple[int, str], list[Shift]]
    away: dict[int, list[Absence]]
    now: datetime


def import_rota(
    *, bcu: str, content: bytes, by: Officer, now: datetime, form: str = Form.CSV
) -> Imported:
    """Put every shift of a file on the BCU's rota; what is over already is refused like any error.

    What was on the rota before is left as it is, also where somebody has taken it out since.

    CSV columns: officer (user name, collar number or e-mail address), role (code or name),
    starts_at, ends_at (in London, or with an offset). iCalendar: an event a shift, with the
    officer's address as ATTENDEE and the role in CATEGORIES. Repeating a file changes nothing.
    Raises NotVisible, NotPermitted, or Invalid with an error for every wrong line (field `file`,
    with the number of its line); then nothing is kept.
    """
    check_may_edit(by, bcu, now)
    lines = list(read_calendar(content) if form == Form.ICALENDAR else _read_csv(content, now))
    with transaction.atomic():
        known = _known(bcu, lines, now)
        new: list[Shift] = []
        unchanged = 0
        wrong: list[FieldError] = []
        for line in lines:
            try:
                shift = _shift(line, known)
                if shift is None:
                    unchanged += 1
                else:
                    new.append(shift)
            except WrongLine as error:
                wrong.append(FieldError("file", "wrong_line", f"Line {line.number}: {error}"))
        if wrong:
            raise Invalid([*wrong[:MOST_TOLD], *_and_more(wrong)])
        Shift.objects.bulk_create(new)
        if new:
            _record(bcu, new, by, now)
    return Imported(added=len(new), unchanged=unchanged)


def _read_csv(content: bytes, now: datetime) -> Iterator[Line]:
    for number, row in tables.read(content, columns=COLUMNS, most=MOST_ROWS):
        # A spreadsheet must not run a cell as a formula: the apostrophe before it is not its text.
        cells = {name: text.removeprefix("'") for name, text in row.items()}
        line = Line(number, officer=cells["officer"], role=cells["role"])
        try:
            line.starts_at = _moment(cells["starts_at"], now)
            line.ends_at = _moment(cells["ends_at"], now)
        except Unreadable as error:
            line.wrong = error.message
        yield line


def _moment(text: str, now: datetime) -> datetime:
    """A moment: with an offset as ISO 8601, or a day and a time on the wall in London."""
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        try:
            return exact.astimezone(UTC)
        except OverflowError:
            raise Unreadable("day", f"“{text}” is no time that can be kept") from None
    day, _, time = _BETWEEN.sub(" ", text.strip()).partition(" ")
    try:
        found = read_moment(day, time, now=now)
    except Unreadable as error:
        raise Unreadable(error.part, f"“{text}”: {error.message}") from None
    if found is None:
        raise Unreadable("day", "Give when it starts and ends, such as 2026-07-18 07:00")
    return found


def _known(bcu: str, lines: Sequence[Line], now: datetime) -> _Known:
    """Officers of the BCU, and any in service named by user name or address; the rota, locked."""
    names = {line.officer.lower() for line in lines}
    officers: dict[str, Officer | None] = {}
    for officer in Officer.objects.filter(bcu=bcu).exclude(number=""):
        name = officer.number.lower()
        officers[name] = None if name in officers else officer
    lower = Officer.objects.annotate(address=Lower("email"), name=Lower("username"))
    for found in lower.filter(Q(address__in=names) | Q(name__in=names)):
        officers |= {found.email.lower(): found, found.username.lower(): found}
    named = {each.pk: each for name in names if (each := officers.get(name))}
    lock({bcu, *(officer.bcu_id for officer in named.values())})
    there: dict[tuple[int, str], list[Shift]] = {}
    for shift in Shift.objects.filter(bcu=bcu, officer__in=named, ends_at__gt=now):
        there.setdefault((shift.officer_id, shift.role), []).append(shift)
    ever = set(
        Shift.every.filter(bcu=bcu, officer__in=named).values_list(
            "officer", "role", "starts_at", "ends_at"
        )
    )
    away: dict[int, list[Absence]] = {}
    ends = [line.ends_at for line in lines if line.ends_at is not None]
    if ends:
        for absence in absences_during(list(named), now, max(ends)):
            away.setdefault(absence.officer_id, []).append(absence)
    return _Known(bcu, officers, ever, there, away, now)


def _shift(line: Line, known: _Known) -> Shift | None:
    """The shift of a line, or None where it is on the rota already. Raises WrongLine."""
    if line.wrong:
        raise WrongLine(line.wrong)
    if line.starts_at is None or line.ends_at is None:
        raise WrongLine("it has no start or no end")
    officer = _officer(line, known)
    role = _role(line)
    if (officer.pk, role, line.starts_at, line.ends_at) in known.ever:
        return None
    try:
        check_times(line.starts_at, line.ends_at, known.now)
        check_can_serve(officer, role)
    except (Invalid, Conflict) as error:
        raise WrongLine(error.message) from None
    there = known.there.setdefault((officer.pk, role), [])
    for each in there:
        if each.starts_at < line.ends_at and each.ends_at > line.starts_at:
            raise WrongLine(
                f"{officer} is on the rota in this role from {in_words(each.starts_at)} already"
            )
    for absence in known.away.get(officer.pk, []):
        if absence.starts_at < line.ends_at and until(absence) > line.starts_at:
            raise WrongLine(f"{officer} is away until {in_words(until(absence))}")
    given = Shift(
        bcu_id=known.bcu, role=role, officer=officer,
        starts_at=line.starts_at, ends_at=line.ends_at,
    )  # fmt: skip
    there.append(given)
    known.ever.add((officer.pk, role, line.starts_at, line.ends_at))
    return given


def _officer(line: Line, known: _Known) -> Officer:
    if not line.officer:
        raise WrongLine("it names no officer")
    name = line.officer.lower()
    if name not in known.officers:
        raise WrongLine(f"there is no officer “{line.officer}”")
    officer = known.officers[name]
    if officer is None:
        raise WrongLine(f"two officers have the number {line.officer}: give the user name")
    return officer


def _role(line: Line) -> Role:
    for role in ROTA_ROLES:
        if line.role.lower() in {role.value, role.label.lower()}:
            return role
    known = ", ".join(ROTA_ROLES)
    raise WrongLine(f"there is no rota for “{line.role}”: the role is one of {known}")


def _and_more(wrong: list[FieldError]) -> Iterator[FieldError]:
    if (more := len(wrong) - MOST_TOLD) > 0:
        yield FieldError(
            "file",
            "more_wrong_lines",
            f"And {counted(more, 'more line')} {agreeing(more, 'is', 'are')} wrong.",
        )


def _record(bcu: str, new: list[Shift], by: Officer, now: datetime) -> None:
    first, last = min(new, key=_start), max(new, key=_start)
    trail.record(
        ROTA_IMPORTED,
        stream=rota_stream(bcu),
        bcu=bcu,
        by=by,
        now=now,
        summary=f"{by} put {counted(len(new), 'shift')} from a file on the rota "
        f"of {bcu}, from {in_words(first.starts_at)} to {in_words(last.ends_at)}.",
        data=OfShifts(rows=tuple(OfShift(**facts(shift)) for shift in new)),
    )


def _start(shift: Shift) -> datetime:
    return shift.starts_at
