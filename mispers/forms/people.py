"""Looking somebody up, and saying that one has met them."""

from core.forms import DayField, FilterForm, HouseForm, LongTextField, MomentField, TextField


class LookUpForm(FilterForm):
    """Whom an officer looks for, anywhere in the force."""

    name = TextField(label="Name", hint="As they say it; the spelling need not be right.")
    date_of_birth = DayField(label="Date of birth", required=False)
    reason = TextField(
        label="Why you ask", hint="A few words. Kept with the log of who looked.", required=False
    )


class MeetingForm(HouseForm):
    """Where and when an officer met somebody who is missing."""

    at = MomentField(label="When you met them")
    place = TextField(label="Where", max_length=300)
    text = LongTextField(
        label="How they were, and what they said", required=False, rows=4,
        hint="Who was with them, where they were going, whether they are safe.",
    )  # fmt: skip
