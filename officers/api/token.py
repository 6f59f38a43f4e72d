"""Where a client system gets its token."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import TokenView

from core.api.throttling import count, count_so_far

GRANT = "client_credentials"
# Wrong secrets for one client from one address, before the address has to wait.
MOST_FAILURES = 10
WAIT = 15 * 60  # seconds from the first of them


class Token(TokenView):
    """OAuth 2.0 client credentials (RFC 6749, 4.4); the only grant there is."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A token, or an error in the form that OAuth prescribes. `grant_type` may be left out."""
        failures = f"token-failures:{_client(request)}:{request.META.get('REMOTE_ADDR', '')}"
        if count_so_far(failures) >= MOST_FAILURES:
            return JsonResponse(
                {"error": "temporarily_unavailable", "error_description": "Too many failures."},
                status=HTTPStatus.TOO_MANY_REQUESTS,
                headers={"Retry-After": str(WAIT)},
            )
        # The library would try an officer's password before it looks at what the client may do.
        if request.POST.get("grant_type", GRANT) != GRANT:
            return JsonResponse({"error": "unsupported_grant_type"}, status=HTTPStatus.BAD_REQUEST)
        form = request.POST.copy()
        form["grant_type"] = GRANT
        request.POST = form  # type: ignore[assignment]  # a QueryDict like the one before
        response: HttpResponse = super().post(request, *args, **kwargs)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            count(failures, lasting=WAIT)
        return response


def _client(request: HttpRequest) -> str:
    """Who the caller says it is, as a name that a cache takes whatever was sent."""
    said = request.POST.get("client_id") or request.headers.get("Authorization", "")
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
