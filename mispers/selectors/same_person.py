"""People reported before who may be the one in hand: by their name and their birth."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from mispers.models import Incident, Person
from mispers.rules.naming.births import Born
from mispers.rules.naming.folding import fold, letters_of, words_of
from mispers.rules.naming.parts import Name, name_of
from mispers.selectors.name_search import Hit, search_names
from officers.selectors.visibility import Reader, bcus_seen_by

MOST = 10


@dataclass(frozen=True)
class Match:
    """A person who may be the same, why, and their incidents as far as the reader sees them.

    incidents: those of the reader's BCUs, newest first; elsewhere: how many others, by BCU.
    is_linked_by_itself: whether intake links them without asking, as `already_known` does.
    """

    person: Person
    score: float
    reasons: list[str]
    incidents: list[Incident]
    elsewhere: dict[str, int]
    missing_as: Incident | None
    is_linked_by_itself: bool

    @property
    def latest(self) -> Incident | None:
        """The newest incident that the reader sees."""
        return self.incidents[0] if self.incidents else None


@dataclass(frozen=True)
class Wanted:
    """Who is looked for; a whole name may stand in one line as the given name."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    year_of_birth: int | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there is a name of two letters to look by; a birth date alone fits too many."""
        return len(letters_of(f"{self.given_name} {self.family_name}")) > 1

    @property
    def name(self) -> Name:
        """The name, taken apart."""
        return name_of(self.given_name, self.family_name)

    @property
    def born(self) -> Born:
        """When they were born, as far as it is known."""
        return Born(self.date_of_birth, self.year_of_birth)


def matches(
    reader: Reader, wanted: Wanted, *, most: int = MOST, missing_first: bool = False
) -> list[Match]:
    """The best matches with the likeliest first, in three queries however many there are.

    missing_first: whether those who are missing now come before everybody else.
    """
    if not wanted.is_enough:
        return []
    hits = search_names(wanted.name, wanted.born)
    if missing_first:
        hits.sort(key=lambda hit: not hit.is_missing)
    return _with_incidents(hits[:most], wanted, bcus_seen_by(reader))


def already_known(given_name: str, family_name: str, born: date) -> Person | None:
    """Who was reported before in the same letters and born on the same day: the same person."""
    alike = letters(given_name, family_name)
    last = [*words_of(family_name), *words_of(given_name)][-1:]
    same_birth = Person.objects.filter(
        date_of_birth=born, name_parts__folded__in=[fold(word) for word in last]
    )
    for person in same_birth.distinct().order_by("-pk"):
        if letters(person.given_name, person.family_name) == alike:
            return person
    return None


def letters(given_name: str, family_name: str) -> tuple[str, str]:
    """The letters of both names: O'Driscoll and O Driscoll are written alike."""
    return letters_of(given_name), letters_of(family_name)


def _with_incidents(hits: Sequence[Hit], wanted: Wanted, seen: Any) -> list[Match]:
    incidents = Incident.objects.select_related("bcu").order_by("-reported_at", "-pk")
    people = Person.objects.prefetch_related(
        Prefetch("incidents", queryset=incidents, to_attr="every_incident")
    ).in_bulk([hit.person for hit in hits])
    return [_match(people[hit.person], hit, wanted, seen) for hit in hits]


def _match(person: Any, hit: Hit, wanted: Wanted, seen: Any) -> Match:
    every: list[Incident] = person.every_incident
    for incident in every:
        incident.person = person
    mine = [each for each in every if seen is None or each.bcu_id in seen]
    elsewhere = Counter(each.bcu_id for each in every if each not in mine)
    return Match(
        person=person,
        score=hit.points,
        reasons=hit.reasons,
        incidents=mine,
        elsewhere=dict(elsewhere),
        missing_as=next((each for each in every if each.is_open), None),
        is_linked_by_itself=_is_certain(person, wanted),
    )


def _is_certain(person: Person, wanted: Wanted) -> bool:
    """Both names in the same letters, and the same date of birth."""
    names = letters(wanted.given_name, wanted.family_name)
    return (
        all(names)
        and names == letters(person.given_name, person.family_name)
        and wanted.date_of_birth is not None
        and wanted.date_of_birth == person.date_of_birth
    )
