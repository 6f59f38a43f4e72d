"""What a report must say to be stored, and the form in which it is; used at intake and correction.

Every complaint is put at the field it is about, named as over REST: person.given_name,
person.home_address.postcode, informant.name, last_seen_at.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from core.checks import Complaints
from mispers.rules import markers
from mispers.rules.reports import MissingFrom, MissingReport, Sex

OLDEST = 120
MOST_PHONES = 10
MOST_ADDRESS_LINES = 6
LONGEST_ADDRESS_LINE = 100


def person_fields(
    wrong: Complaints, person: Mapping[str, Any], *, reported_on: date
) -> dict[str, Any]:
    """The person as the table holds them. reported_on: nobody is born after they are missed."""
    of = wrong.part("person")
    given_name = of.line("given_name", person.get("given_name"), most=80, label="Given name")
    family_name = of.line("family_name", person.get("family_name"), most=80, label="Family name")
    is_named = bool(given_name or family_name)
    if not (is_named or person.get("unknown") or of.has("given_name", "family_name")):
        of.add("given_name", "name_needed", "Give some name, or say that it is not known.")
    sex = person.get("sex") or Sex.UNKNOWN
    of.one_of("sex", sex, Sex.values)
    lines, postcode = _address(of.part("home_address"), person.get("home_address") or {})
    return {
        "given_name": given_name,
        "family_name": family_name,
        "unknown": not is_named,
        "date_of_birth": of.birth("date_of_birth", person.get("date_of_birth"), today=reported_on),
        "age_estimate": _age(of, person.get("age_estimate")),
        "sex": sex,
        "home_address_lines": lines,
        "home_postcode": postcode,
        "phones": _phones(of, person.get("phones")),
        "looked_after_by": of.line(
            "looked_after_by", person.get("looked_after_by"), most=120, label="Looked after by"
        ),
        "placing_authority": of.line(
            "placing_authority", person.get("placing_authority"), most=120,
            label="Placing authority",
        ),
        "markers": _markers(of, person.get("markers")),
    }  # fmt: skip


def report_fields(wrong: Complaints, report: MissingReport) -> dict[str, Any]:
    """The report as the incident's table holds it. Times are aware."""
    missing_from = report.missing_from or MissingFrom.OTHER
    wrong.one_of("missing_from", missing_from, MissingFrom.values)
    reported_at = wrong.past("reported_at", report.reported_at) or wrong.now
    return {
        **_informant(wrong.part("informant"), report.informant),
        "circumstances": wrong.text(
            "circumstances",
            report.circumstances,
            required="Say what happened.",
            label="Circumstances",
        ),
        "last_seen_at": _last_seen(wrong, report.last_seen_at, reported_at),
        "last_seen_place": wrong.line(
            "last_seen_place", report.last_seen_place, most=300, label="Last seen place"
        ),
        "missing_from": missing_from,
        "reported_at": reported_at,
    }


def _informant(of: Complaints, informant: Mapping[str, Any]) -> dict[str, Any]:
    name = of.line("name", informant.get("name"), most=120, label="Informant's name")
    if not (name or informant.get("unknown") or of.has("name")):
        of.add("name", "name_needed", "Give the informant's name, or say it is not known.")
    return {
        "informant_name": name,
        "informant_unknown": not name,
        "informant_relationship": of.line(
            "relationship", informant.get("relationship"), most=80, label="Relationship"
        ),
        "informant_phone": of.phone("phone", informant.get("phone")),
    }


def _last_seen(wrong: Complaints, given: datetime | None, reported_at: datetime) -> datetime | None:
    """Nobody is seen last after they are missed."""
    last_seen_at = wrong.past("last_seen_at", given)
    if last_seen_at is not None and last_seen_at > reported_at:
        wrong.add("last_seen_at", "after_report", "The time last seen cannot be after the report.")
    return last_seen_at


def _age(of: Complaints, given: Any) -> int | None:
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= OLDEST:
        of.add("age_estimate", "invalid", f"Give an age in years, from 0 to {OLDEST}.")
        return None
    return given


def _address(of: Complaints, address: Mapping[str, Any]) -> tuple[list[str], str]:
    lines = [
        of.line("lines", line, most=LONGEST_ADDRESS_LINE, label="Address")
        for line in of.several("lines", address.get("lines"), most=MOST_ADDRESS_LINES)
    ]
    return [line for line in lines if line], of.postcode("postcode", address.get("postcode"))


def _phones(of: Complaints, given: Any) -> list[str]:
    numbers = [of.phone("phones", each) for each in of.several("phones", given, most=MOST_PHONES)]
    return list(dict.fromkeys(number for number in numbers if number))


def _markers(of: Complaints, given: Any) -> list[str]:
    codes = of.several("markers", given, most=len(markers.markers()))
    for code in codes:
        if not (isinstance(code, str) and markers.is_listed(code)):
            of.add("markers", "unknown_marker", "One of the markers is not known.")
            return []
    return list(dict.fromkeys(codes))
