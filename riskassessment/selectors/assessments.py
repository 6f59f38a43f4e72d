"""Reads of risk assessments, always within what the reader may see."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DateTimeField,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from core.errors import NotVisible
from core.london import day_of
from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors import protocol
from mispers.selectors.incidents import incidents_visible_to
from officers.models import Officer, Training
from officers.selectors.training import trained_on
from officers.selectors.visibility import Reader
from riskassessment import events
from riskassessment.models import (
    GradeDefinition,
    PhraseFound,
    Pointed,
    RiskAssessment,
    RiskDraft,
)
from riskassessment.rules.grades import Grade


def current_grade(incident: Incident) -> str | None:
    """The grade of the latest assessment, or None when there is none."""
    return incident.risk_assessments.values_list("grade", flat=True).first()


def grades_at(incidents: Sequence[Incident], now: datetime) -> dict[int, str]:
    """{incident pk: grade} as it stood at `now`, in one query."""
    return dict(
        RiskAssessment.objects.filter(incident__in=incidents, made_at__lte=now)
        .order_by("incident_id", "-made_at", "-pk")
        .distinct("incident_id")
        .values_list("incident_id", "grade")
    )


GRADE = Provider("grade", grades_at, as_at=grades_at)


def latest_assessment(incident: Incident) -> RiskAssessment | None:
    """The assessment in force, with who made and who endorsed it."""
    return assessments_of(incident).first()


def latest_factors(incident: Incident) -> list[str]:
    """The factors of the assessment in force; none when there is no assessment."""
    return incident.risk_assessments.values_list("factors", flat=True).first() or []


def assessments_of(incident: Incident) -> QuerySet[RiskAssessment]:
    """Every assessment, newest first, with its grounds, in a fixed number of queries."""
    return with_details(RiskAssessment.objects.filter(incident=incident))


def with_details(assessments: QuerySet[RiskAssessment]) -> QuerySet[RiskAssessment]:
    """The assessments, newest first, with what a page or an answer shows of each.

    `words` are the phrases found in an assessment that nobody has kept with a reason.
    """
    found = (
        PhraseFound.objects.filter(
            incident=OuterRef("incident"), event__kind=events.ASSESSED.code, kept__isnull=True
        )
        .alias(of=KeyTextTransform("assessment", "event__data"))
        .filter(of=Cast(OuterRef("pk"), TextField()))
        .order_by("pk")
        .values(word=JSONObject(id="pk", field="field", phrase="written", prefer="prefer"))
    )
    pointed = Pointed.objects.select_related("of__incident__person", "of__made_by")
    return (
        assessments.select_related(
            "made_by",
            "definition",
            "endorsement__by",
            "incident__person",
            "regrades__made_by",
            "regraded_as__made_by",
        )
        .prefetch_related("information", "sources", "prompts", Prefetch("pointed", pointed))
        .annotate(words=ArraySubquery(found))
        .order_by("-made_at", "-pk")
    )


def get_assessment(reader: Reader, pk: int) -> RiskAssessment:
    """The assessment, or NotVisible: outside the reader's BCUs it is as if it did not exist."""
    found = with_details(
        RiskAssessment.objects.filter(pk=pk, incident__in=incidents_visible_to(reader))
    ).first()
    if found is None:
        raise NotVisible
    return found


def assessment_before(assessment: RiskAssessment) -> RiskAssessment | None:
    """The one that was in force when this one was made, with its grounds."""
    earlier = assessments_of(assessment.incident).filter(
        made_at__lte=assessment.made_at, pk__lt=assessment.pk
    )
    return earlier.first()


def waiting_for_endorsement(reader: Reader) -> QuerySet[RiskAssessment]:
    """The latest assessments of open incidents on which nobody has decided yet."""
    open_ids = incidents_visible_to(reader).filter(stage__in=OPEN_STAGES).values("pk")
    latest = (
        RiskAssessment.objects.filter(incident__in=open_ids)
        .order_by("incident_id", "-made_at", "-pk")
        .distinct("incident_id")
        .values("pk")
    )
    return RiskAssessment.objects.filter(pk__in=latest, endorsement__isnull=True).select_related(
        "incident__person", "made_by", "endorsement", "regraded_as"
    )


