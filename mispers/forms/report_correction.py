"""The whole report on one page, to be corrected."""

from typing import Any

from mispers.forms.report import (
    InformantForm,
    WhatForm,
    WhoForm,
    event_from,
    informant_from,
    person_from,
)
from mispers.models import Incident


class CorrectionForm(InformantForm, WhatForm, WhoForm):
    """What a report says now, in the boxes of its steps; the time of the report stays."""

    reported_at = None  # type: ignore[assignment]  # how Django takes a field away

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_recorded(incident), version=incident.version, **kwargs)

    @property
    def changes(self) -> dict[str, Any]:
        """The arguments of `correct_incident`."""
        given = self.cleaned_data
        return {
            "person": person_from(given),
            "informant": informant_from(given),
            **event_from(given),
        }


def _as_recorded(incident: Incident) -> dict[str, Any]:
    person = incident.person
    same = ("given_name", "family_name", "unknown", "date_of_birth", "age_estimate", "sex")
    return {
        **{name: getattr(person, name) for name in same},
        "markers": person.markers,
        "address": "\n".join(person.home_address_lines),
        "postcode": person.home_postcode,
        "phones": "\n".join(person.phones),
        "looked_after_by": person.looked_after_by,
        "placing_authority": person.placing_authority,
        "circumstances": incident.circumstances,
        "last_seen_at": incident.last_seen_at,
        "last_seen_place": incident.last_seen_place,
        "missing_from": incident.missing_from,
        "informant_name": incident.informant_name,
        "informant_unknown": incident.informant_unknown,
        "informant_relationship": incident.informant_relationship,
        "informant_phone": incident.informant_phone,
    }
