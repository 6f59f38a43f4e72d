"""The REST addresses of what is known about a person."""

from django.urls import include, path

from mispers.api import known

_under_incident = [
    path("conditions/", known.Conditions.as_view(), name="api-conditions"),
    path("medication/", known.MedicationEntries.as_view(), name="api-medication"),
    path(
        "exploitation-investigations/",
        known.ExploitationInvestigations.as_view(),
        name="api-exploitation-investigations",
    ),
    path("associates/", known.Associates.as_view(), name="api-associates"),
    path("places/", known.Places.as_view(), name="api-places"),
    path("clothing/", known.ClothingEntries.as_view(), name="api-clothing"),
    path("weather/", known.WeatherEntries.as_view(), name="api-weather"),
]

urlpatterns = [path("incidents/<str:reference>/", include(_under_incident))]
