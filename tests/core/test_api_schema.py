"""The OpenAPI description is valid, complete, and browsed offline under the strict policy."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from core.api.endpoint import Endpoint
from officers.rules.scopes import RESOURCES

pytestmark = pytest.mark.django_db


def described(**options: Any) -> dict[str, Any]:
    """The description as the command prints it; a warning fails."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out, **options)
    read: dict[str, Any] = yaml.safe_load(out.getvalue())
    return read


def endpoints(patterns: list[Any]) -> list[type[Endpoint]]:
    """Every endpoint below these patterns."""
    found: list[type[Endpoint]] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += endpoints(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None)
            if isinstance(view, type) and issubclass(view, Endpoint):
                found.append(view)
    return found


def test_the_real_interface_is_described_without_a_warning() -> None:
    description = described()
    assert description["openapi"] == "3.1.0"
    assert "/api/v1/officers/" in description["paths"]


def test_every_endpoint_belongs_to_a_resource_that_has_scopes() -> None:
    found = endpoints(get_resolver().url_patterns)
    assert found
    assert {view.resource for view in found} <= set(RESOURCES)


def test_an_operation_tells_its_headers_scopes_and_problems(playground: None) -> None:
    description = described(urlconf="tests.core.playground")
    post = description["paths"]["/api/v1/notes/"]["post"]
    patch = description["paths"]["/api/v1/notes/{id}/"]["patch"]
    get = description["paths"]["/api/v1/notes/{id}/"]["get"]

    def headers(operation: dict[str, Any]) -> dict[str, bool]:
        return {
            each["name"]: each.get("required", False)
            for each in operation["parameters"]
            if each["in"] == "header"
        }

    assert headers(post) == {"Idempotency-Key": False, "On-Behalf-Of": False}
    assert headers(patch)["If-Match"] is True
    assert headers(get) == {"Reason": False, "On-Behalf-Of": False, "If-None-Match": False}
    assert post["security"] == [{"client": ["incidents:write"]}, {"browser": []}]
    assert get["security"] == [{"client": ["incidents:read"]}, {"browser": []}]
    assert {"200", "201", "400", "401", "403", "404", "409", "422", "429"} <= set(post["responses"])
    assert {"412", "428"} <= set(patch["responses"])
    assert set(post["responses"]["201"]["headers"]) == {"ETag", "Location"}
    assert "304" in get["responses"]
    assert set(post["responses"]["400"]["content"]) == {"application/problem+json"}


def test_a_lists_filters_and_cursor_are_described(playground: None) -> None:
    get = described(urlconf="tests.core.playground")["paths"]["/api/v1/notes/"]["get"]
    query = {each["name"]: each for each in get["parameters"] if each["in"] == "query"}
    assert set(query) == {"title", "made_after", "limit", "cursor"}
    assert not any(each.get("required") for each in query.values())
    assert query["limit"]["schema"]["maximum"] == 200
    page = get["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(page["properties"]) == {"results", "next"}


def test_the_scheme_names_the_token_address_and_every_scope() -> None:
    scheme = described()["components"]["securitySchemes"]["client"]
    flow = scheme["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/oauth/token/"
    assert {"incidents:read", "incidents:write", "events:read"} <= set(flow["scopes"])


def test_the_description_is_served_to_anybody(client: Browser) -> None:
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert response.json()["openapi"] == "3.1.0"


def test_the_page_to_browse_it_needs_no_network_and_no_inline_script(client: Browser) -> None:
    response = client.get("/api/v1/docs/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 3
    assert all("src=" in attributes and not body.strip() for attributes, body in scripts)
    assert "<style" not in page
    assert not re.search(r"<[^>]*\s(style|on\w+)=", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert address.startswith("/"), address
        if address.startswith("/assets/"):
            assert finders.find(address.removeprefix("/assets/")), address


def test_the_pages_script_is_a_file_of_its_own(client: Browser) -> None:
    response = client.get("/api/v1/docs/?script=")
    assert response.headers["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle" in response.content
