"""The rota of a BCU from a file: what of it is put on the rota, and what is not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import TextChoices

from core import trail
from core.errors import FieldError, Invalid
from core.text import agreeing, counted
from officers.events import ROTA_IMPORTED, OfShift, OfShifts
from officers.files.ical import read_calendar
from officers.files.rota_csv import read_table
from officers.files.rota_files import LeftOut, Line, NotTaken, Reasons, WrongLine
from officers.models import Officer, Shift
from officers.services.rota_checks import check_may_edit, facts, in_words, rota_stream
from officers.services.rota_lines import AHEAD, Known, key_of, known_for, read_line

MOST_TOLD = 200
_TAKEN_OUT = "it was taken out of the rota since, and a file does not put it back"


class Form(TextChoices):
    """The two forms in which a rota can be given."""

    CSV = "csv", "CSV"
    ICALENDAR = "icalendar", "iCalendar (.ics)"


@dataclass(frozen=True)
class Imported:
    """What became of a file: new shifts, those known already, and what was not taken.

    assumed: what was read into lines that did not say it, as sentences.
    """

    added: int
    unchanged: int
    not_taken: tuple[NotTaken, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass
class _Outcome:
    """What the lines of a file come to."""

    new: list[Shift]
    unchanged: int
    reasons: Reasons
    assumed: list[str]


def import_rota(
    *,
    bcu: str,
    content: bytes,
    by: Officer,
    now: datetime,
    form: str = Form.CSV,
    partly: bool = False,
) -> Imported:
    """Put the shifts of a file on the BCU's rota; whatever is not taken is named, with its reason.

    What is right and gives no shift is left out: what is over, or further ahead than a file may
    plan (fixtures/rota.json), cancelled, declined or tentative events. What was on the rota before
    is left as it is, also where somebody has taken it out since. Repeating a file changes nothing.

    CSV columns: officer (user name, collar number or e-mail address), role (code or name),
    starts_at, ends_at (in London, or with an offset). iCalendar: an event a shift, with the
    officer's address as ATTENDEE, or named in the title; the role in CATEGORIES, or the posting.

    partly: take what is right although other lines are wrong. Otherwise raises Invalid with an
    error for every line that was not taken (field `file`, with its number and date), and nothing is
    kept. Raises NotVisible and NotPermitted; Invalid for what is no such file.
    """
    check_may_edit(by, bcu, now)
    lines = list(
        read_calendar(content, now=now, last=now + AHEAD)
        if form == Form.ICALENDAR
        else read_table(content, now=now)
    )
    with transaction.atomic():
        found = _read(lines, known_for(bcu, lines, now))
        told = found.reasons.told()
        if not partly and any(each.is_wrong for each in told):
            raise Invalid([*_errors(told)])
        Shift.objects.bulk_create(found.new)
        if found.new:
            _record(bcu, found.new, told, by, now)
    return Imported(len(found.new), found.unchanged, tuple(told), tuple(found.assumed))


def _read(lines: Sequence[Line], known: Known) -> _Outcome:
    found = _Outcome([], 0, Reasons(), [])
    known.given |= {key for line in lines if not line.left and (key := key_of(line, known))}
    # The lines that only matter where nothing else of the file says the same come last.
    for line in sorted(lines, key=lambda each: each.silent):
        if line.silent:
            key = key_of(line, known)
            if key is None or key in known.given or key not in known.standing:
                continue
        try:
            one = read_line(line, known)
        except WrongLine as error:
            found.reasons.add(line, str(error), is_wrong=True)
            continue
        except LeftOut as error:
            found.reasons.add(line, str(error))
            continue
        if one.shift is None:
            found.unchanged += 1
            if one.was_taken_out:
                found.reasons.add(line, _TAKEN_OUT)
            continue
        found.new.append(one.shift)
        if one.assumed:
            sentence = f"Line {line.number}: taken {one.assumed}"
            if sentence not in found.assumed[-1:]:
                found.assumed.append(sentence)
    return found


def _errors(told: Sequence[NotTaken]) -> list[FieldError]:
    errors = [
        FieldError("file", "wrong_line" if each.is_wrong else "left_out", str(each))
        for each in told[:MOST_TOLD]
    ]
    if (more := len(told) - MOST_TOLD) > 0:
        errors.append(
            FieldError(
                "file",
                "more_wrong_lines",
                f"And {counted(more, 'more line')} {agreeing(more, 'was', 'were')} not taken.",
            )
        )
    return errors


def _record(
    bcu: str, new: list[Shift], told: Sequence[NotTaken], by: Officer, now: datetime
) -> None:
    first, last = min(new, key=_start), max(new, key=_start)
    left = sum(each.shifts for each in told)
    besides = f" {left} more in the file were not taken." if left else ""
    trail.record(
        ROTA_IMPORTED,
        stream=rota_stream(bcu),
        bcu=bcu,
        by=by,
        now=now,
        summary=f"{by} put {counted(len(new), 'shift')} from a file on the rota "
        f"of {bcu}, from {in_words(first.starts_at)} to {in_words(last.ends_at)}.{besides}",
        data=OfShifts(rows=tuple(OfShift(**facts(shift)) for shift in new)),
    )


def _start(shift: Shift) -> datetime:
    return shift.starts_at
