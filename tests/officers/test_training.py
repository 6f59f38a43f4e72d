"""Training: recorded by somebody else, corrected by a further row, read from a file, looked up."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, transaction
from django.test import Client as Browser

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.models import Event
from officers.models import Officer, Training
from officers.rules.roles import Role
from officers.selectors.training import (
    TrainingStanding,
    number_in_each_standing,
    trained,
    trained_on,
    training_standings,
)
from officers.services.training import correct_training
from tests.conftest import Unit, a_unit
from tests.factories.officers import on_shift
from tests.officers.trainings import EXPLOITATION, LAPSES, PASSED, RISK, csv_of, record
from tests.rest import Rest, assert_problem

SignIn = Callable[[Officer], Browser]


@pytest.fixture
def cn(db: None) -> Unit:
    """Nobody in it has been trained yet."""
    return a_unit("CN", in_training=False)


@pytest.fixture
def ne(db: None) -> Unit:
    """Another BCU, in which nobody has been trained yet."""
    return a_unit("NE", in_training=False)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2025, 7, 17), False),
        (date(2025, 7, 18), True),
        (date(2027, 7, 17), True),
        (date(2027, 7, 18), False),
    ],
)
def test_a_course_counts_from_the_day_passed_until_before_the_day_it_lapses(
    cn: Unit, now: datetime, day: date, counts: bool
) -> None:
    record(cn.frontline, cn.inspector, now)
    assert trained_on(cn.frontline, RISK, day) is counts
    assert not trained_on(cn.frontline, EXPLOITATION, day)
    assert not trained_on(cn.superintendent, RISK, day)
    assert trained(Officer.objects.all(), RISK, day).exists() is counts


def test_recording_is_on_the_trail_in_a_sentence(cn: Unit, now: datetime) -> None:
    given = record(cn.frontline, cn.inspector, now)
    event = Event.objects.get(kind="training.recorded")
    assert event.stream_id == "training-CN"
    assert event.summary == (
        f"{cn.inspector} recorded that {cn.frontline} passed the risk assessment course "
        "on 18 Jul 2025, lapsing on 18 Jul 2027."
    )
    assert event.data["training"] == given.pk


def test_nobody_records_their_own_another_bcus_or_without_the_role(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    with pytest.raises(NotPermitted, match="Somebody else records your training"):
        record(cn.inspector, cn.inspector, now)
    with pytest.raises(NotPermitted, match="record an officer's training"):
        record(cn.superintendent, cn.frontline, now)
    with pytest.raises(Invalid, match="your own BCU"):
        record(ne.frontline, cn.inspector, now)
    with pytest.raises(IntegrityError, match="training_recorded_by_another"), transaction.atomic():
        Training.objects.create(
            officer=cn.inspector, course=RISK, passed_on=PASSED, lapses_on=LAPSES,
            recorded_by=cn.inspector, recorded_at=now,
        )  # fmt: skip
    assert not Training.objects.exists()


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"passed_on": date(2026, 7, 19), "lapses_on": date(2028, 7, 19)}, "passed_on"),
        ({"lapses_on": PASSED}, "lapses_on"),
        ({"lapses_on": date(2207, 7, 18)}, "lapses_on"),
        ({"passed_on": date(205, 7, 18)}, "passed_on"),
    ],
)
def test_wrong_days_are_named_at_their_field(
    cn: Unit, now: datetime, over: dict[str, date], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        record(cn.frontline, cn.inspector, now, **over)
    assert field in {error.field for error in refused.value.errors}


def test_a_correction_is_a_further_row_that_says_why(cn: Unit, now: datetime) -> None:
    wrong = record(cn.frontline, cn.inspector, now)
    right = correct_training(
        training=wrong.pk, passed_on=date(2024, 7, 18), lapses_on=date(2026, 7, 18),
        because="The certificate is of the year before.", by=cn.superintendent, now=now,
    )  # fmt: skip
    assert not trained_on(cn.frontline, RISK, now.date())
    assert Training.objects.get(pk=wrong.pk).correction == right
    event = Event.objects.get(kind="training.corrected")
    assert "because “The certificate is of the year before.”" in event.summary
    with pytest.raises(Conflict, match="has corrected this already"):
        correct_training(
            training=wrong.pk, counts=False, because="Again.", by=cn.inspector, now=now
        )
    correct_training(
        training=right.pk, counts=False, because="Failed it.", by=cn.inspector, now=now
    )
    assert not trained_on(cn.frontline, RISK, date(2025, 1, 1))
    assert Training.objects.count() == 3


def test_a_correction_needs_its_days_and_a_reason_and_is_within_the_bcu(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    row = record(cn.frontline, cn.inspector, now)
    with pytest.raises(Invalid) as refused:
        correct_training(training=row.pk, because=" ", by=cn.inspector, now=now)
    assert {error.field for error in refused.value.errors} == {"passed_on", "lapses_on", "because"}
    with pytest.raises(NotVisible):
        correct_training(training=row.pk, counts=False, because="No.", by=ne.inspector, now=now)


def test_the_database_keeps_every_row_and_a_correction_to_its_officer(
    cn: Unit, now: datetime
) -> None:
    row = record(cn.frontline, cn.inspector, now)
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        Training.objects.update(lapses_on=date(2030, 1, 1))
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        Training.objects.filter(pk=row.pk).delete()
    with pytest.raises(InternalError, match="same officer and course"), transaction.atomic():
        Training.objects.create(
            officer=cn.superintendent, course=RISK, passed_on=PASSED, lapses_on=LAPSES,
            corrects=row, because="Somebody else.",
        )  # fmt: skip
    with pytest.raises(Conflict, match="on the record already"):
        record(cn.frontline, cn.inspector, now)


def test_standings_put_the_lapsed_first_and_say_when_on_duty_next(cn: Unit, now: datetime) -> None:
    lapsed, soon, fine = cn.another(), cn.another(), cn.another()
    today = now.date()
    for officer, lapses_on in (
        (lapsed, today),
        (soon, today + timedelta(days=30)),
        (fine, today + timedelta(days=31)),
    ):
        record(officer, cn.inspector, now, lapses_on=lapses_on)
    # A renewed course counts from the later row.
    record(fine, cn.inspector, now, passed_on=date(2020, 1, 1), lapses_on=date(2022, 1, 1))
    on_shift(soon, now + timedelta(hours=20), now + timedelta(hours=28))
    on_shift(soon, now + timedelta(hours=44), now + timedelta(hours=52))
    found = training_standings(cn.inspector, course=RISK, now=now)
    assert [found[0], found[1]] == [lapsed, soon]
    assert found[1].next_duty == now + timedelta(hours=20)
    numbers = number_in_each_standing(found)
    assert (
        numbers[TrainingStanding.LAPSED]
        == numbers[TrainingStanding.SOON]
        == numbers[TrainingStanding.IN_DATE]
        == 1
    )
    assert numbers[TrainingStanding.NEVER] == found.count() - 3


def test_the_page_narrows_downloads_and_leads_to_an_officers_rows(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    officer = cn.another(given_name="=Ffion", family_name="Quarles")
    row = record(officer, cn.inspector, now, lapses_on=date(2026, 7, 1))
    browser = browser_as(cn.inspector)
    shown = browser.get("/training/", {"standing": "lapsed"}).content.decode()
    assert "Quarles" in shown
    assert cn.frontline.get_full_name() not in shown
    table = browser.get("/training/download/", {"standing": "lapsed"}).content.decode()
    assert "CN," in table
    assert "Lapsed,2026-07-01," in table
    assert "Quarles" in browser.get(f"/training/officers/{officer.pk}/").content.decode()
    posted = {"counts": "no", "because": "Never sat it."}
    assert browser.post(f"/training/{row.pk}/correct/", posted).status_code == 302
    history = browser.get(f"/training/officers/{officer.pk}/").content.decode()
    assert "Never sat it." in history
    assert "it counts no more" in history


def test_the_pages_record_one_and_read_a_file(cn: Unit, now: datetime, browser_as: SignIn) -> None:
    browser = browser_as(cn.inspector)
    typed = {
        "officer": cn.frontline.pk, "course": "risk_assessment",
        "passed_on_day": "18", "passed_on_month": "7", "passed_on_year": "2025",
        "lapses_on_day": "18", "lapses_on_month": "7", "lapses_on_year": "2025",
    }  # fmt: skip
    refused = browser.post("/training/record/", typed)
    assert refused.status_code == 422
    assert "It must lapse after the day passed" in refused.content.decode()
    assert browser.post("/training/record/", {**typed, "lapses_on_year": "2027"}).status_code == 302
    bad = SimpleUploadedFile("courses.csv", csv_of("nobody;exploitation;1/7/2025;1/7/2026"))
    refused = browser.post("/training/import/", {"content": bad})
    assert refused.status_code == 422
    assert "Line 2: there is no officer “nobody”" in refused.content.decode()
    good = SimpleUploadedFile(
        "courses.csv", csv_of(f"{cn.frontline.username};exploitation;1/7/2025;1/8/2026")
    )
    assert browser.post("/training/import/", {"content": good}).status_code == 302
    assert Training.objects.count() == 2


def test_over_rest_it_is_recorded_listed_by_lapse_and_corrected(
    cn: Unit, ne: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    record(ne.frontline, ne.inspector, now)
    rest = api(cn.inspector)
    body = {
        "officer": str(cn.frontline.pk), "course": "risk_assessment",
        "passed_on": "2024-08-01", "lapses_on": "2026-08-01",
    }  # fmt: skip
    made = rest.post("/api/v1/training/", body)
    assert made.status_code == 201, made.content
    assert made.json()["recorded_by"]["id"] == str(cn.inspector.pk)
    assert_problem(rest.post("/api/v1/training/", body), 409, "training_exists")
    record(cn.superintendent, cn.inspector, now)
    due = rest.get("/api/v1/training/", {"bcu": "CN", "lapses_before": "2026-09-01"}).json()
    assert [row["officer"]["id"] for row in due["results"]] == [str(cn.frontline.pk)]
    everybody = rest.get("/api/v1/training/").json()["results"]
    assert {row["bcu"] for row in everybody} == {"CN"}
    path = f"/api/v1/training/{made.json()['id']}/correct/"
    assert_problem(rest.post(path, {"because": "Wrong."}), 400, "invalid")
    fixed = rest.post(path, {"because": "Wrong.", "counts": False})
    assert fixed.json()["corrects"] == made.json()["id"]
    assert rest.get("/api/v1/training/", {"lapses_before": "2026-09-01"}).json()["results"] == []
    assert rest.get("/api/v1/training/", {"lapses_before": "soon"}).status_code == 400
    assert api(cn.frontline).get("/api/v1/training/").status_code == 403


def test_everybody_who_may_see_it_does(cn: Unit, now: datetime, browser_as: SignIn) -> None:
    assert browser_as(cn.another(Role.ASSURANCE_BOARD)).get("/training/").status_code == 200
    assert browser_as(cn.frontline).get("/training/").status_code == 403
