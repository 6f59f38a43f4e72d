"""Every address of the site; each app names its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("config.api_urls")),
    path("", include("core.urls")),
    path("", include("officers.urls")),
    path("", include("mispers.urls")),
    path("", include("mispers.urls.intake")),
    path("", include("mispers.urls.investigation")),
    path("", include("mispers.urls.known")),
    path("", include("riskassessment.urls")),
    path("", include("ownership.urls")),
    path("", include("assurance.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.page_not_found"
handler500 = "core.views.errors.server_error"
