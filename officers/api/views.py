"""The REST endpoints of officers."""

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, lists
from officers.api.fields import BcuCode
from officers.api.representations import OfficerOut
from officers.models import Officer
from officers.rules.roles import Role
from officers.selectors import officers


class Officers(Endpoint):
    """Officers by name; who is on duty, in which role."""

    resource = "officers"

    @lists(
        OfficerOut,
        filters={
            "bcu": BcuCode(help_text="Of this BCU."),
            "role": serializers.ChoiceField(Role.choices, help_text="By posting or rota."),
            "on_duty": serializers.BooleanField(help_text="Whether the rota has them on now."),
        },
    )
    def get(self, call: Call) -> QuerySet[Officer]:
        """Officers by name; with on_duty=true, bcu and role are those of the shift."""
        return officers.officers(call.by, now=call.now, **call.query)
