"""Where likelihood and severity meet: a picture to look at, which grades nobody."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from riskassessment.rules.dated_data import in_force, read
from riskassessment.rules.grades import ORDER, Grade, Likelihood, Severity


@dataclass(frozen=True)
class Cell:
    """What a pair of answers usually stands for, from a day on. standing: policy or guidance."""

    likelihood: Likelihood
    severity: Severity
    grade: Grade
    standing: str
    in_force_from: datetime


@dataclass(frozen=True)
class Row:
    """One severity of the picture, with a cell for each likelihood, the least likely first."""

    severity: Severity
    cells: list[Cell]


@dataclass(frozen=True)
class Picture:
    """The picture with what was answered in it. at: where the answers meet, if both are given.

    grade: what the officer chose, if anything.
    """

    rows: list[Row]
    at: Cell | None
    grade: Grade | None

    @property
    def is_laid_down(self) -> bool:
        """Whether there was a picture on that day at all."""
        return any(row.cells for row in self.rows)

    @property
    def is_lower(self) -> bool:
        """Whether the grade chosen is below where the answers meet."""
        if self.at is None or self.grade is None:
            return False
        return ORDER[self.grade] < ORDER[self.at.grade]


@cache
def _every_cell() -> tuple[Cell, ...]:
    return tuple(
        Cell(
            likelihood=Likelihood(entry["likelihood"]),
            severity=Severity(entry["severity"]),
            grade=Grade(entry["grade"]),
            standing=entry["standing"],
            in_force_from=entry["in_force_from"],
        )
        for entry in read("picture", "cell")
    )


def picture_of(likelihood: str, severity: str, grade: str, at: datetime) -> Picture:
    """The picture of a day, the worst on top; what is not among the choices counts as no answer."""
    held = in_force(_every_cell(), at, lambda each: (each.severity, each.likelihood))
    cells = {(cell.severity, cell.likelihood): cell for cell in held}
    return Picture(
        rows=[
            Row(worse, [cells[worse, likely] for likely in Likelihood if (worse, likely) in cells])
            for worse in reversed(Severity)
        ],
        at=next(
            (cell for cell in held if (cell.likelihood, cell.severity) == (likelihood, severity)),
            None,
        ),
        grade=Grade(grade) if grade in Grade.values else None,
    )
