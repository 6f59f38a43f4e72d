"""The form of a disclosure pack: for whom, why, and which words are taken out."""

from core.forms import HouseForm, LongTextField, RepeatedForms, TextField


class DisclosureForm(HouseForm):
    """Who receives the pack, and what for."""

    purpose = LongTextField(
        label="Purpose",
        hint="Such as: ordered by the coroner for the inquest. It stands in the pack and the log.",
        max_length=300,
    )
    recipient = TextField(label="Who receives it")


class RedactionForm(HouseForm):
    """Words that are taken out wherever they stand."""

    text = TextField(
        label="Words to take out",
        hint="In capitals or not. Take out first name and surname each by itself as well.",
    )
    reason = TextField(label="Why", hint="It stands in their place, so must not repeat them.")


RedactionRows = RepeatedForms.of(RedactionForm, noun="redaction", most=50)
