"""Incidents written in bulk are as good as those the services write: chained, held, due, judged."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from assurance.standards.evaluate import evaluate_many
from core import clock
from core.models import Event
from core.trail.verify import Tally, verify
from demo.bulk.write import write_in_bulk
from mispers.models import Incident
from mispers.rules.reports import MissingReport
from mispers.rules.stages import Stage
from mispers.services.intake import log_report
from officers.models import Officer
from ownership.models import Deadline, Holding
from tests.factories.incidents import a_person
from tests.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> list[Incident]:
    clock.set_to(NOW)
    call_command("load_reference")
    write_in_bulk(count=120, bcus=["CN", "NE"], start=NOW - timedelta(days=4), now=NOW, seed=2)
    return list(Incident.objects.select_related("person"))


def test_bulk_incidents_have_a_trail_that_verifies_and_holders_and_deadlines(
    written: list[Incident],
) -> None:
    tally = Tally()
    assert list(verify(tally)) == []
    assert tally.streams == 120 + 12  # The rotas of the twelve BCUs have theirs.
    assert Holding.objects.count() == 240
    assert {incident.stage for incident in written} == set(Stage)
    assert Deadline.objects.filter(code="RISK-1").count() == 120
    last_moves = {
        event.stream_id: event.data["to"]
        for event in Event.objects.filter(kind="incident.stage_changed").order_by("seq")
    }
    for incident in written:
        assert incident.stage == last_moves.get(incident.reference, Stage.PRE_48H)


def test_bulk_incidents_are_judged_like_any_other(written: list[Incident]) -> None:
    states = {
        (verdict.code, verdict.state)
        for verdicts in evaluate_many(written, NOW).values()
        for verdict in verdicts
    }
    assert ("OWN-1", "met") in states
    assert ("OWN-1", "not_met") not in states
    assert {("SEARCH-1", "met"), ("SEARCH-1", "not_met")} <= states
    assert ("END-4", "met") in states
    assert ("END-4", "not_met") not in states


def test_the_next_report_takes_the_next_number(written: list[Incident]) -> None:
    taken = Incident.objects.filter(bcu="CN").count()
    logged = log_report(
        MissingReport(
            person=a_person(),
            informant={"name": "Rowan Ashgrove"},
            circumstances="Did not come home.",
            bcu="CN",
        ),
        by=Officer.objects.filter(bcu="CN", role="frontline")[0],
        now=NOW,
    )
    assert logged.incident.reference == f"CN-26-{taken + 1:06}"
