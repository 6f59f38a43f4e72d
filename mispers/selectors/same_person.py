"""People reported before who may be the one in hand: by the sound of the name and the birth."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from mispers.models import Incident, Person
from mispers.rules import names
from officers.selectors.visibility import Reader, bcus_seen_by

MOST = 10
# What each likeness adds. Below WORTH_SHOWING a person is not offered.
BOTH_NAMES, BOTH_SWAPPED, FAMILY_NAME, GIVEN_NAME, SPELT_ALIKE = 50, 40, 20, 15, 5
SAME_BIRTH, DAY_AND_MONTH_SWAPPED, YEAR_OFF_BY_ONE, OTHER_BIRTH = 40, 30, 25, -30
WORTH_SHOWING = 15
SAME_NAME, SAME_DAY = "Same name", "same date of birth"


@dataclass(frozen=True)
class Match:
    """A person who may be the same, why, and their incidents as far as the reader sees them.

    incidents: those of the reader's BCUs, newest first; elsewhere: how many others, by BCU.
    """

    person: Person
    score: int
    reasons: list[str]
    incidents: list[Incident]
    elsewhere: dict[str, int]
    missing_as: Incident | None

    @property
    def is_linked_by_itself(self) -> bool:
        """Whether intake will link it without asking: same full name, same date of birth."""
        return self.reasons == [SAME_NAME, SAME_DAY] and bool(
            self.person.given_name and self.person.family_name
        )

    @property
    def latest(self) -> Incident | None:
        """The newest incident that the reader sees."""
        return self.incidents[0] if self.incidents else None


@dataclass(frozen=True)
class Wanted:
    """Who is looked for."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there is a name of two letters to look by; a birth date alone fits too many."""
        return len(names.plain(self.given_name + self.family_name)) > 1


def matches(reader: Reader, wanted: Wanted, *, most: int = MOST) -> list[Match]:
    """The best matches with the likeliest first, in two queries however many there are."""
    if not wanted.is_enough:
        return []
    incidents = Incident.objects.select_related("bcu").order_by("-reported_at", "-pk")
    people = best(wanted, most).prefetch_related(
        Prefetch("incidents", queryset=incidents, to_attr="every_incident")
    )
    seen = bcus_seen_by(reader)
    return [_match(person, wanted, seen) for person in people]


def best(wanted: Wanted, most: int) -> QuerySet[Person]:
    """People by how alike they are; every condition has its index."""
    likeness = _name_score(wanted) + _birth_score(wanted.date_of_birth)
    return (
        Person.objects.filter(_candidates(wanted))
        .annotate(score=likeness)
        .filter(score__gte=WORTH_SHOWING)
        .order_by("-score", "-pk")[:most]
    )


def near_births(born: date) -> dict[date, int]:
    """Dates of birth that are taken for one another, with what the likeness is worth."""
    near: dict[date, int] = {}
    for year in (born.year - 1, born.year + 1):
        near |= _dated(year, born.month, born.day, YEAR_OFF_BY_ONE)
    near |= _dated(born.year, born.day, born.month, DAY_AND_MONTH_SWAPPED)
    return near | {born: SAME_BIRTH}


def _dated(year: int, month: int, day: int, worth: int) -> dict[date, int]:
    try:
        return {date(year, month, day): worth}
    except ValueError:  # No such day: 29 February, or a 13th month.
        return {}


def _candidates(wanted: Wanted) -> Q:
    given, family = _keys(wanted)
    by_name = Q(pk__in=[])
    if given and family:
        by_name = Q(family_key=family[0], given_key=given[0])
        by_name |= Q(family_key=given[1], given_key=family[1])
    elif family:
        by_name = Q(family_key=family[0])
    elif given:
        by_name = Q(given_key=given[0])
    if wanted.date_of_birth is None:
        return by_name
    near = Q(date_of_birth__in=list(near_births(wanted.date_of_birth)))
    sounds = {*given, *family}
    return by_name | near & (Q(family_key__in=sounds) | Q(given_key__in=sounds))


def _keys(wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of each name in its own place and in the other's; empty where no name was given."""
    given, family = wanted.given_name, wanted.family_name
    return (
        (names.given_sound(given), names.sound(given)) if names.plain(given) else (),
        (names.sound(family), names.given_sound(family)) if names.plain(family) else (),
    )


def _name_score(wanted: Wanted) -> Combinable:
    given, family = _keys(wanted)
    cases = []
    if given and family:
        cases = [
            When(family_key=family[0], given_key=given[0], then=BOTH_NAMES),
            When(family_key=given[1], given_key=family[1], then=BOTH_SWAPPED),
        ]
    if family:
        cases.append(When(family_key=family[0], then=FAMILY_NAME))
    if given:
        cases.append(When(given_key=given[0], then=GIVEN_NAME))
    score: Combinable = _case(cases)
    for field, name in (("given_name", wanted.given_name), ("family_name", wanted.family_name)):
        if names.plain(name):
            same = When(**{f"{field}__iexact": names.tidy(name)}, then=SPELT_ALIKE)
            score = score + _case([same])
    return score


def _birth_score(born: date | None) -> Combinable:
    if born is None:
        return Value(0)
    cases = [When(date_of_birth=day, then=worth) for day, worth in near_births(born).items()]
    return _case([*cases, When(date_of_birth__isnull=False, then=OTHER_BIRTH)])


def _case(cases: Sequence[When]) -> Case:
    return Case(*cases, default=0, output_field=IntegerField())


def _match(person: Any, wanted: Wanted, seen: Any) -> Match:
    every: list[Incident] = person.every_incident
    for incident in every:
        incident.person = person
    mine = [each for each in every if seen is None or each.bcu_id in seen]
    elsewhere = Counter(each.bcu_id for each in every if each not in mine)
    return Match(
        person=person,
        score=person.score,
        reasons=reasons(person, wanted),
        incidents=mine,
        elsewhere=dict(elsewhere),
        missing_as=next((each for each in every if each.is_open), None),
    )


def reasons(person: Person, wanted: Wanted) -> list[str]:
    """Why this person is offered, in a few words each."""
    return [reason for reason in (_alike(person, wanted), _born_alike(person, wanted)) if reason]


def _alike(person: Person, wanted: Wanted) -> str:
    """The strongest likeness of the names, in words."""
    here = (names.plain(person.given_name), names.plain(person.family_name))
    asked = (names.plain(wanted.given_name), names.plain(wanted.family_name))
    given, family = _keys(wanted)
    keys = (person.given_key, person.family_key)
    both = bool(given and family)
    likenesses = (
        (here == asked, SAME_NAME),
        (here == asked[::-1], "Same names, the other way round"),
        (both and keys == (given[0], family[0]), "Name sounds the same"),
        (both and keys == (family[1], given[1]), "Names sound the same, the other way round"),
        (bool(family) and here[1] == asked[1], "Same family name"),
        (bool(family) and keys[1] == family[0], "Family name sounds the same"),
        (bool(given) and here[0] == asked[0], "Same given name"),
        (bool(given) and keys[0] == given[0], "Given name sounds the same"),
    )
    return next((words for is_so, words in likenesses if is_so), "")


def _born_alike(person: Person, wanted: Wanted) -> str:
    if wanted.date_of_birth is None or person.date_of_birth is None:
        return ""
    return {
        SAME_BIRTH: SAME_DAY,
        DAY_AND_MONTH_SWAPPED: "day and month of birth swapped",
        YEAR_OFF_BY_ONE: "year of birth differs by one",
    }.get(near_births(wanted.date_of_birth).get(person.date_of_birth, 0), "other date of birth")
