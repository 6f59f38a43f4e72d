"""The forms of the investigation: each is one entry on a page of its own."""

from typing import Any

from django import forms

from core.forms import (
    HouseForm,
    LongTextField,
    MomentField,
    RadioField,
    SelectField,
    TextField,
    YesNoField,
)
from core.forms.text import HouseField
from mispers.models import Hypothesis, LogEntry, Notification, Search, Sighting

_NOT_INSIDE = "Recorded as exactly this. It is not a search of the inside."


class DegreesField(HouseField, forms.FloatField):
    """Degrees of latitude or longitude, as a decimal."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "inputmode": "text",
                    "autocomplete": "off",
                    "class": "govuk-input--width-10",
                }
            ),
        )
        super().__init__(**kwargs)
        self.error_messages["invalid"] = f"{self.label} must be in decimal degrees, such as 51.53"


class StrategyForm(HouseForm):
    """The strategy for finding this person."""

    text = LongTextField(
        label="The strategy",
        hint="For this person: what matters most, what will be done first, and why.",
        rows=12,
    )


class HypothesisForm(HouseForm):
    """What may have happened."""

    statement = LongTextField(
        label="What may have happened", hint="One possibility, in a sentence or two.", rows=3
    )
    would_confirm = LongTextField(label="What would confirm it", rows=3)
    would_refute = LongTextField(label="What would refute it", rows=3)


class ConclusionForm(HouseForm):
    """What the evidence says of a hypothesis."""

    status = RadioField(
        label="What does the evidence say?",
        choices=[(s.value, s.label) for s in Hypothesis.Status if s is not Hypothesis.Status.OPEN],
        hints={
            "supported": "It happened, or most probably did, as the evidence shows.",
            "refuted": "It did not happen, as the evidence shows.",
        },
    )
    evidence = LongTextField(label="The evidence", hint="What was checked, and what it showed.")
    supplier = TextField(label="Who supplied the evidence")


class SearchForm(HouseForm):
    """What was done at a place; the extent is asked first and in plain words."""

    extent = RadioField(
        label="What was done?",
        label_size="m",
        choices=[
            (Search.Extent.KNOCK.value, "Knocked, nobody went in"),
            (Search.Extent.EXTERIOR.value, "Looked at from outside, nobody went in"),
            (Search.Extent.PART_INSIDE.value, "Went in and searched part of it"),
            (Search.Extent.INSIDE.value, "Went in and searched all of the inside"),
        ],
        hints={
            "knock": _NOT_INSIDE,
            "exterior": f"Through a window or round the back. {_NOT_INSIDE}",
            "part_inside": "Recorded as exactly this: the rest is still to be searched.",
            "inside": "Every room, the loft, cupboards, under beds, the garden and outbuildings.",
        },
    )
    kind = RadioField(
        label="Which place is it?",
        choices=[
            (Search.Kind.HOME.value, "Their home"),
            (Search.Kind.MISSING_FROM.value, "The place they are missing from"),
            (Search.Kind.OTHER.value, "Another place"),
        ],
    )
    place = TextField(label="Address or place", max_length=300)
    covered = LongTextField(label="What was searched", rows=3)
    not_covered = LongTextField(
        label="What was not searched",
        hint=(
            "Rooms, loft, cupboards, garden, sheds, garages, vehicles. "
            "If nothing was left out, write “nothing”."
        ),
        rows=3,
    )
    searched_by = TextField(label="Who searched", hint="Rank and name.")
    searched_at = MomentField(label="When")
    result = LongTextField(label="What came of it", rows=3)


class SearchAdviserForm(HouseForm):
    """Whether a specialist search adviser is involved, and why."""

    involved = YesNoField(label="Is a specialist search adviser involved?")
    adviser = TextField(
        label="Who the adviser is", hint="Rank and name, or the unit.", required=False
    )
    reason = LongTextField(
        label="Why, or why not",
        hint="A coroner will read this: what the adviser is asked, or why none is needed now.",
    )


class SightingForm(HouseForm):
    """Somebody says they saw the person."""

    at = MomentField(label="When they were seen")
    place = TextField(label="Where", max_length=300)
    reported_by = TextField(
        label="Who reported it", hint="Name and how to reach them, or rank and name."
    )
    credibility = RadioField(
        label="How credible is it?",
        choices=Sighting.Credibility.choices,
        initial=Sighting.Credibility.NOT_ASSESSED,
    )
    text = LongTextField(label="What they said", required=False)
    lat = DegreesField(label="Latitude", hint="For example, 51.53", required=False)
    lon = DegreesField(label="Longitude", hint="For example, -0.12", required=False)


class LogForm(HouseForm):
    """Information or a note."""

    text = LongTextField(label="What is to be logged", rows=8)
    source = TextField(
        label="Where it came from",
        hint="Who said it, when it is not your own knowledge.",
        required=False,
    )
    source_kind = SelectField(
        label="What kind of source",
        hint="Information from a professional, such as a doctor, a social worker or a teacher, "
        "makes a review of the risk due at once: name them.",
        choices=[("", "Not said"), *LogEntry.SourceKind.choices],
        required=False,
    )
    contact = TextField(label="How to reach them", required=False)
    obtained_at = MomentField(
        label="When they said so", hint="If it was not just now. For example, today 0214",
        required=False,
    )  # fmt: skip


class FamilyContactForm(HouseForm):
    """A contact with the family."""

    contact_with = TextField(
        label="Who was spoken to", hint="Name, and who they are to the person."
    )
    made_by = TextField(label="Who made the contact", hint="Rank and name.")
    at = MomentField(label="When")
    text = LongTextField(label="What was said, and what they asked")
    next_due_at = MomentField(
        label="When the next contact is due",
        hint="As agreed with them. For example, tomorrow 10:00",
        required=False,
    )


class NotificationForm(HouseForm):
    """That another body was told."""

    to = SelectField(label="Who was told", choices=Notification.To.choices)
    at = MomentField(label="When")
    notification_reference = TextField(
        label="Their reference", max_length=120, width="20", required=False
    )
