"""A client system for tests: a real token from the real endpoint, then plain requests."""

import itertools
from typing import Any

from django.test import Client as Browser

from officers.models import BCU, Client, Officer
from officers.rules.scopes import all_scopes

SECRET = "a secret that only tests know"
_numbers = itertools.count(1)


def make_client_system(
    *, bcus: list[BCU] | None = None, scopes: list[str] | None = None, **fields: Any
) -> Client:
    """Register a client system, with every scope unless told otherwise; its secret is SECRET."""
    number = next(_numbers)
    client: Client = Client.objects.create(
        **{
            "name": f"Test system {number}",
            "client_id": f"test-system-{number}",
            "client_secret": SECRET,
            "scopes": list(all_scopes()) if scopes is None else scopes,
            "acts_for_officers": True,
            **fields,
        }
    )
    client.bcus.set(bcus or [])
    return client


class Rest:
    """Requests as a client system sends them, in an officer's name where one is given."""

    def __init__(
        self, client: Client, officer: Officer | None = None, scope: str | None = None
    ) -> None:
        self.http = Browser()
        asked = {"client_id": client.client_id, "client_secret": SECRET}
        answer = self.http.post("/oauth/token/", {**asked, **({"scope": scope} if scope else {})})
        assert answer.status_code == 200, answer.content
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        if officer is not None:
            self.headers["On-Behalf-Of"] = str(officer.pk)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """GET; headers are given as If_None_Match="…"."""
        return self.http.get(path, query, headers=self._with(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST a JSON body."""
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """PATCH with a JSON body."""
        return self._send("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        """DELETE."""
        return self.http.delete(path, headers=self._with(headers))

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        return getattr(self.http, method)(
            path,
            {} if body is None else body,
            content_type="application/json",
            headers=self._with(headers),
        )

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {**self.headers, **{name.replace("_", "-"): v for name, v in headers.items()}}


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The response is a problem of this status and code; returns its members."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    members: dict[str, Any] = response.json()
    assert members["status"] == status
    assert members["code"] == code, members
    assert members["type"] == f"urn:mispers:problem:{code}"
    assert members["title"]
    assert members["detail"]
    return members
