"""How the API knows who asks: a client's bearer token, or an officer's browser session."""

from http import HTTPStatus
from typing import Any

from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from core import clock
from core.api.problems import Problem
from officers.models import Client, Officer
from officers.selectors.duty import read_duty
from officers.selectors.principals import ClientPrincipal


class ClientAuthentication(OAuth2Authentication):
    """A token of the client credentials grant, with `On-Behalf-Of` where the client may use it."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The officer acted for or the client itself, and the token; None if no token was sent.

        Raises AuthenticationFailed (401) for a token that is not valid, Problem (403) for an
        officer the client may not act for.
        """
        if not request.headers.get("Authorization", "").lower().startswith("bearer"):
            return None
        found = super().authenticate(request)
        if found is None:
            raise AuthenticationFailed("The token is not valid.", code="invalid_token")
        token = found[1]
        return _on_behalf_of(request, token.application), token


class BrowserAuthentication(SessionAuthentication):
    """The session of an officer's browser, with its CSRF token on every write."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The officer signed in, or None."""
        found = super().authenticate(request)
        if found is not None and "On-Behalf-Of" in request.headers:
            raise _refused("An officer's own session acts for nobody else.")
        if found is not None and isinstance(found[0], Officer):
            read_duty(found[0], clock.now())
        return found

    def enforce_csrf(self, request: Any) -> None:
        """Raises PermissionDenied with its own code, so that a script can renew the token."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(str(error.detail), code="csrf_failed") from None


def _on_behalf_of(request: Request, client: Client) -> Officer | ClientPrincipal:
    officer_id = request.headers.get("On-Behalf-Of")
    if officer_id is None:
        return ClientPrincipal(client)
    if not client.acts_for_officers:
        raise _refused("This client is not registered to act for officers.")
    officer = client.officer_acted_for(officer_id.strip())
    if officer is None:
        raise _refused("On-Behalf-Of names no active officer for whom this client may act.")
    read_duty(officer, clock.now())
    return officer


def _refused(detail: str) -> Problem:
    return Problem(HTTPStatus.FORBIDDEN, "on_behalf_of_refused", detail)
