"""Fields that name an officer."""

from typing import Any

from rest_framework import serializers

from officers.models import BCU, Officer

LONGEST_ID = 18  # digits, as many as the column takes


class OfficerId(serializers.CharField):
    """The id of an active officer; the service gets the Officer."""

    default_error_messages = {"unknown_officer": "There is no officer with this id on the rolls."}

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        officer = None
        if given.isascii() and given.isdigit() and len(given) <= LONGEST_ID:
            officer = Officer.objects.filter(pk=int(given), is_active=True).first()
        if officer is None:
            self.fail("unknown_officer")
        return officer

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


class BcuCode(serializers.CharField):
    """The code of a BCU; the service gets the code."""

    default_error_messages = {"unknown_bcu": "There is no BCU with this code."}

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data).upper()
        # The database cannot even be asked for some characters.
        if not code.isalnum() or not BCU.objects.filter(pk=code).exists():
            self.fail("unknown_bcu")
        return code
