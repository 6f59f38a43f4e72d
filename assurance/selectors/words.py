"""The words that an event brought into a record, where it has to be asked for them."""

from assurance.models import ReviewAnswer
from core.models import Event


def of_review(event: Event) -> dict[str, str]:
    """The answers of a review; a finding's words are those of the action that it became."""
    answers = ReviewAnswer.objects.filter(review=event.data["review"])
    return dict(answers.values_list("principle", "words"))
