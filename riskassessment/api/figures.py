"""The figures of grading over REST: as numbers, with the interval of every share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, shows
from core.api.fields import Moment
from core.api.serializers import Output
from officers.api.fields import BcuCode
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from riskassessment.figures.cohort import Cohort, Of
from riskassessment.figures.whole import RiskFigures, risk_figures
from riskassessment.models import SourceLookedAt
from riskassessment.rules.grades import Grade


class ShareOut(Output):
    """A share of cases from 0 to 1, and its 95 per cent interval; null where there is no case."""

    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class RecordsOut(Output):
    """How many reports, by the age on the day of the report."""

    child = serializers.IntegerField()
    adult = serializers.IntegerField()
    unknown = serializers.IntegerField()


class GradeGivenOut(Output):
    """Assessments that gave a grade."""

    of = serializers.ChoiceField(Of.choices)
    grade = serializers.ChoiceField(Grade.choices)
    number = serializers.IntegerField()
    share = ShareOut()


class GradeChangedOut(Output):
    """How often a grade followed another; the same twice is graded again."""

    before = serializers.ChoiceField(Grade.choices)
    after = serializers.ChoiceField(Grade.choices)
    number = serializers.IntegerField()


class GradeDecidedOut(Output):
    """What inspectors said to assessments of a grade."""

    grade = serializers.ChoiceField(Grade.choices)
    given = serializers.IntegerField()
    endorsed = serializers.IntegerField()
    returned = serializers.IntegerField()
    waiting = serializers.IntegerField()
    replaced = serializers.IntegerField()
    share_returned = ShareOut()


class TookOut(Output):
    """How long it took, in minutes; grade is null for all of them together."""

    grade = serializers.ChoiceField(Grade.choices, allow_null=True)
    done = serializers.IntegerField()
    median_minutes = serializers.SerializerMethodField()
    nine_in_ten_minutes = serializers.SerializerMethodField()
    within = ShareOut()

    def get_median_minutes(self, took: Any) -> float | None:
        """Half took at most this."""
        return None if took.median is None else took.median.total_seconds() / 60

    def get_nine_in_ten_minutes(self, took: Any) -> float | None:
        """Nine in ten took at most this."""
        return None if took.nine_in_ten is None else took.nine_in_ten.total_seconds() / 60


class HarmOut(Output):
    """Closed records whose person was found, by the last grade before; null if never graded."""

    of = serializers.ChoiceField(Of.choices)
    grade = serializers.ChoiceField(Grade.choices, allow_null=True)
    unharmed = serializers.IntegerField()
    harmed = serializers.IntegerField()
    deceased = serializers.IntegerField()
    share_harmed = ShareOut()


class SourceRateOut(Output):
    """One source over all assessments."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # the contract's name
        SourceLookedAt.Source.choices
    )
    looked_at = serializers.IntegerField()
    not_looked_at = serializers.IntegerField()
    nothing_said = serializers.IntegerField()
    share_unknown = ShareOut()


class WordRateOut(Output):
    """Phrases in records; share is of records in which any was found."""

    of = serializers.ChoiceField(Of.choices)
    records = serializers.IntegerField()
    found = serializers.IntegerField()
    kept = serializers.IntegerField()
    per_100 = serializers.FloatField(allow_null=True)
    share = ShareOut()


class PhraseRateOut(Output):
    """One phrase of the list."""

    phrase = serializers.CharField()
    found_of_children = serializers.IntegerField()
    found_of_others = serializers.IntegerField()


class RiskFiguresOut(Output):
    """The figures of the reports recorded in a period, and of all that came of them."""

    bcu = serializers.CharField(source="cohort.bcu", help_text="Empty for all that are seen.")
    period_from = Moment(source="cohort.start", allow_null=True)
    period_to = Moment(source="cohort.end", allow_null=True)
    records = serializers.SerializerMethodField()
    grades = GradeGivenOut(many=True, source="grades.given")
    changes = GradeChangedOut(many=True, source="grades.changed")
    decisions = GradeDecidedOut(many=True, source="grades.decided")
    time_to_grade = TookOut(many=True)
    time_to_endorse = TookOut(many=True)
    harm = HarmOut(many=True)
    harmed_not_high = ShareOut()
    sources = SourceRateOut(many=True)
    words = WordRateOut(many=True)
    phrases = PhraseRateOut(many=True)

    @extend_schema_field(RecordsOut)
    def get_records(self, figures: RiskFigures) -> dict[str, int]:
        """How many reports there are."""
        return {of.value: number for of, number in figures.records.items()}


class RiskFiguresEndpoint(Endpoint):
    """Figures of grading: they count records, never officers."""

    resource = "risk-assessments"

    @shows(
        RiskFiguresOut,
        filters={
            "bcu": BcuCode(help_text="Of this BCU."),
            "from": Moment(help_text="Of reports recorded from then."),
            "to": Moment(help_text="Of reports recorded before then."),
        },
    )
    def get(self, call: Call) -> RiskFigures:
        """Of one BCU, or of all that the caller sees."""
        if isinstance(call.by, Officer):
            check_may(call.by, Permission.SEE_RISK_FIGURES, call.now)
        asked = call.query
        cohort = Cohort(call.by, asked.get("bcu", ""), asked.get("from"), asked.get("to"))
        return risk_figures(cohort, call.now)
