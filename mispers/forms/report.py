"""The steps of a report: who is missing, what happened, who tells us."""

from typing import Any

from core.forms import (
    CheckboxesField,
    DayField,
    HouseForm,
    LongTextField,
    MomentField,
    NumberField,
    PhoneField,
    PostcodeField,
    RadioField,
    TextField,
    TickField,
)
from mispers.models import Incident, Person
from mispers.rules.markers import markers


class WhoForm(HouseForm):
    """Who is missing: some name, or that it is not known."""

    given_name = TextField(label="Given name", required=False, max_length=80)
    family_name = TextField(label="Family name", required=False, max_length=80)
    unknown = TickField(label="Their name is not known")
    date_of_birth = DayField(label="Date of birth", required=False)
    age_estimate = NumberField(
        label="About how old, in years", hint="Where the date of birth is not known.",
        required=False, least=0, most=120,
    )  # fmt: skip
    sex = RadioField(label="Sex", choices=Person.Sex.choices, required=False, inline=True)
    markers = CheckboxesField(label="What bears on the risk", choices=[], required=False)
    address = LongTextField(
        label="Home address", hint="A line each, without the postcode.", rows=3, required=False,
        max_length=600, words=False,
    )  # fmt: skip
    postcode = PostcodeField(required=False)
    phones = LongTextField(
        label="Their telephone numbers", hint="A line each.", rows=2, required=False,
        max_length=300, words=False,
    )  # fmt: skip
    looked_after_by = TextField(
        label="Looked after by", hint="The authority, if they are in care.", required=False,
        max_length=120,
    )  # fmt: skip
    placing_authority = TextField(
        label="Placed by", hint="The placing authority, if it is another one.", required=False,
        max_length=120,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = markers()
        field = self.fields["markers"]
        field.choices = [(each.code, each.label) for each in known]  # type: ignore[attr-defined]
        field.widget.hints = {each.code: each.matters for each in known}


class WhatForm(HouseForm):
    """What happened, and when they were last seen."""

    circumstances = LongTextField(
        label="What happened",
        hint="What makes this out of character, how they were, what they have with them, "
        "where they may go.",
        rows=6,
    )
    last_seen_at = MomentField(label="Last seen", required=False)
    last_seen_place = TextField(label="Where they were last seen", required=False, max_length=300)
    missing_from = RadioField(
        label="Missing from", choices=Incident.MissingFrom.choices, required=False
    )
    reported_at = MomentField(
        label="When the report was made",
        hint="Only if it was made earlier than now, such as 18/7 14:30.",
        required=False,
    )


class InformantForm(HouseForm):
    """Who tells us."""

    informant_name = TextField(label="Their name", required=False, max_length=120)
    informant_unknown = TickField(label="They gave no name")
    informant_relationship = TextField(
        label="How they know the missing person", hint="Such as mother, key worker, neighbour.",
        required=False, max_length=80,
    )  # fmt: skip
    informant_phone = PhoneField(label="Telephone number", required=False)


# Where on the forms a complaint of the service belongs.
FIELDS = {
    "person.home_address.lines": "address",
    "person.home_address.postcode": "postcode",
    "informant.name": "informant_name",
    "informant.relationship": "informant_relationship",
    "informant.phone": "informant_phone",
}


def field_of(path: str) -> str:
    """The form's field for a complaint at this path of the service's arguments."""
    return FIELDS.get(path, path.rpartition(".")[2])


def person_from(given: dict[str, Any]) -> dict[str, Any]:
    """The person as `log_report` takes it, from what WhoForm gave."""
    return {
        "given_name": given.get("given_name") or "",
        "family_name": given.get("family_name") or "",
        "unknown": bool(given.get("unknown")),
        "date_of_birth": given.get("date_of_birth"),
        "age_estimate": given.get("age_estimate"),
        "sex": given.get("sex") or "unknown",
        "home_address": {
            "lines": _lines(given.get("address")),
            "postcode": given.get("postcode") or "",
        },
        "phones": _lines(given.get("phones")),
        "looked_after_by": given.get("looked_after_by") or "",
        "placing_authority": given.get("placing_authority") or "",
        "markers": list(given.get("markers") or []),
    }


def informant_from(given: dict[str, Any]) -> dict[str, Any]:
    """The informant as `log_report` takes it, from what InformantForm gave."""
    return {
        "name": given.get("informant_name") or "",
        "unknown": bool(given.get("informant_unknown")),
        "relationship": given.get("informant_relationship") or "",
        "phone": given.get("informant_phone") or "",
    }


def event_from(given: dict[str, Any]) -> dict[str, Any]:
    """What happened as `log_report` takes it, from what WhatForm gave."""
    return {
        "circumstances": given.get("circumstances") or "",
        "last_seen_at": given.get("last_seen_at"),
        "last_seen_place": given.get("last_seen_place") or "",
        "missing_from": given.get("missing_from") or "other",
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
