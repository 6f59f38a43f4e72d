"""To whom each rung goes: on duty, off duty, with gaps in the rota; and when it stops."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from core import trail
from mispers import events
from mispers.models import Incident
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from ownership.models import Capacity, CustodyLink, Deadline, InboxItem
from ownership.models.chain import Basis
from ownership.rules.rungs import Rung
from ownership.services.actions import complete_action, extend_action
from ownership.services.reminders import due_by, raise_due_reminders
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import take_out
from tests.factories.ownership import an_action

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def inspected_by(incident: Incident, officer: Officer, now: datetime) -> None:
    """The next link of the inspector's chain."""
    CustodyLink.objects.create(
        incident=incident, capacity=Capacity.INSPECTOR, officer=officer, basis=Basis.REOPENED,
        taken_at=now + timedelta(minutes=1),
    )  # fmt: skip


def told(rung: Rung) -> set[Officer]:
    return {item.officer for item in InboxItem.objects.filter(kind="reminder", rung=rung)}


@pytest.mark.parametrize(
    ("rung", "holder_on_duty", "rota_has_role", "expected"),
    [
        (Rung.DUE, True, True, {"holder"}),
        (Rung.DUE, False, True, {"holder", "stand-in"}),
        (Rung.DUE, False, False, {"holder", "fallback"}),
        (Rung.INSPECTOR, True, True, {"holder"}),
        (Rung.INSPECTOR, False, True, {"holder", "stand-in"}),
        (Rung.INSPECTOR, False, False, {"holder", "fallback"}),
        (Rung.SUPERINTENDENT, True, True, {"stand-in"}),
        (Rung.SUPERINTENDENT, True, False, {"posted"}),
    ],
)
def test_off_duty_the_role_on_duty_is_told_as_well(
    cn: Unit,
    now: datetime,
    rung: Rung,
    holder_on_duty: bool,
    rota_has_role: bool,
    expected: set[str],
) -> None:
    incident = log_incident(cn.frontline, now)
    Deadline.objects.all().update(next_rung_at=None)
    role = {
        Rung.DUE: Role.FRONTLINE, Rung.INSPECTOR: Role.DUTY_INSPECTOR
    }.get(rung, Role.SUPERINTENDENT)  # fmt: skip
    stand_in = cn.crew[role]
    holder = stand_in if holder_on_duty else cn.another(role)
    if rung is Rung.INSPECTOR:
        inspected_by(incident, holder, now)
    responsible = holder if rung is Rung.DUE else cn.frontline
    an_action(incident, cn.frontline, now, responsible, due_at=now + HOUR)
    if not rota_has_role:
        on_it = Shift.objects.filter(role=role)
        stays = holder_on_duty and rung is not Rung.SUPERINTENDENT
        take_out(on_it.exclude(officer=holder) if stays else on_it)
    raise_due_reminders(now=now + 3 * HOUR)
    who = {
        "holder": holder,
        "stand-in": stand_in,
        "fallback": BCU.objects.get(pk="CN").fallback_officer,
        "posted": cn.superintendent,
    }
    assert told(rung) == {who[name] for name in expected}


def test_an_inspector_from_elsewhere_off_duty_does_not_leave_the_duty_inspector_untold(
    cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    di = cn.another(Role.SAFEGUARDING_DI)
    inspected_by(incident, di, now)
    Deadline.objects.exclude(code="RISK-1").update(next_rung_at=None)
    raise_due_reminders(now=now + HOUR + timedelta(minutes=15))
    assert told(Rung.INSPECTOR) == {di, cn.inspector}


@pytest.mark.parametrize("ending", ["done", "closed"])
def test_nothing_is_raised_once_it_has_ended(cn: Unit, now: datetime, ending: str) -> None:
    incident = log_incident(cn.frontline, now)
    action = an_action(incident, cn.frontline, now, cn.frontline, due_at=now + HOUR)
    if ending == "done":
        complete_action(action_id=action.pk, by=cn.frontline, now=now, result="Nobody there.")
    else:
        trail.record(
            events.STAGE_CHANGED, stream=incident.reference, by=None, now=now, summary="Closed.",
            data=events.StageChanged(from_="closure", to="closed", outcome="not_missing"),
        )  # fmt: skip
    raise_due_reminders(now=now + timedelta(days=3))
    assert not InboxItem.objects.filter(kind="reminder", deadline__code="ACT-2").exists()


def test_a_due_time_that_is_moved_is_reminded_of_again(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    Deadline.objects.all().update(next_rung_at=None)
    action = an_action(incident, cn.frontline, now, cn.frontline, due_at=now + HOUR)
    raise_due_reminders(now=now + HOUR)
    moved = now + 5 * HOUR
    extend_action(
        action_id=action.pk, by=cn.frontline, now=now + HOUR, due_at=moved, reason="School is shut."
    )
    raise_due_reminders(now=moved)
    items = InboxItem.objects.filter(kind="reminder", rung=Rung.DUE).order_by("pk")
    assert [item.due_at for item in items] == [now + HOUR, moved]
    assert items[0].link.endswith(f"/actions/{action.pk}/")


def test_one_record_that_fails_does_not_silence_the_others(
    cn: Unit, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = log_incident(cn.frontline, now), log_incident(cn.frontline, now)
    Deadline.objects.exclude(code="RISK-1").update(next_rung_at=None)
    Deadline.objects.filter(incident=broken, code="RISK-1").update(code="RISK-99")
    raise_due_reminders(now=now + HOUR)
    assert set(InboxItem.objects.filter(kind="reminder").values_list("incident", flat=True)) == {
        sound.pk
    }
    assert "could not be raised" in caplog.text


SEEDED = 20_000


def test_the_sweep_reads_what_is_due_by_its_index_and_nothing_of_what_is_open(
    cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ownership_deadline (incident_id, code, subject, title, due_from,"
            " opened_at, opened_by_id, due_at, next_rung, next_rung_at)"
            " SELECT incident_id, 'ACT-2', 's' || n, title, due_from, opened_at, opened_by_id,"
            " due_at, 1, %s + n * interval '1 minute'"
            " FROM ownership_deadline, generate_series(1, %s) AS n WHERE code = 'RISK-1'",
            [now + HOUR, SEEDED],
        )
        cursor.execute("ANALYZE ownership_deadline")
    due = due_by(now + HOUR + 10 * timedelta(minutes=1)).values_list("next_rung_at", "pk")[:500]
    plan = due.explain(analyze=True, buffers=True)
    assert "using deadline_rung_due" in plan
    assert "Seq Scan" not in plan
    assert "Rows Removed by Filter" not in plan
    assert "Sort" not in plan
    assert Deadline.objects.filter(incident=incident).count() > SEEDED
