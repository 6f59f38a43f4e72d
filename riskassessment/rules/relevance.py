"""On whom something bears: everybody, children, the old, those with some markers or factors."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from mispers.rules import markers
from mispers.rules.ages import may_be_childs
from riskassessment.rules.dated_data import read
from riskassessment.rules.factors import factors

EVERYBODY = "Asked of everybody"


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """On whom a prompt or an example bears. any_of: codes of markers and factors."""

    always: bool = False
    child: bool = False
    with_markers: bool = False
    from_age: int | None = None
    any_of: tuple[str, ...] = ()

    @classmethod
    def all_in(cls, name: str, key: str) -> tuple[Self, ...]:
        """Every entry `key` of fixtures/risk/`name`.toml, in order."""
        return tuple(
            cls(**{**entry, "any_of": tuple(entry.get("any_of", ()))}) for entry in read(name, key)
        )

    def opened_by(
        self, *, marked: Collection[str], recorded: Collection[str], age: int | None
    ) -> list[str]:
        """Why it bears on somebody, in words, what is surest first; empty when it does not.

        marked: codes of the person's markers; recorded: of the factors of an assessment. An age
        that nobody knows may be a child's, so what bears on children bears on them.
        """
        found = [_word_for(code) for code in self.any_of if code in {*marked, *recorded}]
        if self.always:
            found.append(EVERYBODY)
        if self.with_markers and marked:
            found.append("There are markers")
        if self.child and may_be_childs(age):
            found.append("Age not known" if age is None else f"Aged {age}")
        if self.from_age is not None and age is not None and age >= self.from_age:
            found.append(f"Aged {age}")
        return list(dict.fromkeys(found))


def _word_for(code: str) -> str:
    if markers.is_listed(code):
        return markers.label_of(code)
    return next((factor.label for factor in factors() if factor.code == code), code)
