"""The three grades, and the scales behind them. There is no fourth."""

from django.db.models import TextChoices


class Grade(TextChoices):
    """Low, medium, high: nothing below low, whatever is not known."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Likelihood(TextChoices):
    """How likely harm is thought to be."""

    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"
    VERY_LIKELY = "very_likely", "Very likely"


class Severity(TextChoices):
    """How bad the harm would be."""

    MINIMAL = "minimal", "Minimal"
    MODERATE = "moderate", "Real, but not serious"
    SERIOUS = "serious", "Serious"


ORDER = {Grade.LOW: 1, Grade.MEDIUM: 2, Grade.HIGH: 3}
