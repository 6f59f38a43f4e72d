"""The demo's data: realistic, invented, the published case among it, and harmless to repeat."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core import clock
from core.trail.verify import Tally, verify
from mispers.models import Associate, Clothing, HealthCondition, Incident, Medication
from mispers.rules.stages import OPEN_STAGES, Stage
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import (
    Capacity,
    CustodyLink,
    Deadline,
    Delivery,
    HandoverItem,
    Holding,
    InboxItem,
)
from riskassessment.models import RiskAssessment
from tests.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(settings: Any, tmp_path: Path) -> dict[str, Any]:
    settings.VAR = tmp_path
    clock.set_to(NOW)
    call_command("load_reference")
    call_command("seed_demo", count=40)
    sign_ins: dict[str, Any] = json.loads((tmp_path / "demo.json").read_text())
    return sign_ins


def test_the_demo_is_what_its_readme_says_and_is_made_once(
    seeded: dict[str, Any], tmp_path: Path
) -> None:
    first, second = Incident.objects.filter(person__family_name="Fenwright-Lowe").order_by("pk")
    assert Incident.objects.count() == 42
    assert set(seeded["users"]) == set(Role.values)
    check_the_case_stands_where_its_31_july_left_it(first, second)
    check_the_shift_before_has_offered_what_it_holds(seeded, {first.pk, second.pk})
    check_shapes_are_realistic()
    check_nobody_is_written_to_and_everybody_can_sign_in(seeded, tmp_path)
    assert list(verify(Tally())) == []

    # Seeding again adds nothing and puts the officers on duty.
    later = clock.advance(timedelta(days=1))
    call_command("seed_demo", count=40)
    assert Incident.objects.count() == 42
    inspector = Officer.objects.get(username=seeded["users"]["duty_inspector"]["username"])
    assert inspector.shifts.filter(starts_at__lte=later, ends_at__gt=later).exists()


def check_the_case_stands_where_its_31_july_left_it(first: Incident, second: Incident) -> None:
    assert first.stage == Stage.POST_48H
    assert list(second.links.values_list("other", flat=True)) == [first.pk]
    search = Deadline.objects.get(incident=first, code="SEARCH-1")
    assert search.met_at is None
    assert search.due_at < NOW - timedelta(days=12)
    rungs = set(InboxItem.objects.filter(deadline=search).values_list("rung", flat=True))
    assert rungs == {0, 1, 2, 3}


def check_the_shift_before_has_offered_what_it_holds(
    seeded: dict[str, Any], the_case: set[int]
) -> None:
    """But for the case, to whoever signs in."""
    signed_in = Officer.objects.get(pk=seeded["users"]["duty_inspector"]["officer_id"])
    offered = HandoverItem.objects.filter(state="offered", handover__receiver=signed_in)
    others = Holding.objects.filter(
        capacity=Capacity.INSPECTOR, incident__bcu="CN", incident__stage__in=OPEN_STAGES
    ).exclude(officer=signed_in)
    held = set(others.values_list("incident", flat=True)) - the_case
    assert set(offered.values_list("incident", flat=True)) == held != set()


def check_shapes_are_realistic() -> None:
    assert set(Incident.objects.values_list("stage", flat=True)) >= set(Stage)
    assert set(RiskAssessment.objects.values_list("grade", flat=True)) == {"low", "medium", "high"}
    for kind in (HealthCondition, Medication, Clothing, Associate):
        assert kind.objects.exists(), kind
    for capacity in Capacity:
        assert (
            CustodyLink.objects.filter(capacity=capacity).values("incident").distinct().count()
            == 42
        )


def check_nobody_is_written_to_and_everybody_can_sign_in(
    seeded: dict[str, Any], place: Path
) -> None:
    """And the file of the ways in is its owner's alone."""
    assert not Delivery.objects.filter(next_try_at__isnull=False).exists()
    for role, given in seeded["users"].items():
        officer = Officer.objects.get(username=given["username"])
        assert officer.check_password(given["password"])
        assert officer.role == role
    assert (place / "demo.json").stat().st_mode & 0o777 == 0o600
