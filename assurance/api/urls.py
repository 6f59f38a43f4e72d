"""The addresses of assurance below /api/v1/."""

from django.urls import path

from assurance.api import views

urlpatterns = [
    path("standards/", views.StandardCounts.as_view(), name="api-standards"),
    path("samples/", views.Samples.as_view(), name="api-samples"),
    path("samples/<str:reference>/", views.SampleDetail.as_view(), name="api-sample"),
    path(
        "incidents/<str:reference>/standards/",
        views.IncidentStandards.as_view(),
        name="api-incident-standards",
    ),
    path(
        "incidents/<str:reference>/disclosure/",
        views.Disclosures.as_view(),
        name="api-incident-disclosure",
    ),
]
