"""A share of a number of cases, with how far it can be trusted."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96  # standard deviations: 95 in 100


@dataclass(frozen=True)
class Share:
    """`part` of `whole` cases.

    value, low and high run from 0 to 1; they are None where there is no case at all.
    """

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.part / self.whole if self.whole else None

    @property
    def low(self) -> float | None:
        """The lower end of its 95 per cent interval."""
        return self._interval()[0] if self.whole else None

    @property
    def high(self) -> float | None:
        """The upper end of its 95 per cent interval."""
        return self._interval()[1] if self.whole else None

    def _interval(self) -> tuple[float, float]:
        """Wilson's score interval: it holds for few cases and for shares near 0 and 1."""
        n, p, z2 = self.whole, self.part / self.whole, _Z * _Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        # Rounded so that an end that is exactly 0 or 1 is not a hair beside it.
        return round(max(0.0, middle - half), 12), round(min(1.0, middle + half), 12)
