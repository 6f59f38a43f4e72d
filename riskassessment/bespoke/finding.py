"""Looking for what a rationale repeats among the BCU's earlier ones, and for what it lacks."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from core.london import day_of
from mispers.models import Incident
from mispers.rules import markers
from riskassessment.bespoke.likeness import Likeness, likeness, prints_of
from riskassessment.bespoke.stock import stock_figures, stock_phrases
from riskassessment.bespoke.wording import NAME, THEY, Wording, folded_words, listed_words, signs_of
from riskassessment.models import Pointed, RationalePrint, RiskAssessment

Kind = Pointed.Kind
# The work is bounded whatever was typed and however often a phrase was used: so many prints are
# asked for, so many of the newest rationales of each are met, and so many of those are read.
MOST_PRINTS, MOST_OF_EACH, MOST_READ = 64, 100, 20
# What must be reworded or kept with a reason; the other kinds are only told.
ASKS_WHY = frozenset({Kind.COPY, Kind.PASSAGE, Kind.STOCK})
_BCU_BITS, _SHINGLE_BITS = 0x7FFFFFFF, 32
# Words of the person's record that could be anybody's.
_SHORTEST_TELLING = 5
_CANDIDATES = """
    SELECT met.assessment_id
    FROM unnest(%s::bigint[]) AS asked (print)
    CROSS JOIN LATERAL (
        SELECT p.assessment_id
        FROM riskassessment_rationaleprint p
        WHERE p.print = asked.print AND p.made_on >= %s
        ORDER BY p.made_on DESC, p.assessment_id DESC
        LIMIT %s
    ) AS met
    WHERE met.assessment_id <> %s
    GROUP BY met.assessment_id
    ORDER BY count(*) DESC, met.assessment_id DESC
    LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """Something to point out, as `Pointed` keeps it."""

    kind: Pointed.Kind
    of: RiskAssessment | None = None
    passage: str = ""
    percent: int = 0
    ask: str = ""

    @property
    def asks_why(self) -> bool:
        """Whether it is to be reworded or kept with a reason."""
        return self.kind in ASKS_WHY


def wording_of(incident: Incident, rationale: str) -> Wording:
    """The rationale with the names of its record, so that another name makes no other text."""
    person = incident.person
    names = folded_words(person.given_name, person.family_name, incident.informant_name)
    return Wording(rationale, names)


def find(
    incident: Incident,
    rationale: str,
    now: datetime,
    *,
    told: Sequence[str] = (),
    without: int | None = None,
) -> list[Found]:
    """What to point out in a rationale for this incident: first what it repeats, then the rest.

    told: what else was recorded with it, such as information, in which the person may be met.
    without: an assessment whose words it may repeat, since it takes its place.
    """
    wording = wording_of(incident, rationale)
    if not wording.words:
        return []
    return [
        *_repeated(incident, wording, day_of(now), without),
        *_stock(rationale),
        *_lacking(incident, wording, told),
    ]


def prints(incident: Incident, wording: Wording) -> set[int]:
    """The prints of a rationale in its BCU."""
    bcu = (zlib.crc32(incident.bcu_id.encode()) & _BCU_BITS) << _SHINGLE_BITS
    return {bcu | shingle for shingle in prints_of(wording.shingles)}


def keep_prints(assessment: RiskAssessment) -> None:
    """Let later rationales be compared with this one."""
    RationalePrint.objects.bulk_create(rows_of(assessment))


def rows_of(assessment: RiskAssessment) -> list[RationalePrint]:
    """The prints of an assessment as rows, in their order in the index."""
    wording = wording_of(assessment.incident, assessment.rationale)
    day = day_of(assessment.made_at)
    return [
        RationalePrint(print=each, made_on=day, assessment_id=assessment.pk)
        for each in sorted(prints(assessment.incident, wording))
    ]


def _repeated(
    incident: Incident, wording: Wording, today: date, without: int | None
) -> Iterator[Found]:
    limits = stock_figures()
    # The smallest prints of a very long text: a sample that two copies have in common.
    asked = sorted(prints(incident, wording))[:MOST_PRINTS]
    since = today - limits.window
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [asked, since, MOST_OF_EACH, without or 0, MOST_READ])
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids:
        return
    earlier = RiskAssessment.objects.select_related("incident__person", "made_by").in_bulk(ids)
    compared = [
        (likeness(wording, wording_of(each.incident, each.rationale)), each)
        for each in earlier.values()
    ]
    compared.sort(key=lambda pair: (-pair[0].share, -pair[0].words, -pair[1].pk))
    alike = [(found, each) for found, each in compared if _counts(found)]
    for found, each in alike[: limits.most]:
        kind = Kind.COPY if found.share >= limits.copy else Kind.PASSAGE
        # Rounded down: a hundred means every word.
        yield Found(kind, each, found.passage, int(found.share * 100))


def _counts(found: Likeness) -> bool:
    limits = stock_figures()
    return found.words >= limits.passage_words or (
        found.share >= limits.share and found.words * 2 >= limits.passage_words
    )


def _stock(rationale: str) -> Iterator[Found]:
    for stock in stock_phrases():
        if match := stock.pattern.search(rationale):
            yield Found(Kind.STOCK, passage=match[0], ask=stock.ask)


def _lacking(incident: Incident, wording: Wording, told: Sequence[str]) -> Iterator[Found]:
    if len(wording.words) < stock_figures().short:
        ask = "Say what could happen to them, why it is as likely as that, and what would change it"
        yield Found(Kind.SHORT, ask=f"{ask}.")
    # “She has never stayed out” may be anybody, yet it is said of somebody.
    speaks_of_somebody = any(word.sign in {THEY, NAME} for word in wording.words)
    if not (speaks_of_somebody or signs_of([wording.text]) & _telling(incident, told)):
        yield Found(Kind.NOBODY, ask="Say what about this person makes it this grade.")


def _telling(incident: Incident, told: Sequence[str]) -> set[str]:
    """Words by which a reader would know whose record it is: names, age, and what was told."""
    person = incident.person
    age = incident.age_at_report
    labels = [markers.label_of(code) for code in person.markers if markers.is_listed(code)]
    texts = [incident.circumstances, incident.last_seen_place, person.looked_after_by]
    spoken = signs_of([*texts, *labels, *told, incident.informant_relationship])
    telling = {
        word for word in spoken - listed_words("of_anybody") if len(word) >= _SHORTEST_TELLING
    }
    if age is not None:
        telling.add(str(age))
    return telling | folded_words(person.given_name, person.family_name, incident.informant_name)
