"""Keeping people: whoever is written is written with the parts by which their name is found."""

from collections.abc import Iterable
from datetime import datetime

from mispers.models import NamePart, Person
from mispers.rules.naming.parts import name_of, parts_of
from mispers.services.history import keep_version
from officers.models import Officer


def keep_person(person: Person, *, by: Officer | None, now: datetime) -> None:
    """Save a person and the version; the parts anew where the name is new.

    The database has taken the parts of an earlier name away, and refuses a name without any.
    """
    is_new = person.pk is None
    keep_version(person, by=by, now=now)
    if is_new or not person.name_parts.exists():
        write_name_parts([person])


def write_name_parts(people: Iterable[Person]) -> None:
    """The parts of people who have none yet, however many, in the transaction that wrote them."""
    NamePart.objects.bulk_create(
        (part for person in people for part in _parts(person)), batch_size=5_000
    )


def _parts(person: Person) -> list[NamePart]:
    name = name_of(person.given_name, person.family_name)
    return [
        NamePart(
            person=person,
            folded=part.folded,
            sound=part.sound,
            weighty_words=name.weighty.bit_count(),
        )
        for part in parts_of(name)
    ]
