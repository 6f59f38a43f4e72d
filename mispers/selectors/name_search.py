"""The one search by name: look-up, intake, search, the open list and REST all ask here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from mispers.rules.naming import births, reasons
from mispers.rules.naming.alike import BEGINNING, BEGUN, ENDLESS
from mispers.rules.naming.births import Born
from mispers.rules.naming.comparing import compare
from mispers.rules.naming.parts import Name, Run, name_of
from mispers.rules.naming.short_forms import stand_for
from mispers.rules.naming.sounds import sounds_of
from mispers.rules.stages import Stage

# How many candidates are compared closely: the open ones first, then those with the most in common.
MOST_COMPARED = 200
_NAME_POINTS = 60
# Found by its index on sounds, or on spellings for the beginning of a word. One word in common is
# enough where either name has but one, or where the birth is near; otherwise it takes two.
_CANDIDATES = """
    WITH hit AS (
        SELECT part.person_id, part.weighty_words, wanted.mask,
            CASE WHEN part.folded = ANY (%(spelt)s) THEN wanted.mask ELSE 0 END AS written
        FROM unnest(%(sounds)s::text[], %(sound_masks)s::int[]) AS wanted (sound, mask)
        JOIN mispers_namepart part ON part.sound = wanted.sound
        UNION ALL
        SELECT part.person_id, part.weighty_words, wanted.mask, 0
        FROM unnest(%(begins)s::text[], %(ends)s::text[], %(begin_masks)s::int[])
            AS wanted (begins, ends, mask)
        JOIN mispers_namepart part
            ON part.folded ~>=~ wanted.begins AND part.folded ~<~ wanted.ends
        UNION ALL
        SELECT part.person_id, part.weighty_words, wanted.mask, 0
        FROM unnest(%(begun)s::text[], %(begun_masks)s::int[]) AS wanted (begun, mask)
        JOIN mispers_namepart part ON part.folded = wanted.begun
    ), candidate AS (
        SELECT person_id, max(weighty_words) AS weighty_words,
            bit_count(bit_or(mask)::bit(16)) AS words,
            bit_count(bit_or(written)::bit(16)) AS written
        FROM hit GROUP BY person_id
    ), missing AS (
        SELECT DISTINCT person_id FROM mispers_incident WHERE stage <> %(closed)s
    )
    SELECT person.id, person.given_name, person.family_name, person.date_of_birth,
        missing.person_id IS NOT NULL AS is_missing
    FROM candidate
    JOIN mispers_person person ON person.id = candidate.person_id
    LEFT JOIN missing ON missing.person_id = candidate.person_id
    CROSS JOIN LATERAL (
        SELECT coalesce(
            person.date_of_birth = ANY (%(days)s::date[])
            OR person.date_of_birth BETWEEN %(first_day)s::date AND %(last_day)s::date, false
        ) AS is_near
    ) birth
    WHERE (candidate.words >= least(2, %(asked_words)s, candidate.weighty_words) OR birth.is_near)
        AND (missing.person_id IS NOT NULL OR NOT %(only_missing)s)
    ORDER BY is_missing DESC, birth.is_near DESC, candidate.words DESC, candidate.written DESC,
        candidate.weighty_words, person.id DESC
    LIMIT %(most)s
"""


@dataclass(frozen=True)
class Hit:
    """A person whose name may be the one asked for.

    points: how likely, more than nothing. reasons: why, in words. is_missing: whether an incident
    of theirs is open.
    """

    person: int
    points: float
    reasons: list[str]
    is_missing: bool


def search_names(asked: Name, born: Born | None = None, *, only_missing: bool = False) -> list[Hit]:
    """Everybody who may be meant, the likeliest first, in one query; bounded."""
    born = born or Born()
    if not asked.words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {**_wanted(asked, born), "only_missing": only_missing})
        rows = cursor.fetchall()
    hits = [hit for row in rows if (hit := _hit(asked, born, *row))]
    return sorted(hits, key=lambda hit: (-hit.points, -hit.person))


def _hit(
    asked: Name, born: Born, person: int, given: str, family: str, birth: date, is_missing: bool
) -> Hit | None:
    known = name_of(given, family)
    likeness = compare(asked, known)
    points, why = births.worth(born, birth)
    if not (likeness.is_name or (likeness.pairs and points > 0)):
        return None
    words = [reasons.in_words(asked, known, likeness), why]
    return Hit(
        person=person,
        points=_NAME_POINTS * likeness.closeness + points,
        reasons=[each for each in words if each],
        is_missing=is_missing,
    )


def _wanted(asked: Name, born: Born) -> Mapping[str, Any]:
    spelt: set[str] = set()
    sounds: dict[str, int] = {}
    begins: dict[str, int] = {}
    begun: dict[str, int] = {}
    for run in asked.runs:
        mask = run.mask & asked.weighty
        if not mask:
            continue
        for spelling in _spellings(run):
            spelt.add(spelling)
            for sound in sounds_of(spelling):
                sounds[sound] = sounds.get(sound, 0) | mask
        if run.words == 1:
            word = run.spelt[0]
            begins |= {word: mask} if len(word) >= BEGINNING else {}
            begun |= {word[:letters]: mask for letters in range(BEGUN, len(word))}
    days, years = births.near(born)
    first, last = years or (None, None)
    return {
        "spelt": list(spelt),
        "sounds": list(sounds),
        "sound_masks": list(sounds.values()),
        "begins": list(begins),
        "ends": [beginning + ENDLESS for beginning in begins],
        "begin_masks": list(begins.values()),
        "begun": list(begun),
        "begun_masks": list(begun.values()),
        "asked_words": asked.weighty.bit_count(),
        "days": days,
        "first_day": first,
        "last_day": last,
        "closed": Stage.CLOSED,
        "most": MOST_COMPARED,
    }


def _spellings(run: Run) -> Iterator[str]:
    for spelling in run.spelt:
        yield spelling
        yield from stand_for(spelling)
