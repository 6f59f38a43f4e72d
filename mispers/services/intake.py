"""Logging a report of a missing person: one transaction, from checking it to its first events."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from core.checks import Complaints, is_storable, tidy
from core.errors import FieldError
from core.london import day_of
from core.text import at_time
from mispers import events
from mispers.errors import SourceUsedElsewhere
from mispers.models import Incident, Person
from mispers.rules.report_checks import person_fields, report_fields
from mispers.rules.reports import MissingReport
from mispers.selectors import protocol, same_person
from mispers.services.gateway import record
from mispers.services.history import keep_version
from mispers.services.links import link_earlier, visible_incidents
from mispers.services.people import keep_person
from mispers.services.references import next_reference
from officers.models import BCU, Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.visibility import bcus_seen_by


@dataclass(frozen=True)
class Logged:
    """The incident, and whether this report made it or had been logged before."""

    incident: Incident
    created: bool


@dataclass(frozen=True)
class _Report:
    """A report whose every part has been checked."""

    bcu: BCU
    person: dict[str, Any]
    incident: dict[str, Any]
    earlier: list[Incident]


def log_report(given: MissingReport, *, by: Officer, now: datetime) -> Logged:
    """Log that somebody is missing.

    The same source again gives the incident that exists. Earlier incidents of a person of the same
    name and date of birth are linked without asking (REP-1).
    Raises NotPermitted, Invalid at the fields, Conflict for a source used in another BCU.
    """
    with transaction.atomic():
        check_may(by, Permission.LOG_REPORT, now)
        wrong = Complaints(now)
        system, number = _source(wrong, given.source)
        if (existing := _from_source(by, system, number)) is not None:
            return Logged(existing, created=False)
        report = _checked(wrong, given, by=by)
        wrong.check()
        report.incident.update(source_system=system, source_reference=number)
        return _create_once(report, by=by, now=now)


def problems_in(given: MissingReport, *, by: Officer, now: datetime) -> list[FieldError]:
    """What `log_report` would complain of in this report; writes nothing."""
    wrong = Complaints(now)
    _checked(wrong, given, by=by)
    return wrong.errors


def _checked(wrong: Complaints, given: MissingReport, *, by: Officer) -> _Report:
    reported_on = day_of(min(given.reported_at or wrong.now, wrong.now))
    return _Report(
        bcu=_bcu(wrong, by, given.bcu),
        person=person_fields(wrong, given.person, reported_on=reported_on),
        incident=report_fields(wrong, given),
        earlier=visible_incidents(wrong, by, "previous", given.previous),
    )


def _create_once(report: _Report, *, by: Officer, now: datetime) -> Logged:
    """Create the incident, unless the same source has just been logged by somebody else."""
    try:
        with transaction.atomic():
            return Logged(_create(report, by=by, now=now), created=True)
    except IntegrityError:
        existing = _from_source(
            by, report.incident["source_system"], report.incident["source_reference"]
        )
        if existing is None:
            raise
        return Logged(existing, created=False)


def _create(report: _Report, *, by: Officer, now: datetime) -> Incident:
    person = _person(report.person, by=by, now=now)
    incident = Incident(
        reference=next_reference(report.bcu.pk, now),
        bcu=report.bcu,
        person=person,
        recorded_at=now,
        recorded_by=by,
        boundary_48h_at=report.incident["reported_at"] + protocol.in_force(now).allow("boundary"),
        **report.incident,
    )
    keep_version(incident, by=by, now=now)
    earlier = _unique([*report.earlier, *_earlier_of(person, incident)])
    record(
        incident,
        events.REPORTED,
        events.Reported(
            incident=incident.pk,
            person=person.pk,
            reported_at=incident.reported_at,
            previous=tuple(each.reference for each in earlier),
        ),
        by=by,
        now=now,
        at=incident.reported_at,
        summary=_summary(incident, by),
    )
    link_earlier(incident, earlier, by=by, now=now)
    return incident


def _person(given: dict[str, Any], *, by: Officer, now: datetime) -> Person:
    """Who was reported before under this name and birth date, brought up to date; or a new row."""
    known = _reported_before(given)
    if known is None:
        known = Person(**given)
    else:
        for name, value in given.items():
            setattr(known, name, _newest(getattr(known, name), value))
        known.sex = known.sex if given["sex"] == Person.Sex.UNKNOWN else given["sex"]
    keep_person(known, by=by, now=now)
    return known


def _reported_before(given: Mapping[str, Any]) -> Person | None:
    """Who was reported before under the same name and date of birth; both names must be given."""
    if not (given["date_of_birth"] and given["given_name"] and given["family_name"]):
        return None
    alike = same_person.letters(given["given_name"], given["family_name"])
    # Two calls about one person in one moment wait for each other here, and the second finds them.
    _wait_for_others(f"{alike} {given['date_of_birth']}")
    return same_person.already_known(
        given["given_name"], given["family_name"], given["date_of_birth"]
    )


def _wait_for_others(what: str) -> None:
    """Let one transaction at a time decide about `what`; lasts until it ends."""
    number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _newest(known: Any, given: Any) -> Any:
    """What the new report says; where it says nothing, what was known. Lists of both are joined."""
    if isinstance(known, list) and isinstance(given, list):
        return list(dict.fromkeys([*given, *known]))
    return known if given in {None, ""} else given


def _earlier_of(person: Person, incident: Incident) -> list[Incident]:
    return list(person.incidents.exclude(pk=incident.pk).order_by("-reported_at", "-pk"))


def _unique(incidents: Sequence[Incident]) -> list[Incident]:
    return list({incident.pk: incident for incident in incidents}.values())


def _source(wrong: Complaints, source: Mapping[str, str] | None) -> tuple[str, str]:
    """System and reference, both or neither."""
    given = source or {}
    of = wrong.part("source")
    system = of.line("system", given.get("system"), most=40, label="System")
    number = of.line("reference", given.get("reference"), most=80, label="Reference")
    for name, value, other in (("system", system, number), ("reference", number, system)):
        if other and not value:
            of.add(name, "required", f"Give the source's {name} as well.")
    return system, number


def _from_source(by: Officer, system: str, number: str) -> Incident | None:
    """The incident that this source has given before."""
    if not number:
        return None
    existing = (
        Incident.objects.select_related("person", "bcu")
        .filter(source_system=system, source_reference=number)
        .first()
    )
    seen = bcus_seen_by(by)
    if existing is not None and seen is not None and existing.bcu_id not in seen:
        raise SourceUsedElsewhere(
            f"{system} {number} has been logged already, for {existing.bcu_id}."
        )
    return existing


def _bcu(wrong: Complaints, by: Officer, code: str) -> BCU:
    seen = bcus_seen_by(by)
    bcu = BCU.objects.filter(pk=tidy(code)).first() if is_storable(code, lines=False) else None
    if bcu is None or (seen is not None and bcu.pk not in seen):
        wrong.add("bcu", "unknown_bcu", "Choose a BCU for which you may log a report.")
        return BCU(code="")
    return bcu


def _summary(incident: Incident, by: Officer) -> str:
    person = incident.person
    birth = person.date_of_birth
    born = f", born {birth.day} {birth:%b %Y}," if birth else ""
    said = f" ({incident.informant_relationship})" if incident.informant_relationship else ""
    informant = f"{incident.informant_name or 'somebody who gave no name'}{said}"
    reported = at_time(incident.reported_at)
    parts = [f"{person.name}{born} was reported missing at {reported} by {informant}."]
    if incident.last_seen_at or incident.last_seen_place:
        when = f" at {at_time(incident.last_seen_at)}" if incident.last_seen_at else ""
        where = f" ({incident.last_seen_place})" if incident.last_seen_place else ""
        parts.append(f"Last seen{when}{where}.")
    parts.append(f"Logged by {by} at {at_time(incident.recorded_at)}.")
    return " ".join(parts)
