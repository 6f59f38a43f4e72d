"""The two ways of signing in, as OpenAPI describes them."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from core.api.permissions import scope_for
from core.api.schema import HouseSchema
from officers.rules.scopes import all_scopes


class ClientScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's
    """OAuth 2.0 client credentials."""

    target_class = "officers.api.authentication.ClientAuthentication"
    name = "client"

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        if not isinstance(auto_schema, HouseSchema):
            return {self.name: []}
        return {self.name: [scope_for(auto_schema.view.resource, auto_schema.operation)]}

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {"tokenUrl": "/oauth/token/", "scopes": all_scopes()},
            },
        }


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library's
    """The session of an officer's browser."""

    target_class = "officers.api.authentication.BrowserAuthentication"
    name = "browser"

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        return {self.name: []}

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
