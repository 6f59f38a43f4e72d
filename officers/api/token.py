"""Where a client system gets its token."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from oauth2_provider.views import TokenView


class Token(TokenView):
    """OAuth 2.0 client credentials (RFC 6749, 4.4); the only grant there is."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A token, or an error in the form that OAuth prescribes. `grant_type` may be left out."""
        if "grant_type" not in request.POST:
            form = request.POST.copy()
            form["grant_type"] = "client_credentials"
            request.POST = form  # type: ignore[assignment]  # a QueryDict like the one before
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response
