"""Every address of the REST interface; each app names its own below /api/v1/."""

from django.urls import include, path

from core.api.events import Events
from core.api.views import Docs, Schema, UnknownAddress
from officers.api.token import Token

urlpatterns = [
    path("oauth/token/", Token.as_view(), name="oauth-token"),
    path("api/v1/schema/", Schema.as_view(), name="api-schema"),
    path("api/v1/docs/", Docs.as_view(), name="api-docs"),
    path("api/v1/", include("officers.api.urls")),
    path("api/v1/", include("mispers.api.incident_urls")),
    path("api/v1/", include("mispers.api.intake_urls")),
    path("api/v1/", include("mispers.api.investigation_urls")),
    path("api/v1/", include("mispers.api.known_urls")),
    path("api/v1/", include("riskassessment.api.urls")),
    path("api/v1/", include("ownership.api.urls")),
    path("api/v1/", include("assurance.api.urls")),
    path("api/v1/events/", Events.as_view(), name="api-events"),
    # Last: whatever is left is unknown.
    path("api/", UnknownAddress.as_view()),
    path("api/<path:rest>", UnknownAddress.as_view()),
]
