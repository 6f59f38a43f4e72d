"""Information on a closed record reaches the duty inspector, who decides with a reason (NEW-1)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from mispers.models import Incident
from mispers.selectors_entries import waiting_information
from mispers.services.log import add_log_entry
from mispers.services.reopening import reopen_incident
from mispers.stages import Stage
from officers.models import Officer
from ownership.models import Deadline, InboxItem
from tests.conftest import Unit
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.rest import Rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cn: Unit, now: datetime) -> Incident:
    incident = log_incident(cn.frontline, now - timedelta(hours=5))
    close(incident, cn.frontline, cn.inspector, now)
    incident = Incident.objects.get(pk=incident.pk)
    assert incident.stage == Stage.CLOSED
    add_log_entry(
        incident.reference, by=cn.frontline, now=now, text="Her mother rang: still not home."
    )
    return incident


def test_it_reaches_the_duty_inspector_at_once_and_is_due_within_the_hour(
    closed: Incident, cn: Unit, now: datetime
) -> None:
    told = InboxItem.objects.get(kind="notice", title__startswith="Information on closed record")
    assert told.officer == cn.inspector
    assert Deadline.objects.get(code="NEW-1").due_at == now + timedelta(hours=1)
    assert [entry.text for entry in waiting_information(closed)] == [
        "Her mother rang: still not home."
    ]


def test_the_inspector_leaves_it_closed_with_a_reason(
    closed: Incident, cn: Unit, browser_as: Callable[[Officer], Browser]
) -> None:
    browser = browser_as(cn.inspector)
    page = browser.get(f"/incidents/{closed.reference}/closure/").content.decode()
    assert "Her mother rang: still not home." in page
    empty = browser.post(f"/incidents/{closed.reference}/keep-closed/", {"reason": " "})
    assert empty.status_code == 422
    answer = browser.post(
        f"/incidents/{closed.reference}/keep-closed/", {"reason": "Seen at home at noon today."}
    )
    assert answer.status_code == 302
    assert Deadline.objects.get(code="NEW-1").met_at is not None
    assert waiting_information(closed) == []


def test_reopening_answers_it_too(closed: Incident, cn: Unit, now: datetime) -> None:
    reopen_incident(
        closed.reference, by=cn.inspector, now=now, reason="Her mother has not seen her."
    )
    assert Deadline.objects.get(code="NEW-1").met_at == now
    assert Deadline.objects.get(code="RISK-1", met_at=None, cancelled_at=None).due_at == (
        now + timedelta(hours=1)
    )


def test_over_rest_only_an_inspector_decides(
    closed: Incident, cn: Unit, api: Callable[[Officer], Rest]
) -> None:
    path = f"/api/v1/incidents/{closed.reference}/keep-closed/"
    assert api(cn.frontline).post(path, {"reason": "No."}).status_code == 403
    assert api(cn.inspector).post(path, {"reason": "Seen at noon."}).status_code == 204
