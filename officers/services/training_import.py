"""Training from a file: every row of it, or none and what is wrong with each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from core import trail
from core.errors import FieldError, Invalid
from core.files import tables
from core.forms.reading import Unreadable, read_day
from core.london import day_of
from core.text import agreeing, counted
from officers.events import TRAINING_IMPORTED, OfTraining, TrainingImported
from officers.models import Officer, Training
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.training import in_force
from officers.services.training import fields_of, lock, training_stream, wrong_dates

COLUMNS = ("officer", "course", "passed_on", "lapses_on")
MOST_ROWS = 2000
MOST_TOLD = 50
MOST_NAMED = 3
# Officer, course and the day passed: each once on the record.
_Key = tuple[int, str, date]


@dataclass(frozen=True)
class Imported:
    """How many rows of a file were new, and how many were on the record already."""

    added: int
    unchanged: int


class _Wrong(Exception):
    """What is wrong with one row, in words."""


@dataclass(frozen=True)
class _OnRecord:
    """What rows are read against. officers: by user name and by collar number, None if two."""

    officers: dict[str, Officer | None]
    there: dict[_Key, date]
    by: Officer
    now: datetime


@transaction.atomic
def import_training(*, content: bytes, by: Officer, now: datetime) -> Imported:
    """Record every row of a CSV file with the columns officer, course, passed_on, lapses_on.

    officer: a user name or collar number. course: its code or name. Days as 2026-07-18 or
    18/7/2026. Repeating a file changes nothing. Raises NotPermitted, or Invalid with an error for
    every wrong row (field `file`, each message with the number of its line); then nothing is kept.
    """
    check_may(by, Permission.RECORD_TRAINING, now)
    rows = tables.read(content, columns=COLUMNS, most=MOST_ROWS)
    known = _on_record(by, now)
    new: dict[_Key, Training] = {}
    wrong: list[FieldError] = []
    for row in rows:
        try:
            _take(_read(row, known), known, new)
        except _Wrong as error:
            wrong.append(FieldError("file", "wrong_row", f"Line {row.number}: {error}."))
    if wrong:
        raise Invalid([*wrong[:MOST_TOLD], *_and_more(wrong)])
    Training.objects.bulk_create(new.values())
    _tell([*new.values()], by, now)
    return Imported(added=len(new), unchanged=len(rows) - len(new))


def _on_record(by: Officer, now: datetime) -> _OnRecord:
    """The officers whom the importer sees and what is recorded of them, their BCUs locked."""
    seen = by.bcus_seen()
    visible = Officer.objects.filter(is_active=True)
    if seen is not None:
        visible = visible.filter(bcu__in=seen)
    officers: dict[str, Officer | None] = {}
    for officer in visible:
        if officer.number:
            name = officer.number.lower()
            officers[name] = None if name in officers else officer
    # A user name wins over somebody else's collar number: only the former is unique.
    officers |= {officer.username.lower(): officer for officer in visible}
    for bcu in sorted({officer.bcu_id for officer in visible}):
        lock(bcu)
    there = {
        (officer, course, passed_on): lapses_on
        for officer, course, passed_on, lapses_on in in_force()
        .filter(officer__in=visible)
        .values_list("officer", "course", "passed_on", "lapses_on")
    }
    return _OnRecord(officers, there, by, now)


def _read(given: tables.Row, known: _OnRecord) -> Training:
    if given.wrong:
        raise _Wrong(given.wrong)
    row = given.cells
    name = row["officer"]
    if name.lower() not in known.officers:
        raise _Wrong(f"there is no officer “{name}” in a BCU you see")
    officer = known.officers[name.lower()]
    if officer is None:
        raise _Wrong(f"two officers have the number {name}: give the user name")
    if officer.pk == known.by.pk:
        raise _Wrong("somebody else records your own training")
    passed_on = _day(row["passed_on"], "passed_on", known.now)
    lapses_on = _day(row["lapses_on"], "lapses_on", known.now)
    if wrong := wrong_dates(passed_on, lapses_on, known.now):
        raise _Wrong("; ".join(error.message.lower() for error in wrong))
    return Training(
        officer=officer,
        course=_course(row["course"]),
        passed_on=passed_on,
        lapses_on=lapses_on,
        recorded_by=known.by,
        recorded_at=known.now,
    )


def _take(training: Training, known: _OnRecord, new: dict[_Key, Training]) -> None:
    """Put a row with the new ones, unless it is on the record or in the file already."""
    key = (training.officer_id, training.course, training.passed_on)
    lapses_on = known.there.get(key) or getattr(new.get(key), "lapses_on", None)
    if lapses_on is None:
        new[key] = training
    elif lapses_on != training.lapses_on:
        raise _Wrong(f"it is on the record as lapsing on {lapses_on:%d/%m/%Y}: correct it")


def _course(text: str) -> str:
    for value, label in Training.Course.choices:
        if text.lower() in {value, label.lower()}:
            return str(value)
    courses = " or ".join(Training.Course.values)
    raise _Wrong(f"there is no course “{text}”: it is {courses}")


def _day(text: str, column: str, now: datetime) -> date:
    try:
        return read_day(text, today=day_of(now))
    except Unreadable:
        raise _Wrong(f"{column} “{text}” is no date such as 2026-07-18 or 18/7/2026") from None


def _and_more(wrong: list[FieldError]) -> Iterator[FieldError]:
    if (more := len(wrong) - MOST_TOLD) > 0:
        yield FieldError(
            "file",
            "more_wrong_rows",
            f"And {counted(more, 'more line')} {agreeing(more, 'is', 'are')} wrong.",
        )


def _tell(added: list[Training], by: Officer, now: datetime) -> None:
    """One event for a BCU: the file is one change of its record."""
    for bcu in sorted({training.officer.bcu_id for training in added}):
        its = [training for training in added if training.officer.bcu_id == bcu]
        named = ", ".join(str(training.officer) for training in its[:MOST_NAMED])
        others = f" and {len(its) - MOST_NAMED} more" if len(its) > MOST_NAMED else ""
        trail.record(
            TRAINING_IMPORTED,
            stream=training_stream(bcu),
            bcu=bcu,
            by=by,
            now=now,
            summary=f"{by} recorded {counted(len(its), 'passed course')} "
            f"from a file: {named}{others}.",
            data=TrainingImported(rows=tuple(OfTraining(**fields_of(row)) for row in its)),
        )
