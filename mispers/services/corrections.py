"""Correcting a report: new words replace the old, which stay in the history and on the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from core.checks import Complaints
from core.errors import Invalid
from core.london import day_of
from core.text import listed
from mispers import events
from mispers.models import Incident, Person
from mispers.rules.report_checks import person_fields, report_fields
from mispers.rules.reports import MissingReport
from mispers.services.gateway import incident_for_change, record
from mispers.services.history import keep_version
from mispers.services.people import keep_person
from officers.models import Officer
from officers.rules.permitted import Permission

# Not for a reader: they follow from the names.
_FOLLOWS = frozenset({"unknown", "informant_unknown"})


def correct_incident(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    changes: Mapping[str, Any],
    version: int | None = None,
) -> Incident:
    """Change what a report says. changes: the parts of `log_report` to change, nested as there.

    bcu, source and reported_at stay as they are: they say whose it is and start its clocks.
    The event says each field's old and new value. Nothing is written where nothing differs.
    Raises Invalid, StaleVersion.
    """
    _check_correctable(changes)
    with transaction.atomic():
        # The person first, for everybody: two corrections through two incidents take turns.
        list(Person.objects.select_for_update().filter(incidents__reference=reference))
        with incident_for_change(
            reference, by=by, now=now, permission=Permission.CORRECT, version=version
        ) as incident:
            corrected = _checked(incident, changes, now)
            differences = _apply(incident, corrected, by=by, now=now)
            if differences:
                _record(incident, differences, by=by, now=now)
    return incident


def as_given(incident: Incident) -> dict[str, Any]:
    """The report as `log_report` would take it: what a correction starts from."""
    person = incident.person
    return {
        "person": {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "unknown": person.unknown,
            "date_of_birth": person.date_of_birth,
            "age_estimate": person.age_estimate,
            "sex": person.sex,
            "home_address": {
                "lines": person.home_address_lines,
                "postcode": person.home_postcode,
            },
            "phones": person.phones,
            "looked_after_by": person.looked_after_by,
            "placing_authority": person.placing_authority,
            "markers": person.markers,
        },
        "informant": {
            "name": incident.informant_name,
            "unknown": incident.informant_unknown,
            "relationship": incident.informant_relationship,
            "phone": incident.informant_phone,
        },
        "circumstances": incident.circumstances,
        "last_seen_at": incident.last_seen_at,
        "last_seen_place": incident.last_seen_place,
        "missing_from": incident.missing_from,
    }


def _check_correctable(changes: Mapping[str, Any]) -> None:
    fixed = changes.keys() & {"bcu", "source", "reported_at"}
    if fixed:
        raise Invalid.field(
            min(fixed), "cannot_be_corrected", "This cannot be corrected; add it to the log."
        )


def _checked(
    incident: Incident, changes: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole report with the changes in it, checked as at intake."""
    whole = _merged(as_given(incident), changes)
    wrong = Complaints(now)
    report = MissingReport(**whole, bcu=incident.bcu_id, reported_at=incident.reported_at)
    of_person = person_fields(wrong, report.person, reported_on=day_of(incident.reported_at))
    of_report = report_fields(wrong, report)
    wrong.check()
    return of_person, of_report


def _merged(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for name, value in changes.items():
        inner = whole.get(name)
        is_part = isinstance(inner, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(inner, value) if is_part else value  # type: ignore[arg-type]
    return merged


def _apply(
    incident: Incident,
    corrected: tuple[dict[str, Any], dict[str, Any]],
    *,
    by: Officer,
    now: datetime,
) -> dict[str, events.Change]:
    """Write what differs; {field: its old and new value}."""
    person, report = corrected
    of_person = _set(incident.person, person)
    if of_person:
        keep_person(incident.person, by=by, now=now)
        # The person's other incidents show the change too, so their versions move on.
        others = Incident.objects.filter(person=incident.person_id).exclude(pk=incident.pk)
        others.update(version=F("version") + 1)
    of_report = _set(incident, report)
    if of_report:
        keep_version(incident, by=by, now=now)
    return {f"person.{name}": value for name, value in of_person.items()} | of_report


def _set(row: Incident | Person, values: Mapping[str, Any]) -> dict[str, events.Change]:
    differs = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            differs[name] = events.Change(from_=before, to=value)
    return differs


def _record(
    incident: Incident, differences: dict[str, events.Change], *, by: Officer, now: datetime
) -> None:
    shown = {name: each for name, each in differences.items() if _last(name) not in _FOLLOWS}
    named = listed(sorted(_in_words(name) for name in shown or differences))
    record(
        incident,
        events.CORRECTED,
        events.Corrected(incident=incident.pk, fields=shown or differences),
        by=by,
        now=now,
        summary=f"{by} corrected the {named} of {incident.reference}.",
    )


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _in_words(name: str) -> str:
    return _last(name).removesuffix("_lines").replace("_", " ")
