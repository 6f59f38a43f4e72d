"""Where a client system gets its token."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import TokenView

GRANT = "client_credentials"


class Token(TokenView):
    """OAuth 2.0 client credentials (RFC 6749, 4.4); the only grant there is."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A token, or an error in the form that OAuth prescribes. `grant_type` may be left out."""
        # The library would try an officer's password before it looks at what the client may do.
        if request.POST.get("grant_type", GRANT) != GRANT:
            return JsonResponse({"error": "unsupported_grant_type"}, status=HTTPStatus.BAD_REQUEST)
        form = request.POST.copy()
        form["grant_type"] = GRANT
        request.POST = form  # type: ignore[assignment]  # a QueryDict like the one before
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response
