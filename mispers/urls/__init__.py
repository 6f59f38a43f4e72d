"""The pages of this app."""

from django.urls import path

from mispers.views import as_at, open_list, overview, protocol, search, timeline

urlpatterns = [
    path("protocol/", protocol.protocol, name="protocol"),
    path("search/", search.search, name="search"),
    path("incidents/", open_list.open_list, name="open-incidents"),
    path("incidents/<str:reference>/", overview.overview, name="incident"),
    path("incidents/<str:reference>/reason/", overview.reason, name="incident-reason"),
    path("incidents/<str:reference>/timeline/", timeline.timeline, name="incident-timeline"),
    path("incidents/<str:reference>/as-at/", as_at.as_at, name="incident-as-at"),
]
