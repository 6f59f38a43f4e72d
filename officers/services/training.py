"""Writing down who passed which course: one at a time, corrected by a further row."""

from datetime import date, datetime

from django.db import transaction

from core import trail
from core.checks import LONGEST_TEXT, is_storable
from core.errors import FieldError, Invalid, NotPermitted, NotVisible
from core.london import day_of
from officers.errors import AlreadyCorrected, TrainingExists
from officers.events import (
    TRAINING_CORRECTED,
    TRAINING_RECORDED,
    OfTraining,
    TrainingCorrected,
    TrainingFields,
)
from officers.models import BCU, Officer, Training
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.training import in_force

# A course counts for a year or two; more than this is a slip of the pen.
LONGEST_VALID_YEARS = 10
EARLIEST_YEAR = 1990


def record_training(
    *, officer: Officer, course: str, passed_on: date, lapses_on: date, by: Officer, now: datetime
) -> Training:
    """Record that an officer passed a course; it counts from passed_on until before lapses_on.

    Raises NotPermitted (also for one's own), Invalid at the fields, Conflict when that officer's
    course of that day is on the record already.
    """
    check_may_record(by, officer, now)
    if wrong := wrong_dates(passed_on, lapses_on, now):
        raise Invalid(wrong)
    with transaction.atomic():
        lock(officer.bcu_id)
        check_not_there(officer, course, passed_on)
        given = Training.objects.create(
            officer=officer,
            course=course,
            passed_on=passed_on,
            lapses_on=lapses_on,
            recorded_by=by,
            recorded_at=now,
        )
        trail.record(
            TRAINING_RECORDED,
            stream=training_stream(officer.bcu_id),
            bcu=officer.bcu_id,
            by=by,
            now=now,
            summary=f"{by} recorded that {officer} {in_words(given)}.",
            data=OfTraining(**fields_of(given)),
        )
    return given


def correct_training(
    *,
    training: int,
    because: str,
    by: Officer,
    now: datetime,
    passed_on: date | None = None,
    lapses_on: date | None = None,
    counts: bool = True,
) -> Training:
    """Put a further row in the place of one that is wrong; counts=False only takes it away.

    The days are needed where it counts.

    Raises NotVisible, NotPermitted, Invalid, and Conflict when somebody has corrected it already.
    """
    because = because.strip()
    wrong = [*(wrong_dates(passed_on, lapses_on, now) if counts else []), *_wrong_reason(because)]
    with transaction.atomic():
        before = _to_correct(training, by)
        check_may_record(by, before.officer, now)
        if wrong:
            raise Invalid(wrong)
        if passed_on is None or lapses_on is None or not counts:
            passed_on, lapses_on = before.passed_on, before.lapses_on
        if passed_on != before.passed_on:
            check_not_there(before.officer, before.course, passed_on)
        given = Training.objects.create(
            officer=before.officer,
            course=before.course,
            passed_on=passed_on,
            lapses_on=lapses_on,
            corrects=before,
            because=because,
            counts=counts,
            recorded_by=by,
            recorded_at=now,
        )
        _record_correction(given, before, by, now)
    return given


def _record_correction(given: Training, before: Training, by: Officer, now: datetime) -> None:
    becomes = f"in fact {in_words(given)}" if given.counts else "that does not count"
    trail.record(
        TRAINING_CORRECTED,
        stream=training_stream(given.officer.bcu_id),
        bcu=given.officer.bcu_id,
        by=by,
        now=now,
        summary=f"{by} corrected the record that {before.officer} {in_words(before)}: "
        f"{becomes}, because “{given.because}”.",
        data=TrainingCorrected(
            **fields_of(given), corrects=before.pk, counts=given.counts, because=given.because
        ),
    )


def check_may_record(by: Officer, officer: Officer, now: datetime) -> None:
    """Raise NotPermitted without the permission or for one's own training, Invalid out of sight."""
    check_may(by, Permission.RECORD_TRAINING, now)
    seen = by.bcus_seen()
    if seen is not None and officer.bcu_id not in seen:
        raise Invalid.field("officer", "unknown_officer", "Choose an officer of your own BCU")
    if officer.pk == by.pk:
        raise NotPermitted("Somebody else records your training.")


def check_not_there(officer: Officer, course: str, passed_on: date) -> None:
    """Raise Conflict when the officer's course of that day is on the record already."""
    there = in_force().filter(officer=officer, course=course, passed_on=passed_on).first()
    if there is not None:
        raise TrainingExists(f"It is on the record already that {officer} {in_words(there)}.")


def _wrong_reason(because: str) -> list[FieldError]:
    if not because:
        return [FieldError("because", "required", "Say why it is corrected")]
    if len(because) > LONGEST_TEXT or not is_storable(because, lines=True):
        return [FieldError("because", "unstorable", "Use plain text, 10,000 characters")]
    return []


def wrong_dates(passed_on: date | None, lapses_on: date | None, now: datetime) -> list[FieldError]:
    """What is wrong with the two days, each at its field."""
    days = {"passed_on": passed_on, "lapses_on": lapses_on}
    wrong = [FieldError(name, "required", "Give the day") for name in days if days[name] is None]
    if passed_on is None or lapses_on is None:
        return wrong
    if passed_on > day_of(now):
        wrong.append(FieldError("passed_on", "in_future", "The day passed is in the future"))
    if passed_on.year < EARLIEST_YEAR:
        wrong.append(FieldError("passed_on", "too_early", "Check the year"))
    if lapses_on <= passed_on:
        wrong.append(
            FieldError("lapses_on", "lapses_before_pass", "It must lapse after the day passed")
        )
    elif lapses_on.year - passed_on.year > LONGEST_VALID_YEARS:
        wrong.append(FieldError("lapses_on", "too_late", "Check the year: none counts so long"))
    return wrong


def lock(bcu: str) -> None:
    """One at a time for a BCU, so that the same course pressed twice is found and not raised."""
    BCU.objects.select_for_update().get(pk=bcu)


def training_stream(bcu: str) -> str:
    """The trail of a BCU's training."""
    return f"training-{bcu}"


def in_words(training: Training) -> str:
    """The rest of a sentence that starts with the officer's name."""
    course = training.get_course_display().lower()
    return (
        f"passed the {course} course on {training.passed_on:%d %b %Y}, "
        f"lapsing on {training.lapses_on:%d %b %Y}"
    )


def fields_of(training: Training) -> TrainingFields:
    """What an event holds of a row."""
    return {
        "training": training.pk,
        "officer": training.officer_id,
        "course": training.course,
        "passed_on": training.passed_on,
        "lapses_on": training.lapses_on,
    }


def _to_correct(pk: int, by: Officer) -> Training:
    """The row, with its BCU locked and its correction looked for under the lock."""
    visible = Training.objects.select_related("officer")
    seen = by.bcus_seen()
    if seen is not None:
        visible = visible.filter(officer__bcu__in=seen)
    found = visible.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    lock(found.officer.bcu_id)
    later = Training.objects.filter(corrects=pk).select_related("recorded_by").first()
    if later is not None:
        raise AlreadyCorrected(
            f"{later.recorded_by} has corrected this already: correct that row instead."
        )
    if not found.counts:
        raise AlreadyCorrected("This row only takes another away. Record the course afresh.")
    return found
