"""The REST addresses of what is recorded under an incident, to its end."""

from django.urls import include, path

from mispers.api import closure, investigation

_under_incident = [
    path("strategy/", investigation.Strategies.as_view(), name="api-strategies"),
    path("hypotheses/", investigation.Hypotheses.as_view(), name="api-hypotheses"),
    path(
        "hypotheses/<int:pk>/conclude/",
        investigation.ConcludeHypothesis.as_view(),
        name="api-conclude-hypothesis",
    ),
    path("searches/", investigation.Searches.as_view(), name="api-searches"),
    path("search-adviser/", investigation.SearchAdvisers.as_view(), name="api-search-advisers"),
    path("sightings/", investigation.Sightings.as_view(), name="api-sightings"),
    path("log/", investigation.Log.as_view(), name="api-log"),
    path("family-contacts/", investigation.FamilyContacts.as_view(), name="api-family-contacts"),
    path("notifications/", investigation.Notifications.as_view(), name="api-notifications"),
    path("located/", closure.LocatedEntries.as_view(), name="api-located"),
    path(
        "prevention-interview/",
        closure.PreventionInterviews.as_view(),
        name="api-prevention-interviews",
    ),
    path("return-interview/", closure.ReturnInterviews.as_view(), name="api-return-interviews"),
    path("barriers/", closure.Barriers.as_view(), name="api-barriers"),
    path("closure/", closure.Closure.as_view(), name="api-closure"),
    path("closure/authorise/", closure.AuthoriseClosure.as_view(), name="api-authorise-closure"),
    path("closure/refuse/", closure.RefuseClosure.as_view(), name="api-refuse-closure"),
    path("keep-closed/", closure.KeepClosed.as_view(), name="api-keep-closed"),
    path("reopen/", closure.Reopen.as_view(), name="api-reopen"),
]

urlpatterns = [path("incidents/<str:reference>/", include(_under_incident))]
