"""Looking somebody up among very many people: is the right one among the first, and how fast."""

import csv
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from benchmarks.data import Say, analyse
from benchmarks.measure import Statement, percentile, replay
from benchmarks.people import officer_of
from core import clock
from mispers.models import Incident, NamePart, Person
from mispers.rules.naming.measure import PARTS, LabelledPair, read_pairs
from mispers.rules.naming.parts import name_of, parts_of
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors.same_person import Wanted
from mispers.services.lookups import look_up_person
from officers.models import BCU
from officers.rules.roles import Role

SEED = 1833
# People who are there for this alone.
MARK = "bench"
FIRST_OF = 5
BATCH = 20_000
OTHERS = 250
PAIRS = settings.ROOT / "fixtures" / "names" / "pairs.csv"
_ENDINGS = ("", "", "", "son", "ley", "ham", "ov", "ez", "ani", "zai", "wala", "ski", "oglu")


@dataclass(frozen=True)
class Asked:
    """A look-up and the person who is meant."""

    wanted: Wanted
    person: int


def check(*, people: int, rounds: int, say: Say) -> None:
    """Look up `rounds` people among so many; say how many came first and how long it took."""
    pairs = [pair for part in PARTS for pair in read_pairs(PAIRS, part) if pair.is_same]
    _seed(people, pairs, say)
    officer, now = officer_of(_home(), Role.FRONTLINE), clock.now()
    kinds = {
        "missing now, by name": _asked(pairs, rounds, is_open=True),
        "missing now, with the year of birth": _asked(pairs, rounds, is_open=True, year=True),
        "no open report, with the date of birth": _asked(pairs, rounds, is_open=False, day=True),
    }
    for kind, asked in kinds.items():
        took, raw, among = [], [], 0
        for each in asked:
            statements: list[Statement] = []
            with connection.execute_wrapper(_noting(statements)):
                began = time.perf_counter()
                found = look_up_person(by=officer, now=now, wanted=each.wanted, reason="Benchmark")
                took.append((time.perf_counter() - began) * 1000)
            raw.append(replay(statements))
            first = [one.match.person.pk for one in found[:FIRST_OF]]
            among += each.person in first
        say(
            f"{kind}: the right one among the first {FIRST_OF} in {among} of {len(asked)}; "
            f"p50 {percentile(took, 50):.1f} ms, p95 {percentile(took, 95):.1f} ms, its SQL alone "
            f"p50 {percentile(raw, 50):.1f} ms, p95 {percentile(raw, 95):.1f} ms: p95 is "
            f"{percentile(took, 95) / percentile(raw, 95):.1f} times that."
        )


def _home() -> str:
    return BCU.objects.order_by("pk").values_list("pk", flat=True)[0]


def _noting(seen: list[Statement]) -> Any:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params, many))
        return execute(sql, params, many, context)

    return note


def _asked(
    pairs: Sequence[LabelledPair],
    rounds: int,
    *,
    is_open: bool,
    year: bool = False,
    day: bool = False,
) -> list[Asked]:
    """Names as somebody says them, of people who are recorded under the other name of the pair."""
    chosen = random.Random(SEED).sample(list(pairs), len(pairs))
    found: list[Asked] = []
    for pair in chosen:
        people = Person.objects.filter(
            given_name=pair.given_name, family_name=pair.family_name, looked_after_by=MARK
        )
        open_ones = Incident.objects.filter(stage__in=OPEN_STAGES).values("person")
        people = people.filter(pk__in=open_ones) if is_open else people.exclude(pk__in=open_ones)
        person = people.order_by("pk").first()
        if person is None or person.date_of_birth is None:
            continue
        born = person.date_of_birth
        wanted = Wanted(
            pair.asked,
            date_of_birth=born if day else None,
            year_of_birth=born.year if year else None,
        )
        found.append(Asked(wanted, person.pk))
        if len(found) == rounds:
            break
    return found


