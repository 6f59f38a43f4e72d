"""The REST addresses of links and of looking people up."""

from django.urls import path

from mispers.api import links, people

urlpatterns = [
    path("people/", people.People.as_view(), name="api-people"),
    path("incidents/<str:reference>/links/", links.IncidentLinks.as_view(), name="api-links"),
]
