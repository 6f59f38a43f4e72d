"""Logging a report: what it makes, what it finds again, what it refuses."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.errors import Invalid, NotPermitted
from core.models import Event
from mispers.models import Incident, IncidentLink, Person
from mispers.rules.reports import MissingReport
from mispers.services.intake import log_report
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.incidents import log_incident

SAME = {"given_name": "Marigold", "family_name": "Fenwick", "date_of_birth": date(2009, 5, 1)}


def kinds(incident: Incident) -> list[str]:
    return [event.kind for event in Event.objects.filter(stream=incident.reference).order_by("seq")]


def test_a_report_gets_the_next_reference_of_its_bcu_and_year(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    new_year = datetime.fromisoformat("2027-01-01T00:00:00+00:00")
    logged = [
        log_incident(cn.frontline, now),
        log_incident(ne.frontline, now),
        log_incident(cn.frontline, now),
        log_incident(cn.frontline, new_year),
    ]
    assert [each.reference for each in logged] == [
        "CN-26-000001",
        "NE-26-000001",
        "CN-26-000002",
        "CN-27-000001",
    ]


def test_a_refused_report_uses_no_number(cn: Unit, now: datetime) -> None:
    with pytest.raises(Invalid):
        log_incident(cn.frontline, now, circumstances="")
    assert log_incident(cn.frontline, now).reference == "CN-26-000001"


def test_the_48_hours_run_from_the_report_and_not_from_the_keyboard(
    cn: Unit, now: datetime
) -> None:
    reported = now - timedelta(hours=5)
    incident = log_incident(cn.frontline, now, reported_at=reported)
    assert incident.recorded_at == now
    assert incident.boundary_48h_at == reported + timedelta(hours=48)


def test_the_first_event_says_who_was_reported_when_by_whom(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, **SAME)
    first = Event.objects.get(stream=incident.reference, seq=1)
    assert first.kind == "incident.reported"
    assert first.summary == (
        "Marigold Fenwick, born 1 May 2009, was reported missing at Sat 18 Jul 2026, 10:00 BST "
        "by Rowan Ashgrove (parent). Last seen at Sat 18 Jul 2026, 07:00 BST (Lark Lane bus stop). "
        f"Logged by {cn.frontline} at Sat 18 Jul 2026, 10:00 BST."
    )
    assert first.data["incident"] == incident.pk
    assert first.data["previous"] == []


def test_somebody_reported_before_is_linked_without_asking(cn: Unit, now: datetime) -> None:
    first = log_incident(cn.frontline, now, **SAME, markers=["cse"], phones=["020 7946 0002"])
    later = now + timedelta(days=12)
    again = log_incident(
        cn.frontline, later, **SAME | {"family_name": "FENWICK"}, phones=["020 7946 0003"]
    )
    assert again.person_id == first.person_id
    link = IncidentLink.objects.get()
    assert (link.incident, link.other, link.kind) == (again, first, "previous")
    assert kinds(again)[0] == "incident.reported"
    assert kinds(again).count("incident.linked") == 1
    person = Person.objects.get()
    assert person.phones == ["020 7946 0003", "020 7946 0002"]
    assert person.markers == ["cse"]
    assert person.history.count() == 2
    assert person.history.latest().history_date == later
    assert person.history.latest().history_user == cn.frontline


def test_somebody_reported_before_in_another_bcu_is_linked_too(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    first = log_incident(ne.frontline, now, **SAME)
    again = log_incident(cn.frontline, now, **SAME)
    assert [link.other for link in again.links.all()] == [first]


@pytest.mark.parametrize(
    "other",
    [
        {"family_name": "Fenwyck"},
        {"given_name": "Mary"},
        {"date_of_birth": date(2009, 5, 2)},
        {"date_of_birth": None},
    ],
)
def test_a_weaker_likeness_links_nothing_by_itself(
    other: dict[str, Any], cn: Unit, now: datetime
) -> None:
    log_incident(cn.frontline, now, **SAME)
    again = log_incident(cn.frontline, now, **SAME | other)
    assert not again.links.exists()
    assert Person.objects.count() == 2


def test_an_officer_links_an_earlier_incident_that_they_see(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    seen, hidden = log_incident(cn.frontline, now), log_incident(ne.frontline, now)
    again = log_incident(cn.frontline, now, previous=[seen.reference, seen.reference])
    assert [link.other for link in again.links.all()] == [seen]
    with pytest.raises(Invalid) as refused:
        log_incident(cn.frontline, now, previous=[hidden.reference])
    assert [error.field for error in refused.value.errors] == ["previous"]


def test_a_report_is_logged_by_who_works_on_incidents(cn: Unit, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        log_incident(cn.another(Role.RECORDS), now)


def test_every_wrong_part_is_named_at_once(cn: Unit, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        log_report(
            MissingReport(
                person={"date_of_birth": date(2027, 1, 1), "home_address": {"postcode": "x"}},
                informant={},
                circumstances=" ",
                bcu="ZZZZZ",
                last_seen_at=now + timedelta(minutes=2),
            ),
            by=cn.frontline,
            now=now,
        )
    assert {error.field for error in refused.value.errors} == {
        "person.given_name",
        "person.date_of_birth",
        "person.home_address.postcode",
        "informant.name",
        "circumstances",
        "bcu",
        "last_seen_at",
    }