def _seed(people: int, pairs: Sequence[LabelledPair], say: Say) -> None:
    """So many people of every tradition; of every two hundred and fiftieth an incident is open."""
    missing = people - Person.objects.count()
    if missing <= 0:
        return
    began = time.perf_counter()
    invented = _invented(pairs)
    while missing > 0:
        some = list(islice(invented, min(BATCH, missing)))
        with transaction.atomic():
            _copy(some)
        missing -= len(some)
    _open_some()
    analyse()
    parts = NamePart.objects.count()
    say(
        f"{people:,} people with {parts:,} parts of names copied in "
        f"{time.perf_counter() - began:.0f} s."
    )


def _invented(pairs: Sequence[LabelledPair]) -> Iterator[tuple[str, str, date]]:
    """Each labelled name once; then given and family names of one tradition, some made longer."""
    dice = random.Random(SEED)
    for pair in pairs:
        yield pair.given_name, pair.family_name, _birth(dice)
    by_tradition: dict[str, list[LabelledPair]] = {}
    for pair in pairs:
        by_tradition.setdefault(pair.tradition, []).append(pair)
    traditions = list(by_tradition.values())
    while True:
        mine = dice.choice(traditions)
        given, family = dice.choice(mine).given_name, dice.choice(mine).family_name
        if dice.choice((True, False)):
            given = f"{given} {dice.choice(mine).given_name}"
        family = f"{family}{dice.choice(_ENDINGS)}"
        yield given[:80], family[:80], _birth(dice)


def _birth(dice: random.Random) -> date:
    return date(1930, 1, 1) + timedelta(days=dice.randrange(35_000))


def _copy(people: Sequence[tuple[str, str, date]]) -> None:
    """Write people and their parts as one stream each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('mispers_person', 'id'))"
            " FROM generate_series(1, %s)",
            [len(people)],
        )
        numbers = [number for (number,) in cursor.fetchall()]
        rows, parts = StringIO(), StringIO()
        of_people, of_parts = csv.writer(rows), csv.writer(parts)
        for number, (given, family, born) in zip(numbers, people, strict=True):
            of_people.writerow(
                [number, given, family, "f", born, "unknown", "[]", "", "[]", MARK, "", "[]"]
            )
            name = name_of(given, family)
            for part in parts_of(name):
                of_parts.writerow([number, part.folded, part.sound, name.weighty.bit_count()])
        _stream(
            cursor,
            "mispers_person (id, given_name, family_name, unknown, date_of_birth, sex,"
            " home_address_lines, home_postcode, phones, looked_after_by, placing_authority,"
            " markers)",
            rows,
            "given_name, family_name, home_postcode, placing_authority",
        )
        columns = "mispers_namepart (person_id, folded, sound, weighty_words)"
        _stream(cursor, columns, parts, "sound")


def _stream(cursor: Any, table: str, rows: StringIO, texts: str) -> None:
    """texts: the columns in which nothing means an empty text."""
    rows.seek(0)
    cursor.copy_expert(f"COPY {table} FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({texts}))", rows)


def _open_some() -> None:
    """An open incident of every second labelled person, and of one in 250 of the others."""
    officer, now = officer_of(_home(), Role.FRONTLINE), clock.now()
    ours = Person.objects.filter(looked_after_by=MARK).order_by("pk").values_list("pk", flat=True)
    labelled = sum(pair.is_same for part in PARTS for pair in read_pairs(PAIRS, part))
    chosen = [*ours[:labelled:2], *ours[labelled::OTHERS]]
    Incident.objects.bulk_create(
        (
            Incident(
                reference=f"XB-{person}",
                bcu_id=officer.bcu_id,
                person_id=person,
                informant_unknown=True,
                circumstances="Seeded to be looked up.",
                reported_at=now,
                recorded_at=now,
                recorded_by=officer,
                boundary_48h_at=now + timedelta(hours=48),
            )
            for person in chosen
        ),
        batch_size=BATCH,
    )
