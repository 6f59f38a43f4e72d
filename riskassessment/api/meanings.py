"""What the grades mean over REST: definitions, examples and the matrix, as they held on a day."""

from collections.abc import Sequence

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import Moment
from core.api.serializers import Output
from riskassessment.models import GradeDefinition
from riskassessment.presenters.risk_matrix import MatrixCell, matrix_of
from riskassessment.rules.examples import Example, examples_in_force
from riskassessment.rules.grades import Grade, Likelihood, Severity
from riskassessment.rules.prompts import STANDINGS
from riskassessment.selectors.assessments import definitions_in_force

_AT = "The moment at which they held; now, where it is left out."


class MeaningOut(Output):
    """What a grade means from a moment on."""

    grade = serializers.ChoiceField(Grade.choices)
    standing = serializers.ChoiceField(list(STANDINGS.items()))
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    in_force_from = Moment()


class ExampleOut(MeaningOut):
    """A life that a grade fits. kind: of person, by code; label: in words."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the contract's name


class CellOut(Output):
    """What a pair of answers on harm usually stands for."""

    likelihood = serializers.ChoiceField(Likelihood.choices)
    severity = serializers.ChoiceField(Severity.choices)
    grade = serializers.ChoiceField(Grade.choices)
    standing = serializers.ChoiceField(list(STANDINGS.items()))
    in_force_from = Moment()


class GradeMeanings(Endpoint):
    """What each grade means, policy and guidance apart."""

    resource = "risk-assessments"

    @lists(MeaningOut, filters={"at": Moment(help_text=_AT)})
    def get(self, call: Call) -> Sequence[GradeDefinition]:
        """Low first, policy before guidance."""
        in_force = definitions_in_force(call.query.get("at", call.now))
        return [meaning for meanings in in_force.values() for meaning in meanings]


class GradeExamples(Endpoint):
    """Examples of each grade by kind of person; they grade nobody."""

    resource = "risk-assessments"

    @lists(ExampleOut, filters={"at": Moment(help_text=_AT)})
    def get(self, call: Call) -> Sequence[Example]:
        """By kind of person, low first."""
        return examples_in_force(call.query.get("at", call.now))


class GradePicture(Endpoint):
    """The grade that each pair of likelihood and severity usually stands for; it grades nobody."""

    resource = "risk-assessments"

    @lists(CellOut, filters={"at": Moment(help_text=_AT)})
    def get(self, call: Call) -> Sequence[MatrixCell]:
        """The worst severity first, the least likely first."""
        matrix = matrix_of("", "", "", call.query.get("at", call.now))
        return [cell for row in matrix.rows for cell in row.cells]
