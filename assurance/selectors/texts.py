"""The words that an event brought into a record, where it has to be asked for them."""

from assurance.events import Reviewed
from assurance.models import ReviewAnswer


def review_texts(said: Reviewed) -> dict[str, str]:
    """The answers of a review; a finding's words are those of the action that it became."""
    answers = ReviewAnswer.objects.filter(review=said.review)
    return dict(answers.values_list("principle", "words"))
