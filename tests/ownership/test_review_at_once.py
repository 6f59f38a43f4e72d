"""Something significant makes the review of the risk due at once, and says what did (RISK-4)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mispers.models import Incident
from ownership.models import Deadline, InboxItem
from ownership.rules.rungs import Rung
from ownership.selectors.next_due import next_due
from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.factories.assurance import verdict_on
from tests.factories.incidents import log_incident
from tests.factories.known import a_medication
from tests.factories.risk import an_assessment
from tests.moments import NOW
from tests.ownership.what_happens import (
    Act,
    a_condition_is_told,
    a_doctor_rings,
    a_dose_matters,
    an_investigation_is_known,
    concluded,
    linked,
    linked_with_another,
    logged_by,
    marked,
    matters_from,
    nothing_that_matters,
    sighted,
    the_cold_matters,
)

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Graded medium at the report: a review is due in twelve hours."""
    made = log_incident(cn.frontline, now)
    an_assessment(made, cn.frontline, now)
    return made


def review(incident: Incident) -> Deadline:
    return Deadline.objects.filter(incident=incident, code="RISK-4").latest("opened_at", "pk")


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (sighted, "a sighting at Lark Lane"),
        (a_doctor_rings, "information from Dr Quill, her GP"),
        (linked, "a link from CN-26-000002"),
        (linked_with_another, "a link with CN-26-000002"),
        (marked, "the marker Dementia"),
        (concluded("refuted"), "a hypothesis that was refuted"),
        (a_condition_is_told, "the condition Sickle cell disease"),
        (
            a_dose_matters,
            "Insulin for diabetes, which matters from Sat 18 Jul 2026, 19:30 BST",
        ),
        (
            the_cold_matters,
            "Rain and wind, down to 2 °C, which matters from Sat 18 Jul 2026, 15:30 BST",
        ),
        (
            an_investigation_is_known,
            "the investigation EX-26-17 of sexual exploitation, nobody is allocated",
        ),
    ],
)
def test_it_is_due_at_once_and_says_what_made_it_so(
    incident: Incident, cn: Unit, now: datetime, act: Act, says: str
) -> None:
    at = now + 30 * MINUTE
    act(incident, cn, at)
    due = review(incident)
    assert (due.due_at, due.late_from) == (at, at + 30 * MINUTE)
    assert due.title == f"Review the risk now: {says}"
    assert due.because is not None
    assert due.because.stream_id == incident.reference
    fact = next_due([incident], at, {}, {})[incident.pk]
    assert (fact.what, fact.at) == (due.title, at)


@pytest.mark.parametrize(
    "act",
    [
        concluded("supported"),
        nothing_that_matters,
        *(logged_by(kind) for kind in ("", "family", "police", "other")),
    ],
)
def test_other_things_leave_the_review_when_it_was(
    incident: Incident, cn: Unit, now: datetime, act: Act
) -> None:
    act(incident, cn, now + HOUR)
    due = review(incident)
    assert (due.due_at, due.because) == (now + 12 * HOUR, None)


def test_an_assessment_made_after_it_answers_it_and_one_made_before_does_not(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    sighted(incident, cn, now)
    asked = review(incident)
    an_assessment(incident, cn.frontline, now)
    asked.refresh_from_db()
    assert asked.met_at == now
    again = review(incident)
    assert (again.pk != asked.pk, again.due_at, again.because) == (True, now + 12 * HOUR, None)


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"critical_at": NOW + 5 * HOUR}, False),
        ({"critical_at": NOW + 4 * HOUR}, True),
        ({"critical_at": NOW + 7 * HOUR}, True),
        ({"critical_at": NOW + 5 * HOUR, "counts": False}, False),
    ],
)
def test_a_correction_asks_again_only_where_it_changes_the_time(
    incident: Incident, cn: Unit, now: datetime, change: dict[str, Any], asks: bool
) -> None:
    said = a_medication(incident, cn.frontline, now, **matters_from(now + 5 * HOUR))
    an_assessment(incident, cn.frontline, now, "high")
    because = {"because": "Rang again.", "critical_because": "Her mother said so."}
    a_medication(incident, cn.frontline, now, corrects=said.pk, **because, **change)
    assert (review(incident).because is not None) is asks


