"""What a report may say by a code, for forms, tables and checks alike."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """The sex of the person, as whoever reports them says."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class MissingFrom(TextChoices):
    """From what kind of place the person is missing."""

    HOME = "home", "Home"
    CARE = "care", "Care or foster home"
    HOSPITAL = "hospital", "Hospital"
    SCHOOL = "school", "School or college"
    WORK = "work", "Work"
    OTHER = "other", "Somewhere else"
