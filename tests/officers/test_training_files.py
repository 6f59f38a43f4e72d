"""A file of passed courses: recorded whole, or refused with every wrong row named."""

from datetime import date, datetime

import pytest

from core.errors import Invalid
from core.models import Event
from officers.models import Training
from officers.selectors.training import trained_on
from officers.services.training_import import import_training
from tests.conftest import Unit, a_unit
from tests.officers.trainings import EXPLOITATION, RISK, csv_of, record


@pytest.fixture
def cn(db: None) -> Unit:
    """Nobody in it has been trained yet."""
    return a_unit("CN", in_training=False)


@pytest.fixture
def ne(db: None) -> Unit:
    """Another BCU, in which nobody has been trained yet."""
    return a_unit("NE", in_training=False)


def test_a_file_is_recorded_whole_and_again_changes_nothing(cn: Unit, now: datetime) -> None:
    record(cn.superintendent, cn.inspector, now)
    content = csv_of(
        f"{cn.frontline.username};Risk assessment;18/7/2025;18/7/2027",
        "",
        f"{cn.frontline.number};exploitation;2025-09-01;2026-09-01",
        f"{cn.superintendent.username};risk_assessment;2025-07-18;2027-07-18",
    )
    done = import_training(content=content, by=cn.inspector, now=now)
    assert (done.added, done.unchanged) == (2, 1)
    assert trained_on(cn.frontline, RISK, now.date())
    assert trained_on(cn.frontline, EXPLOITATION, now.date())
    event = Event.objects.get(kind="training.imported")
    assert len(event.data["rows"]) == 2
    assert "recorded 2 passed courses from a file" in event.summary
    again = import_training(content=content, by=cn.inspector, now=now)
    assert (again.added, again.unchanged) == (0, 3)
    assert Event.objects.filter(kind="training.imported").count() == 1


def test_a_table_from_a_database_has_midnight_beside_its_days(cn: Unit, now: datetime) -> None:
    officer = cn.another(username="=anna")
    content = (
        "officer;course;passed_on;lapses_on\r\n"
        "'=anna;Risk assessment;2026-06-02 00:00:00;2029-06-02 00:00:00\r\n"
        "a;b;c;d;e\r\n"
    )
    with pytest.raises(Invalid, match="Line 3: it has more cells than there are columns"):
        import_training(content=content.encode("utf-16"), by=cn.inspector, now=now)
    content = content.rpartition("a;b")[0]
    assert import_training(content=content.encode("utf-16"), by=cn.inspector, now=now).added == 1
    row = Training.objects.get(officer=officer)
    assert (row.passed_on, row.lapses_on) == (date(2026, 6, 2), date(2029, 6, 2))


def test_one_wrong_row_keeps_the_whole_file_out_and_each_is_named(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    record(cn.superintendent, cn.inspector, now)
    content = csv_of(
        f"{cn.frontline.username};risk_assessment;18/7/2025;18/7/2027",
        f"{ne.frontline.username};risk_assessment;18/7/2025;18/7/2027",
        f"{cn.frontline.username};first aid;18/7/2025;18/7/2027",
        f"{cn.frontline.username};exploitation;31/2/2025;18/7/2027",
        f"{cn.inspector.username};exploitation;18/7/2025;18/7/2027",
        f"{cn.superintendent.username};risk_assessment;18/7/2025;18/7/2030",
    )
    with pytest.raises(Invalid) as refused:
        import_training(content=content, by=cn.inspector, now=now)
    told = [error.message for error in refused.value.errors]
    assert told == [
        f"Line 3: there is no officer “{ne.frontline.username}” in a BCU you see.",
        "Line 4: there is no course “first aid”: it is risk_assessment or exploitation.",
        "Line 5: passed_on “31/2/2025” is no date such as 2026-07-18 or 18/7/2026.",
        "Line 6: somebody else records your own training.",
        "Line 7: it is on the record as lapsing on 18/07/2027: correct it.",
    ]
    assert Training.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"officer,course\nx,y\n", b"officer,course,passed_on,lapses_on\n", b"\xff\xfe\x00"],
)
def test_a_file_that_is_no_such_table_is_refused_with_words(
    cn: Unit, now: datetime, content: bytes
) -> None:
    with pytest.raises(Invalid) as refused:
        import_training(content=content, by=cn.inspector, now=now)
    assert refused.value.errors[0].field == "file"
