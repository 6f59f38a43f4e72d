"""The list of phrases over REST, and looking for them in words that are still being written."""

from collections.abc import Sequence

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, lists
from core.api.fields import Line, Paragraphs
from core.api.serializers import Input, Output
from mispers.selectors.incidents import get_incident
from riskassessment.language.matcher import Hit, find_all
from riskassessment.language.phrases import Phrase, phrases


class PhraseOfListOut(Output):
    """A phrase to avoid and a better wording. child_only: asked about where it may be a child."""

    phrase = serializers.CharField()
    prefer = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    child_only = serializers.BooleanField()


class WordsToCheckIn(Input):
    """Paragraphs that are being written, and about whose record, where there is one."""

    may_keep_phrases = False
    text = Paragraphs()
    incident = Line(required=False, max_length=16, help_text="The incident's reference.")


class PlaceFoundOut(Output):
    """One place at which a phrase stands. at: where it begins, in characters.

    instead: what can be put in its place; empty to take it out, null where nothing is offered.
    """

    phrase = serializers.CharField(source="written")
    at = serializers.IntegerField()
    prefer = serializers.CharField()
    instead = serializers.CharField(allow_null=True)


class WordsCheckedOut(Output):
    """Every place in the order of the text."""

    words = PlaceFoundOut(many=True)


class PhrasesOfList(Endpoint):
    """The phrases that are looked for (LANG-1)."""

    resource = "risk-assessments"

    @lists(PhraseOfListOut)
    def get(self, call: Call) -> Sequence[Phrase]:
        """In the order of the list."""
        return phrases()


class WordsAsTyped(Endpoint):
    """Paragraphs that are still being written: nothing of them is stored."""

    resource = "risk-assessments"

    @commands(WordsToCheckIn, WordsCheckedOut, officer=False)
    def post(self, call: Call) -> dict[str, list[Hit]]:
        """Look for phrases; without an incident, for those of a child too."""
        reference = call.data.get("incident")
        is_child = get_incident(call.by, reference).may_be_child if reference else True
        return {"words": find_all(call.data["text"], is_child=is_child)}
