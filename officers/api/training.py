"""Officers' training over REST: who lapses when, recording a course, correcting one."""

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.api.fields import Id, Moment, Paragraphs
from core.api.serializers import Input, Output
from officers.api.fields import BcuCode, OfficerId
from officers.api.representations import OfficerBrief
from officers.models import Officer, Training
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.training import latest_visible_to
from officers.services.training import correct_training, record_training


class TrainingIn(Input):
    """That an officer passed a course; it counts until before lapses_on."""

    officer = OfficerId()
    course = serializers.ChoiceField(choices=Training.Course.choices)
    passed_on = serializers.DateField()
    lapses_on = serializers.DateField()


class TrainingCorrectionIn(Input):
    """What is right instead; counts=false only takes the row away, whatever the days say."""

    may_keep_phrases = False
    passed_on = serializers.DateField(required=False)
    lapses_on = serializers.DateField(required=False)
    counts = serializers.BooleanField(default=True)
    because = Paragraphs()


class TrainingOut(Output):
    """A course passed; corrects: the id of the row whose place it has taken."""

    id = Id()
    officer = OfficerBrief()
    bcu = serializers.CharField(source="officer.bcu_id", read_only=True)
    course = serializers.CharField()
    passed_on = serializers.DateField()
    lapses_on = serializers.DateField()
    counts = serializers.BooleanField()
    corrects = serializers.SerializerMethodField()
    because = serializers.CharField()
    recorded_by = OfficerBrief(allow_null=True)
    recorded_at = Moment(allow_null=True)

    def get_corrects(self, training: Training) -> str | None:
        """The id of the corrected row, if it is a correction."""
        return str(training.corrects_id) if training.corrects_id else None


class TrainingRows(Endpoint):
    """Officers' training: for each officer and course, the row that lasts longest."""

    resource = "training"

    @lists(
        TrainingOut,
        filters={
            "bcu": BcuCode(help_text="Of officers of this BCU."),
            "course": serializers.ChoiceField(
                choices=Training.Course.choices, help_text="In this course."
            ),
            "officer": OfficerId(help_text="Of this officer."),
            "lapses_before": serializers.DateField(help_text="Lapsing before this day."),
        },
    )
    def get(self, call: Call) -> QuerySet[Training]:
        """The first to lapse first."""
        if isinstance(call.by, Officer):
            check_may(call.by, Permission.SEE_TRAINING, call.now)
        return latest_visible_to(call.by, **call.query)

    @creates(TrainingIn, TrainingOut)
    def post(self, call: Call) -> Training:
        """Record that an officer passed a course; nobody records their own."""
        return record_training(by=call.officer, now=call.now, **call.data)


class CorrectTraining(Endpoint):
    """Put a further row in the place of one that is wrong; both stay on the record."""

    resource = "training"

    @commands(TrainingCorrectionIn, TrainingOut)
    def post(self, call: Call, pk: int) -> Training:
        return correct_training(training=pk, by=call.officer, now=call.now, **call.data)
