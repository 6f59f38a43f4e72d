"""The REST addresses of links, of what earlier reports relied on, and of looking people up."""

from django.urls import path

from mispers.api import earlier, links, people

urlpatterns = [
    path("people/", people.People.as_view(), name="api-people"),
    path("incidents/<str:reference>/links/", links.IncidentLinks.as_view(), name="api-links"),
    path("incidents/<str:reference>/relied-on/", earlier.ReliedOn.as_view(), name="api-relied-on"),
]
