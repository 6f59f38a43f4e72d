"""What an officer looks like over REST."""

from collections.abc import Sequence

from rest_framework import serializers

from core.api.fields import Id
from core.api.serializers import Output
from officers.models import Officer, Shift


class OfficerBrief(Output):
    """An officer where only the name matters."""

    id = Id()
    name = serializers.CharField(source="get_full_name", read_only=True)
    rank = serializers.CharField(source="get_rank_display", read_only=True)


class OfficerOut(OfficerBrief):
    """An officer as the rota of this moment has them."""

    # Read by `officers.selectors.officers.with_duty`.
    roles = serializers.SerializerMethodField()
    bcu = serializers.CharField(source="bcu_id", read_only=True)
    on_duty = serializers.SerializerMethodField()

    def get_roles(self, officer: Officer) -> list[str]:
        """The posting first, then what the rota adds in the officer's own BCU."""
        added = {shift.role for shift in _shifts(officer) if shift.bcu_id == officer.bcu_id}
        return [officer.role, *sorted(added - {officer.role})]

    def get_on_duty(self, officer: Officer) -> bool:
        """Whether the rota has the officer on duty anywhere now."""
        return bool(_shifts(officer))


def _shifts(officer: Officer) -> Sequence[Shift]:
    shifts: Sequence[Shift] = officer.shifts_now  # type: ignore[attr-defined]  # by with_duty
    return shifts
