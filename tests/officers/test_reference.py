"""The reference data: complete, loaded once however often, and enough for a rota without gaps."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from mispers.models import Protocol
from mispers.selectors.protocol import first, in_force
from officers.models import BCU, Officer, Shift, Training
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES
from officers.selectors.gaps import gaps_ahead
from officers.services.reference import rows
from tests.moments import NOW

BOROUGHS = 32


def test_the_twelve_bcus_share_out_every_borough_once() -> None:
    boroughs = [name.strip() for row in rows("bcus") for name in row["boroughs"].split(",")]
    assert len(rows("bcus")) == 12
    assert len(boroughs) == len(set(boroughs)) == BOROUGHS


def test_every_bcu_has_enough_officers_for_every_turn_and_a_fallback_that_no_turn_uses() -> None:
    officers = {row["username"]: row for row in rows("officers")}
    assert len(officers) == len(rows("officers"))
    for bcu in rows("bcus"):
        fallback = officers[bcu["fallback_officer"]]
        assert (fallback["bcu"], fallback["rank"]) == (bcu["code"], "ci")
        for role, needed in ROTA_ROLES.items():
            posted = [
                row
                for row in officers.values()
                if (row["bcu"], row["role"]) == (bcu["code"], role) and row is not fallback
            ]
            least = 2 if role == Role.SUPERINTENDENT else needed * 4
            assert len(posted) >= least, (bcu["code"], role)


@pytest.mark.django_db
def test_loading_twice_adds_nothing_and_leaves_no_gap_ahead(now: datetime) -> None:
    call_command("load_reference", verbosity=0)
    counts = [model.objects.count() for model in (BCU, Officer, Training, Shift, Protocol)]
    assert counts[:3] == [12, len(rows("officers")), len(rows("training"))]
    call_command("load_reference", verbosity=0)
    assert counts == [model.objects.count() for model in (BCU, Officer, Training, Shift, Protocol)]
    codes = [row["code"] for row in rows("bcus")]
    assert gaps_ahead(codes, NOW, NOW + timedelta(days=25)) == []
    assert in_force(NOW) == first()
    assert Protocol.objects.get().version == "1"


@pytest.mark.django_db
def test_nobody_of_the_reference_data_can_sign_in_until_a_password_is_set(now: datetime) -> None:
    call_command("load_reference", verbosity=0)
    assert not any(officer.has_usable_password() for officer in Officer.objects.all())
