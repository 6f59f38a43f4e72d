"""Where likelihood and severity meet: a matrix to look at, which grades nobody."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from riskassessment.rules.dated_data import in_force, read
from riskassessment.rules.grades import ORDER, Grade, Likelihood, Severity


@dataclass(frozen=True)
class MatrixCell:
    """What a pair of answers usually stands for, from a day on. standing: policy or guidance."""

    likelihood: Likelihood
    severity: Severity
    grade: Grade
    standing: str
    in_force_from: datetime


@dataclass(frozen=True)
class MatrixRow:
    """One severity of the matrix, with a cell for each likelihood, the least likely first."""

    severity: Severity
    cells: list[MatrixCell]


@dataclass(frozen=True)
class RiskMatrix:
    """The matrix with what was answered in it. at: where the answers meet, if both are given.

    grade: what the officer chose, if anything.
    """

    rows: list[MatrixRow]
    at: MatrixCell | None
    grade: Grade | None

    @property
    def is_laid_down(self) -> bool:
        """Whether there was a matrix on that day at all."""
        return any(row.cells for row in self.rows)

    @property
    def is_lower(self) -> bool:
        """Whether the grade chosen is below where the answers meet."""
        if self.at is None or self.grade is None:
            return False
        return ORDER[self.grade] < ORDER[self.at.grade]


@cache
def _every_cell() -> tuple[MatrixCell, ...]:
    return tuple(
        MatrixCell(
            likelihood=Likelihood(entry["likelihood"]),
            severity=Severity(entry["severity"]),
            grade=Grade(entry["grade"]),
            standing=entry["standing"],
            in_force_from=entry["in_force_from"],
        )
        for entry in read("matrix", "cell")
    )


def matrix_of(likelihood: str, severity: str, grade: str, at: datetime) -> RiskMatrix:
    """The matrix of a day, the worst on top; what is not among the choices counts as no answer."""
    held = in_force(_every_cell(), at, lambda each: (each.severity, each.likelihood))
    cells = {(cell.severity, cell.likelihood): cell for cell in held}
    return RiskMatrix(
        rows=[
            MatrixRow(
                worse, [cells[worse, likely] for likely in Likelihood if (worse, likely) in cells]
            )
            for worse in reversed(Severity)
        ],
        at=next(
            (cell for cell in held if (cell.likelihood, cell.severity) == (likelihood, severity)),
            None,
        ),
        grade=Grade(grade) if grade in Grade.values else None,
    )
