"""The REST addresses of incidents themselves."""

from django.urls import path

from mispers.api import incidents

urlpatterns = [
    path("incidents/", incidents.Incidents.as_view(), name="api-incidents"),
    path("incidents/<str:reference>/", incidents.OneIncident.as_view(), name="api-incident"),
    path("incidents/<str:reference>/timeline/", incidents.Timeline.as_view(), name="api-timeline"),
    path("incidents/<str:reference>/as-at/", incidents.AsAt.as_view(), name="api-as-at"),
]
