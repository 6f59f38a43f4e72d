"""Who relieves whom, and what a refusal names."""

from datetime import timedelta

import pytest

from core.errors import Invalid
from officers.models import Officer, Shift
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.officers import on_shift, take_out
from tests.moments import NOW

HOUR = timedelta(hours=1)


def relieved_in_two_hours(unit: Unit) -> Officer:
    """The inspector on duty goes two hours from NOW; who comes then."""
    take_out(Shift.objects.filter(officer=unit.inspector))
    on_shift(unit.inspector, NOW - 6 * HOUR, NOW + 2 * HOUR)
    officer = unit.another(Role.DUTY_INSPECTOR, given_name="Night", family_name="Duty")
    on_shift(officer, NOW + 2 * HOUR, NOW + 10 * HOUR)
    return officer


def codes(wrong: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    """The fields that were refused, each with its code."""
    return [(error.field, error.code) for error in wrong.value.errors]
