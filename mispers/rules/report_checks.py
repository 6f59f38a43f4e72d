"""What a report must say to be stored, and the form in which it is; used at intake and correction.

Every complaint is put at the field it is about, named as over REST: person.given_name,
person.home_address.postcode, informant.name, last_seen_at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from core.errors import FieldError, Invalid
from core.forms.text import LONGEST_TEXT, POSTCODE, is_storable
from core.london import LONDON
from mispers.models import Incident, Person
from mispers.rules import markers, names

EARLIEST_BIRTH = date(1890, 1, 1)
EARLIEST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
OLDEST = 120
MOST_PHONES = 10
MOST_ADDRESS_LINES = 6
LONGEST_ADDRESS_LINE = 100
PHONE = re.compile(r"[0-9+() .\-extEXT#]{3,30}")


@dataclass
class Complaints:
    """What is wrong so far, field by field."""

    errors: list[FieldError] = field(default_factory=list)

    def add(self, field: str, code: str, message: str) -> None:
        """Note one complaint."""
        self.errors.append(FieldError(field, code, message))

    def raise_if_any(self) -> None:
        """Raise Invalid with all of them together."""
        if self.errors:
            raise Invalid(self.errors)

    def line(self, field: str, given: Any, longest: int, label: str) -> str:
        """One line of text with single spaces, or a complaint and an empty line."""
        text = names.tidy(given) if self._is_text(field, given, label, lines=False) else ""
        return self._short_enough(field, text, longest, label)

    def words(self, field: str, given: Any, label: str, longest: int = LONGEST_TEXT) -> str:
        """Text of several lines as it was typed, without space around it."""
        text = ""
        if self._is_text(field, given, label, lines=True):
            text = str(given).replace("\r\n", "\n").replace("\r", "\n").strip()
        return self._short_enough(field, text, longest, label)

    def _is_text(self, field: str, given: Any, label: str, *, lines: bool) -> bool:
        if given is None or given == "":
            return False
        if not isinstance(given, str):
            self.add(field, "invalid", f"{label} must be text.")
            return False
        if not is_storable(given.replace("\r\n", "\n"), lines=lines):
            self.add(
                field, "control_characters", f"{label} contains characters that cannot be stored."
            )
            return False
        return True

    def _short_enough(self, field: str, text: str, longest: int, label: str) -> str:
        if len(text) <= longest:
            return text
        self.add(field, "max_length", f"{label} must be {longest:,} characters or fewer.")
        return ""


def person_fields(
    wrong: Complaints, person: Mapping[str, Any], *, reported_on: date
) -> dict[str, Any]:
    """The person as the table holds them. reported_on: nobody is born after they are missed."""
    given_name = wrong.line("person.given_name", person.get("given_name"), 80, "Given name")
    family_name = wrong.line("person.family_name", person.get("family_name"), 80, "Family name")
    is_named = bool(given_name or family_name)
    if not (is_named or person.get("unknown") or _has_errors(wrong, "given_name", "family_name")):
        wrong.add(
            "person.given_name", "name_needed", "Give some name, or say that it is not known."
        )
    address = person.get("home_address") or {}
    return {
        "given_name": given_name,
        "family_name": family_name,
        "unknown": not is_named,
        "given_key": names.given_sound(given_name),
        "family_key": names.sound(family_name),
        "date_of_birth": _birth(wrong, person.get("date_of_birth"), reported_on),
        "age_estimate": _age(wrong, person.get("age_estimate")),
        "sex": _choice(wrong, "person.sex", person.get("sex") or "unknown", Person.Sex.values),
        "home_address_lines": _lines(wrong, address.get("lines")),
        "home_postcode": _postcode(wrong, address.get("postcode")),
        "phones": _phones(wrong, person.get("phones")),
        "looked_after_by": wrong.line(
            "person.looked_after_by", person.get("looked_after_by"), 120, "Looked after by"
        ),
        "placing_authority": wrong.line(
            "person.placing_authority", person.get("placing_authority"), 120, "Placing authority"
        ),
        "markers": _markers(wrong, person.get("markers")),
    }


def report_fields(
    wrong: Complaints,
    *,
    informant: Mapping[str, Any],
    circumstances: Any,
    last_seen_at: datetime | None,
    last_seen_place: Any,
    missing_from: Any,
    reported_at: datetime,
    now: datetime,
) -> dict[str, Any]:
    """The report as the incident's table holds it. Times are aware."""
    told = wrong.words("circumstances", circumstances, "Circumstances")
    if not (told or _has_errors(wrong, "circumstances")):
        wrong.add("circumstances", "required", "Say what happened.")
    name = wrong.line("informant.name", informant.get("name"), 120, "Informant's name")
    if not (name or informant.get("unknown") or _has_errors(wrong, "informant.name")):
        wrong.add(
            "informant.name", "name_needed", "Give the informant's name, or say it is not known."
        )
    _check_moments(wrong, last_seen_at=last_seen_at, reported_at=reported_at, now=now)
    return {
        "informant_name": name,
        "informant_unknown": not name,
        "informant_relationship": wrong.line(
            "informant.relationship", informant.get("relationship"), 80, "Relationship"
        ),
        "informant_phone": _phone(wrong, "informant.phone", informant.get("phone")),
        "circumstances": told,
        "last_seen_at": last_seen_at,
        "last_seen_place": wrong.line("last_seen_place", last_seen_place, 300, "Last seen place"),
        "missing_from": _choice(
            wrong, "missing_from", missing_from or "other", Incident.MissingFrom.values
        ),
        "reported_at": reported_at,
    }


