"""Who asks in the benchmark: officers with a session, a client system with a token."""

import secrets
from typing import Any

from django.test import Client as Browser

from officers.models import BCU, Client, Officer
from officers.rules.roles import Role
from officers.rules.scopes import all_scopes

SESSION = "django.contrib.auth.backends.ModelBackend"
SYSTEM = "Benchmark"
# Nothing here may run into the limit that holds for a real client.
REQUESTS_A_MINUTE = 1_000_000


def officer_of(bcu: str, role: Role) -> Officer:
    """The first officer of the role in the BCU who is not its fallback."""
    fallback = BCU.objects.get(pk=bcu).fallback_officer_id
    posted = Officer.objects.filter(bcu=bcu, role=role, is_active=True)
    return posted.exclude(pk=fallback or 0).order_by("username")[0]


def signed_in(officer: Officer) -> Browser:
    """A browser with the officer's session."""
    browser = Browser(SERVER_NAME="localhost")
    browser.force_login(officer, backend=SESSION)
    return browser


class System:
    """A client system that acts for officers, with a token from the real endpoint."""

    def __init__(self) -> None:
        client, _ = Client.objects.get_or_create(name=SYSTEM)
        secret = secrets.token_urlsafe(32)
        client.scopes, client.client_secret = list(all_scopes()), secret
        client.force_wide = client.acts_for_officers = True
        client.requests_per_minute = REQUESTS_A_MINUTE
        client.save()
        self.http = Browser(SERVER_NAME="localhost")
        asked = {"client_id": client.client_id, "client_secret": secret}
        token = self.http.post("/oauth/token/", asked).json()["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, officer: Officer) -> Any:
        """GET in the officer's name."""
        return self.http.get(path, headers={**self._headers, "On-Behalf-Of": str(officer.pk)})

    def post(self, path: str, body: dict[str, Any], officer: Officer, key: str) -> Any:
        """POST JSON in the officer's name under an idempotency key."""
        headers = {**self._headers, "On-Behalf-Of": str(officer.pk), "Idempotency-Key": key}
        return self.http.post(path, body, content_type="application/json", headers=headers)
