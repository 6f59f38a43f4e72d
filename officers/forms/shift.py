"""Adding a shift to the rota."""

from collections.abc import Sequence
from typing import Any

from core.forms import HouseForm, MomentField, PickerField, SelectField
from officers.models import Officer
from officers.roles import Role
from officers.turns import ROTA_ROLES


class ShiftForm(HouseForm):
    """Who is on duty, as what, from when until when."""

    officer = PickerField(
        label="Officer",
        queryset=Officer.objects.none(),
        label_of=lambda officer: f"{officer} ({officer.bcu_id}, {officer.get_role_display()})",
    )
    role = SelectField(
        label="On duty as", choices=[(role.value, role.label) for role in ROTA_ROLES]
    )
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")

    def __init__(self, *args: Any, bcus: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = Officer.objects.filter(  # type: ignore[attr-defined]  # a picker
            is_active=True, bcu__in=bcus
        ).order_by("family_name", "given_name", "pk")

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])
