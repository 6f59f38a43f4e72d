"""The strip of an incident: who provides its parts, what they cost, what tells two apart."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Invalid
from mispers.models import Incident
from mispers.registries import Provider, Providers, register_filter, register_provider
from mispers.rules.strip import (
    GRADES,
    PARTS,
    AnswersFor,
    Changed,
    Due,
    IncidentStrip,
    Late,
    Offered,
    Overdue,
    Unread,
    digest_of,
)
from mispers.selectors.incidents import narrowed
from mispers.selectors.strips import COLUMNS, strips_of
from ownership.selectors.board import BoardLine, Changes
from ownership.services.reminders import raise_due_reminders
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import GRADE
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_offer
from tests.factories.risk import an_assessment
from tests.moments import NOW

HOUR = timedelta(hours=1)
FULL = IncidentStrip(
    incident_id=1,
    reference="CN-26-000001",
    url="/incidents/CN-26-000001/",
    bcu="CN",
    stage="pre_48h",
    outcome="",
    reported_at=NOW,
    closed_at=None,
    owner=AnswersFor(7, "Ola Quill", "PC", NOW),
    next_due=Due("Assess the risk", "RISK-1", NOW, "PC Ola Quill", "/"),
    overdue=Overdue(1, ("RISK-1",)),
    late=Late(1, ("RISK-1",), NOW, None, None),
    offered=(Offered(1, "Owner", "DI Cole", NOW),),
    unread=(Unread("DI Cole", NOW),),
    changed=Changed("Added to the log", "Ola Quill", NOW),
)
LINE = BoardLine(FULL, Changes(2, FULL.changed or Changed("", "", NOW)), is_mine=True)
# What each part costs by itself; the grade is read for two others as well, and who owns it and who
# answers for it for what is next due.
COSTS = {
    "name": 0, "initials": 0, "age": 0, "flags": 0, "grade": 1, "owner": 1, "inspector": 1,
    "next_due": 4, "overdue": 1, "late": 3, "offered": 1, "unread": 2, "changed": 1,
}  # fmt: skip


def nothing(incidents: object, now: datetime, *needed: object) -> dict[int, Any]:
    return {}


def test_a_part_that_the_strip_does_not_have_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="no part 'colour'"):
        Providers().add(Provider("colour", nothing))


def test_a_part_that_is_provided_twice_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="'grade' is provided twice"):
        register_provider(GRADE)


def test_a_part_that_needs_what_nobody_has_provided_before_stops_the_start() -> None:
    providers = Providers()
    with pytest.raises(ImproperlyConfigured, match="needs"):
        providers.add(Provider("late", nothing, needs=("grade",)))
    providers.add(Provider("grade", nothing))
    providers.add(Provider("late", nothing, needs=("grade",)))


def test_what_a_part_needs_is_loaded_first_and_not_given_unless_it_was_asked_for() -> None:
    given: list[dict[int, str]] = []

    def late(incidents: object, now: datetime, grades: dict[int, str]) -> dict[int, Any]:
        given.append(grades)
        return {}

    providers = Providers()
    providers.add(Provider("grade", lambda *_: {1: "high"}))
    providers.add(Provider("late", late, needs=("grade",)))
    assert providers.load([], NOW, ["late"]) == {"late": {}}
    assert given == [{1: "high"}]
    assert providers.load([], NOW, ["late", "grade"]) == {"late": {}, "grade": {1: "high"}}


def test_a_part_that_nobody_provides_is_left_out_and_one_that_cannot_be_is_an_error() -> None:
    assert Providers().load([], NOW, ["grade"]) == {}
    with pytest.raises(ValueError, match="colour"):
        Providers().load([], NOW, ["colour"])


def test_the_grades_of_the_strip_are_those_that_can_be_given() -> None:
    assert list(GRADES) == Grade.choices


@pytest.mark.parametrize("name", [each.name for each in fields(IncidentStrip)])
def test_every_field_of_the_strip_changes_the_digest(name: str) -> None:
    other = replace(FULL, **{name: "something else"})  # type: ignore[arg-type]  # any of them
    assert digest_of(other) != digest_of(FULL)
    assert replace(LINE, strip=other).digest != LINE.digest


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (part, each.name)
        for part in ("owner", "next_due", "overdue", "late", "offered", "unread", "changed")
        for value in [getattr(FULL, part)]
        for each in fields(value[0] if isinstance(value, tuple) else value)
    ],
)
def test_every_field_of_a_part_changes_the_digest(part: str, name: str) -> None:
    value = getattr(FULL, part)
    one = value[0] if isinstance(value, tuple) else value
    other = replace(one, **{name: "something else"})
    changed: Any = {part: (other,) if isinstance(value, tuple) else other}
    assert digest_of(replace(FULL, **changed)) != digest_of(FULL)


@pytest.mark.parametrize("name", [each.name for each in fields(BoardLine)])
def test_every_field_of_a_line_of_the_board_changes_its_digest(name: str) -> None:
    nothing_there: Any = {name: None}
    other = replace(LINE, **nothing_there)
    assert digest_of(other) != LINE.digest


def queries_for(incidents: list[Incident], parts: Collection[str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        found = strips_of(incidents, NOW + 2 * HOUR, parts)
    assert len(found) == len(incidents)
    return len(queries)


@pytest.mark.django_db
def test_who_asks_for_some_parts_pays_for_their_queries_alone_however_many_incidents(
    cn: Unit,
) -> None:
    made = [log_incident(cn.frontline, NOW) for _ in range(50)]
    for incident in made[:2]:
        an_assessment(incident, cn.frontline, NOW, grade="high")
        an_offer(cn.inspector, cn.superintendent, incident, NOW)
    every = list(Incident.objects.select_related("person").order_by("pk"))
    assert set(COSTS) == PARTS
    for size in (1, 10, 50):
        some = every[:size]
        assert {part: queries_for(some, [part]) for part in PARTS} == COSTS
        assert queries_for(some, ["grade", "late", "owner"]) == COSTS["late"] + COSTS["owner"]
        shared = 2 * COSTS["grade"] + COSTS["owner"] + COSTS["inspector"]
        assert queries_for(some, PARTS) == sum(COSTS.values()) - shared


@pytest.mark.django_db
def test_a_summary_reads_nothing_of_the_person(cn: Unit) -> None:
    log_incident(cn.frontline, NOW)
    bare = list(Incident.objects.only(*COLUMNS))
    assert queries_for(bare, ["grade"]) == 1


@pytest.mark.django_db
def test_a_part_that_was_not_asked_for_is_empty(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    strip = strips_of([incident], NOW, ("owner",))[incident.pk]
    assert strip.owner is not None
    assert (strip.name, strip.inspector, strip.next_due, strip.offered) == ("", None, None, ())


@pytest.mark.django_db
def test_a_reminder_is_no_change(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    before = strips_of([incident], now, ("changed",))[incident.pk].changed
    assert raise_due_reminders(now=now + 2 * HOUR)
    assert strips_of([incident], now, ("changed",))[incident.pk].changed == before is not None


@pytest.mark.django_db
def test_a_filter_that_nobody_registered_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        narrowed(Incident.objects.all(), {"colour": "red"}, NOW)
    (error,) = refused.value.errors
    assert (error.field, error.code) == ("colour", "unknown_filter")
    assert "overdue" in error.message


def test_two_filters_of_one_name_stop_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="'grade'"):
        register_filter("grade", lambda incidents, *_: incidents)
