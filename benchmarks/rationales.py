"""Many invented assessments, among whose reasons a rationale is looked for."""

import io
import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from benchmarks.data import DAYS_BACK, HOME, SEED, Say, analyse
from core.london import day_of
from mispers.models import Incident
from riskassessment.bespoke.finding import prints
from riskassessment.bespoke.wording import Wording
from riskassessment.models import GradeDefinition, RiskAssessment

AT_ONCE = 20_000
# Of so many different words reasons are made; some use a sentence that many others use.
VOCABULARY, SENTENCES, WORDS = 4_000, 4, 14
COMMON, WITH_COMMON = 40, 0.3
_SYLLABLES = ("ba", "cor", "den", "el", "fan", "gor", "hin", "is", "kel", "lum", "mor", "ny", "os",
              "per", "ram", "sol", "tev", "ul", "ver", "wen")  # fmt: skip
_COLUMNS = (
    "id", "incident_id", "grade", "likelihood", "severity", "rationale", "factors", "usually",
    "differs_because", "changes", "repeats_because", "unanswered", "definition_id", "made_by_id",
    "made_at", "assessor_trained", "review_due_at",
)  # fmt: skip


class Reasons:
    """A seeded source of reasons, about sixty words each."""

    def __init__(self, seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        self.words = [
            "".join(self.chance.choices(_SYLLABLES, k=self.chance.choice((2, 2, 3, 3, 4))))
            for _ in range(VOCABULARY)
        ]
        self.common = [self._sentence() for _ in range(COMMON)]

    def __call__(self) -> str:
        """The next one."""
        sentences = [self._sentence() for _ in range(SENTENCES)]
        if self.chance.random() < WITH_COMMON:
            sentences[self.chance.randrange(SENTENCES)] = self.chance.choice(self.common)
        return " ".join(sentences)

    def _sentence(self) -> str:
        return f"{' '.join(self.chance.choices(self.words, k=WORDS)).capitalize()}."


def grow(assessments: int, *, now: datetime, say: Say) -> None:
    """Have so many more assessments, spread over every incident and the last ninety days."""
    if not assessments:
        return
    began = time.perf_counter()
    incidents = list(Incident.objects.only("bcu_id", "recorded_by_id").order_by("pk"))
    (definition,) = GradeDefinition.objects.filter(grade="medium").order_by("pk")[:1]
    first = RiskAssessment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    reasons, step = Reasons(), timedelta(days=DAYS_BACK) / assessments
    for start in range(0, assessments, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, assessments))
        made = [
            (
                first + 1 + number,
                incidents[number % len(incidents)],
                now - step * (assessments - number),
                reasons(),
            )
            for number in numbers
        ]
        _copy(made, definition.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('riskassessment_riskassessment', 'id'), %s)",
            [first + assessments],
        )
    analyse()
    say(f"{assessments:,} assessments added in {time.perf_counter() - began:.1f} s.")


def to_look_for() -> Iterator[str]:
    """Reasons as they are typed: a copy with one sentence more, then one not written before."""
    there = RiskAssessment.objects.filter(incident__bcu=HOME).order_by("-made_at", "-pk")
    copies = list(there.values_list("rationale", flat=True)[:5_000:50])
    new = Reasons(SEED + 1)
    while True:
        for copied in copies:
            yield f"{new().split('. ')[0]}. {copied}"
            yield new()


Made = tuple[int, Incident, datetime, str]


@transaction.atomic
def _copy(made: list[Made], definition: int) -> None:
    """As a replica, which checks no keys and fires no triggers: these rows are right by making."""
    rows, marks = io.StringIO(), io.StringIO()
    for pk, incident, at, rationale in made:
        cells = (
            pk, incident.pk, "medium", "likely", "moderate", rationale, "[]", "[]", "", "", "",
            "[]", definition, incident.recorded_by_id, at, True, at + timedelta(hours=12),
        )  # fmt: skip
        rows.write("\t".join(map(str, cells)) + "\n")
        day = day_of(at)
        for each in prints(incident, Wording(rationale)):
            marks.write(f"{each}\t{day}\t{pk}\n")
    rows.seek(0)
    marks.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        names = ", ".join(_COLUMNS)
        cursor.copy_expert(f"COPY riskassessment_riskassessment ({names}) FROM STDIN", rows)
        columns = "print, made_on, assessment_id"
        cursor.copy_expert(f"COPY riskassessment_rationaleprint ({columns}) FROM STDIN", marks)
