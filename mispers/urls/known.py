"""The pages of what is known about a person."""

from django.urls import include, path

from mispers.views.known import SECTIONS, correct_known, known

_under_incident = [
    path("known/", known, name="incident-known"),
    *(
        path(f"known/{kind.slug}/record/", kind.page.view(), name=kind.url_name)
        for kind in SECTIONS.values()
    ),
    path("known/<slug:slug>/<int:pk>/correct/", correct_known, name="correct-known"),
]

urlpatterns = [path("incidents/<str:reference>/", include(_under_incident))]
