"""Examples of each grade by kind of person and by date: they show what the words mean."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from riskassessment.rules.dated_data import in_force, read
from riskassessment.rules.grades import ORDER, Grade
from riskassessment.rules.relevance import Relevance


@dataclass(frozen=True, kw_only=True)
class PersonKind(Relevance):
    """A kind of person, and on whom it bears."""

    code: str
    label: str


@dataclass(frozen=True)
class Example:
    """A life that a grade fits, from a day on. standing: policy (APP) or guidance (ours)."""

    kind: str
    grade: Grade
    text: str
    standing: str
    source: str
    in_force_from: datetime

    @property
    def label(self) -> str:
        """The kind of person, in words."""
        return next((each.label for each in person_kinds() if each.code == self.kind), self.kind)


@dataclass(frozen=True)
class ExamplesOfKind:
    """The examples of one kind of person, low first. because: why it bears on somebody."""

    kind: PersonKind
    examples: list[Example]
    because: list[str]


@cache
def person_kinds() -> tuple[PersonKind, ...]:
    """Every kind of person, in order."""
    return PersonKind.all_in("examples", "kind")


@cache
def _every_example() -> tuple[Example, ...]:
    return tuple(
        Example(**{**entry, "grade": Grade(entry["grade"])})
        for entry in read("examples", "example")
    )


def examples_in_force(at: datetime) -> list[Example]:
    """Those that hold at a moment, by kind of person, low first."""
    order = [kind.code for kind in person_kinds()]
    found = in_force(_every_example(), at, lambda each: (each.kind, each.grade))
    return sorted(found, key=lambda each: (order.index(each.kind), ORDER[each.grade]))


def days_of_change() -> set[datetime]:
    """Every moment from which an example holds."""
    return {each.in_force_from for each in _every_example()}


def examples_by_relevance(
    *, marked: Collection[str], recorded: Collection[str], age: int | None, at: datetime
) -> list[ExamplesOfKind]:
    """All kinds with their examples, those first that bear on somebody by markers and age."""
    held = examples_in_force(at)
    found = [
        ExamplesOfKind(
            kind,
            [each for each in held if each.kind == kind.code],
            [] if kind.always else kind.opened_by(marked=marked, recorded=recorded, age=age),
        )
        for kind in person_kinds()
    ]
    return sorted((each for each in found if each.examples), key=lambda each: not each.because)
