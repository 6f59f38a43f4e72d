"""Looking somebody up, and saying that one has met them."""

from core import checks
from core.forms import (
    DayField,
    FilterForm,
    HouseForm,
    LongTextField,
    MomentField,
    NumberField,
    TextField,
)
from mispers.selectors.same_person import Wanted


class LookUpForm(FilterForm):
    """Whom an officer looks for, anywhere in the force."""

    name = TextField(
        label="Name", max_length=160,
        hint="Any part of it, as they say it and in any order; the spelling need not be right.",
    )  # fmt: skip
    date_of_birth = DayField(label="Date of birth", required=False)
    year_of_birth = NumberField(
        label="Year of birth", hint="If you know only that, such as 2009.", required=False,
        least=checks.EARLIEST.year, most=2199,
    )  # fmt: skip
    reason = TextField(
        label="Why you ask", hint="A few words. Kept with the log of who looked.", required=False
    )

    @property
    def asked(self) -> Wanted:
        """Whom the form, once valid, asks for."""
        given = self.cleaned_data
        return Wanted(
            given["name"],
            date_of_birth=given["date_of_birth"],
            year_of_birth=given["year_of_birth"],
        )


class MeetingForm(HouseForm):
    """Where and when an officer met somebody who is missing."""

    at = MomentField(label="When you met them")
    place = TextField(label="Where", max_length=300)
    text = LongTextField(
        label="How they were, and what they said", required=False, rows=4,
        hint="Who was with them, where they were going, whether they are safe.",
    )  # fmt: skip