def count_to_endorse(officer: Officer, now: datetime) -> int:
    """How many assessments the officer could endorse or return."""
    return waiting_for_endorsement(officer).exclude(made_by=officer).count()


def by_deadline(assessments: QuerySet[RiskAssessment], now: datetime) -> QuerySet[RiskAssessment]:
    """The assessments with `due_at`, when an inspector is to have decided (RISK-3), soonest first.

    By the figures in force now; those overdue therefore come before all others.
    """
    figures = protocol.in_force(now)
    allowed = [
        When(grade=grade, then=F("made_at") + Value(figures.allow("endorse", grade)))
        for grade in Grade
    ]
    return assessments.annotate(
        due_at=Case(*allowed, output_field=DateTimeField()),
    ).order_by("due_at", "pk")


def queue_of(
    reader: Reader, now: datetime, *, waiting: bool | None = None, bcu: str = "", grade: str = ""
) -> QuerySet[RiskAssessment]:
    """The assessments of every record in sight, with `due_at`: those that wait by deadline.

    waiting: whether they wait for an inspector; None for all, the newest first.
    """
    undecided = waiting_for_endorsement(reader)
    if waiting:
        found = by_deadline(undecided, now)
    else:
        visible = incidents_visible_to(reader).values("pk")
        every = RiskAssessment.objects.filter(incident__in=visible).select_related(
            "incident__person", "made_by", "endorsement", "regraded_as"
        )
        found = by_deadline(every, now).order_by("-made_at", "-pk")
        if waiting is not None:
            found = found.exclude(pk__in=undecided.values("pk"))
    if bcu:
        found = found.filter(incident__bcu=bcu)
    if grade:
        found = found.filter(grade=grade)
    return found.prefetch_related("pointed")


def to_regrade(draft: RiskDraft | None, before: RiskAssessment | None) -> int | None:
    """The id of the assessment that a draft is to replace, while nobody has decided on it."""
    if draft is None or before is None or draft.regrades_id != before.pk:
        return None
    return before.pk if getattr(before, "endorsement", None) is None else None


def definitions_in_force(at: datetime) -> dict[Grade, list[GradeDefinition]]:
    """What each grade means at a moment: policy before guidance."""
    newest: dict[tuple[str, str], GradeDefinition] = {}
    for definition in GradeDefinition.objects.filter(in_force_from__lte=at).order_by(
        "in_force_from"
    ):
        newest[definition.grade, definition.standing] = definition
    order = [GradeDefinition.PolicyOrGuidance.POLICY, GradeDefinition.PolicyOrGuidance.GUIDANCE]
    return {
        grade: [newest[grade, each] for each in order if (grade, each) in newest] for grade in Grade
    }


def every_definition_day() -> list[datetime]:
    """Every moment from which a meaning holds."""
    return list(GradeDefinition.objects.order_by().values_list("in_force_from", flat=True))


def policy_in_force(grade: str, at: datetime) -> GradeDefinition:
    """The policy's meaning of one grade at a moment; before the first, the first."""
    policies = GradeDefinition.objects.filter(
        grade=grade, standing=GradeDefinition.PolicyOrGuidance.POLICY
    )
    found = policies.filter(in_force_from__lte=at).order_by("-in_force_from").first()
    return found or policies.earliest("in_force_from")


def is_trained(officer: Officer, now: datetime) -> bool:
    """Whether the officer's risk-assessment training counts on this day in London (RISK-2)."""
    return trained_on(officer, Training.Course.RISK_ASSESSMENT, day_of(now))


def draft_of(officer: Officer, incident: Incident) -> RiskDraft | None:
    """What the officer has typed into the grading page so far."""
    return RiskDraft.objects.filter(officer=officer, incident=incident).first()