@pytest.mark.parametrize("act", [a_dose_matters, the_cold_matters])
def test_the_review_is_due_by_the_time_that_matters_at_the_latest(
    incident: Incident, cn: Unit, now: datetime, act: Act
) -> None:
    act(incident, cn, now)
    an_assessment(incident, cn.frontline, now)
    due = review(incident)
    hours, says = (9, "Insulin for") if act is a_dose_matters else (5, "exposure: Rain and wind")
    assert due.due_at == now + hours * HOUR
    assert due.title.startswith(f"Review the risk: {says}")
    assert due.title.endswith("matters from then")
    after = now + (hours + 1) * HOUR
    an_assessment(incident, cn.frontline, after, "high")
    assert review(incident).due_at == after + 4 * HOUR
    assert review(incident).title == "Review the risk"


def test_the_first_thing_names_it_and_a_later_one_gives_no_more_time(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    sighted(incident, cn, now + HOUR)
    a_doctor_rings(incident, cn, now + 2 * HOUR)
    due = review(incident)
    assert (due.due_at, due.title) == (now + HOUR, "Review the risk now: a sighting at Lark Lane")


def test_what_was_overdue_stays_overdue(incident: Incident, cn: Unit, now: datetime) -> None:
    sighted(incident, cn, now + 13 * HOUR)
    assert (review(incident).due_at, review(incident).because) == (now + 12 * HOUR, None)


def test_before_the_first_grade_there_is_no_review_to_make_due(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    sighted(incident, cn, now)
    assert not Deadline.objects.filter(incident=incident, code="RISK-4").exists()


def test_the_reminder_names_the_event_and_climbs_when_nobody_decides(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    raise_due_reminders(now=now)
    sighted(incident, cn, now + 30 * MINUTE)
    said = []
    for later in (MINUTE, HOUR, 4 * HOUR):
        raise_due_reminders(now=now + 30 * MINUTE + later)
        items = InboxItem.objects.filter(deadline=review(incident))
        said.append([(each.rung, each.officer) for each in items.order_by("rung")])
    holder = cn.frontline
    assert said[0] == [(Rung.DUE, holder)]
    assert said[1][1:] == [(Rung.INSPECTOR, cn.inspector)]
    assert said[2][2:] == [(Rung.SUPERINTENDENT, cn.superintendent)]
    for item in InboxItem.objects.filter(deadline=review(incident)):
        assert "a sighting at Lark Lane" in item.title


@pytest.mark.parametrize(
    ("answered", "late"), [(10 * MINUTE, False), (30 * MINUTE, False), (31 * MINUTE, True)]
)
def test_the_standard_gives_a_short_while_to_answer(
    incident: Incident, cn: Unit, now: datetime, answered: timedelta, late: bool
) -> None:
    at = now + HOUR
    sighted(incident, cn, at)
    assert verdict_on("RISK-4", incident, at + 29 * MINUTE).state == "not_yet_due"
    verdict = verdict_on("RISK-4", incident, at + 31 * MINUTE)
    assert verdict.state == "not_met"
    assert "a sighting at Lark Lane" in verdict.why
    an_assessment(incident, cn.frontline, at + answered)
    assert ("an earlier one was late" in verdict_on("RISK-4", incident, at + HOUR).why) is late


def test_a_low_grade_is_never_carried_past_its_review(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    an_assessment(incident, cn.frontline, now, "low")
    later = now + timedelta(days=2)
    assert verdict_on("RISK-4", incident, later).state == "not_met"
    raise_due_reminders(now=later)
    rungs = InboxItem.objects.filter(deadline=review(incident)).values_list("rung", flat=True)
    assert Rung.SUPERINTENDENT in rungs
