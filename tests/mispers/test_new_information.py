"""Information on a resolved record reaches a duty inspector, who decides with a reason (NEW-1)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from core.errors import Barred
from mispers.models import BarrierOverride, Incident
from mispers.rules.stages import Stage
from mispers.selectors.entries import waiting_information
from mispers.services.authorising import authorise_closure
from mispers.services.closure import refuse_closure
from mispers.services.log import add_log_entry
from mispers.services.reopening import reopen_incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Deadline, InboxItem
from tests.conftest import Unit
from tests.factories.endings import all_overrides, ask, close, locate, standing
from tests.factories.incidents import log_incident
from tests.rest import Rest, assert_problem

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


@pytest.fixture
def located(cn: Unit, now: datetime) -> Incident:
    """Seen, interviewed, closure asked for: resolved, as it seems, though nobody has authorised."""
    incident = log_incident(cn.frontline, now - timedelta(hours=5))
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    return incident


@pytest.mark.parametrize(
    ("given", "reaches"),
    [
        ({"source": "His mother", "source_kind": "family"}, True),
        ({"source": "Dr Obi, by telephone", "source_kind": "professional"}, True),
        ({"source": "A caller"}, True),
        ({"source": "PC Thorne", "source_kind": "police"}, False),
        ({}, False),
    ],
)
def test_on_a_located_record_what_others_say_reaches_the_duty_inspector_and_stands_in_the_way(
    located: Incident, cn: Unit, now: datetime, given: dict[str, Any], reaches: bool
) -> None:
    add_log_entry(
        located.reference, by=cn.frontline, now=now, text="That was his brother.", **given
    )
    told = InboxItem.objects.filter(officer=cn.inspector, title__contains="recorded as located")
    assert told.exists() is reaches
    assert Deadline.objects.filter(code="NEW-1").exists() is reaches
    assert ("NEW-1" in standing(located, cn.inspector, now)) is reaches


def test_whoever_authorises_says_why_it_changes_nothing_and_a_refusal_answers_it_too(
    located: Incident, cn: Unit, now: datetime
) -> None:
    def ring() -> None:
        add_log_entry(
            located.reference, by=cn.frontline, now=now, text="Not him.", source_kind="family"
        )

    inspector, ref = cn.another(Role.DUTY_INSPECTOR), located.reference
    ring()
    refuse_closure(ref, by=inspector, now=now, reason="Somebody else was seen.")
    assert Deadline.objects.get(code="NEW-1").met_at == now
    locate(located, cn.frontline, now)
    ask(located, cn.frontline, now)
    ring()
    overrides = all_overrides(located, inspector, now)
    but_one = [each for each in overrides if each["code"] != "NEW-1"]
    with pytest.raises(Barred, match="Not him"):
        authorise_closure(ref, by=inspector, now=now, overrides=but_one)
    authorise_closure(ref, by=inspector, now=now, overrides=overrides)
    assert not Deadline.objects.filter(code="NEW-1", met_at=None).exists()
    assert BarrierOverride.objects.get(code="NEW-1").reason == "Not needed in this case."


def test_information_from_a_professional_names_who_that_is(
    cn: Unit, now: datetime, api: Callable[[Officer], Rest]
) -> None:
    incident = log_incident(cn.frontline, now)
    answer = api(cn.frontline).post(
        f"/api/v1/incidents/{incident.reference}/log/",
        {"text": "She is worried about him.", "source_kind": "professional"},
    )
    assert [each["field"] for each in assert_problem(answer, 400, "invalid")["errors"]] == [
        "source"
    ]