def _check_moments(
    wrong: Complaints, *, last_seen_at: datetime | None, reported_at: datetime, now: datetime
) -> None:
    if reported_at > now:
        wrong.add("reported_at", "future", "The time of the report cannot be in the future.")
    elif reported_at < EARLIEST_MOMENT:
        wrong.add("reported_at", "too_early", "Check the year of the report.")
    if last_seen_at is None:
        return
    if last_seen_at > min(reported_at, now):
        wrong.add("last_seen_at", "after_report", "The time last seen cannot be after the report.")
    elif last_seen_at < EARLIEST_MOMENT:
        wrong.add("last_seen_at", "too_early", "Check the year when they were last seen.")


def _has_errors(wrong: Complaints, *ends: str) -> bool:
    return any(error.field.endswith(ends) for error in wrong.errors)


def _birth(wrong: Complaints, given: date | None, reported_on: date) -> date | None:
    if given is None:
        return None
    if given > reported_on:
        wrong.add("person.date_of_birth", "future", "The date of birth cannot be in the future.")
    elif given < EARLIEST_BIRTH:
        wrong.add("person.date_of_birth", "too_early", "Check the year of the date of birth.")
    return given


def _age(wrong: Complaints, given: Any) -> int | None:
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= OLDEST:
        wrong.add("person.age_estimate", "invalid", f"Give an age in years, from 0 to {OLDEST}.")
        return None
    return given


def _choice(wrong: Complaints, field: str, given: Any, known: Sequence[str]) -> str:
    if given not in known:
        wrong.add(field, "invalid_choice", f"Choose one of: {', '.join(known)}.")
    return str(given)


def _list(wrong: Complaints, field: str, given: Any, most: int) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, (list, tuple)):
        wrong.add(field, "not_a_list", "Give a list.")
        return []
    if len(given) > most:
        wrong.add(field, "too_many", f"Give at most {most}.")
    return list(given)[:most]


def _lines(wrong: Complaints, given: Any) -> list[str]:
    field = "person.home_address.lines"
    lines = [
        wrong.line(field, line, LONGEST_ADDRESS_LINE, "Address")
        for line in _list(wrong, field, given, MOST_ADDRESS_LINES)
    ]
    return [line for line in lines if line]


def _postcode(wrong: Complaints, given: Any) -> str:
    field = "person.home_address.postcode"
    bare = wrong.line(field, given, 20, "Postcode").replace(" ", "").upper()
    if not bare:
        return ""
    postcode = f"{bare[:-3]} {bare[-3:]}"
    if not POSTCODE.fullmatch(postcode):
        wrong.add(field, "postcode", "Enter a full postcode, such as N1 9GU.")
        return ""
    return postcode


def _phone(wrong: Complaints, field: str, given: Any) -> str:
    number = wrong.line(field, given, 30, "Telephone number")
    if number and not PHONE.fullmatch(number):
        wrong.add(field, "wrong_phone", "Enter a telephone number, such as 020 7946 0000.")
        return ""
    return number


def _phones(wrong: Complaints, given: Any) -> list[str]:
    field = "person.phones"
    numbers = [_phone(wrong, field, number) for number in _list(wrong, field, given, MOST_PHONES)]
    return list(dict.fromkeys(number for number in numbers if number))


def _markers(wrong: Complaints, given: Any) -> list[str]:
    field = "person.markers"
    codes = _list(wrong, field, given, len(markers.markers()))
    for code in codes:
        if not (isinstance(code, str) and markers.is_known(code)):
            wrong.add(field, "unknown_marker", "One of the markers is not known.")
            return []
    return list(dict.fromkeys(codes))


def day_in_london(moment: datetime) -> date:
    """The calendar day of a moment where the force is."""
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:  # The first or last hours that a calendar can name.
        return moment.date()
