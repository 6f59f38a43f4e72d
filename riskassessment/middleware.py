"""What a form brings along besides its own fields."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.middleware import is_for_machines
from riskassessment.words.keeping import carried_by, keeping


class WordsKeptMiddleware:
    """Keeps a phrase with the reason that was given as it was typed, in the write of the form.

    A phrase that has since been reworded is not there to be kept, and nothing is said about it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or is_for_machines(request):
            return self.get_response(request)
        with keeping(carried_by(request.POST)):
            return self.get_response(request)
