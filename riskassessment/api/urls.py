"""The REST addresses of this app."""

from django.urls import path

from riskassessment.api import known, views

urlpatterns = [
    path(
        "incidents/<str:reference>/risk-assessments/",
        views.RiskAssessments.as_view(),
        name="api-risk-assessments",
    ),
    path(
        "risk-assessments/<int:pk>/", views.OneRiskAssessment.as_view(), name="api-risk-assessment"
    ),
    path(
        "risk-assessments/<int:pk>/endorse/",
        views.EndorseAssessment.as_view(),
        name="api-endorse-assessment",
    ),
    path(
        "risk-assessments/<int:pk>/return/",
        views.ReturnAssessment.as_view(),
        name="api-return-assessment",
    ),
    path("incidents/<str:reference>/known/", known.KnownAbout.as_view(), name="api-known"),
    path("risk-prompts/", views.RiskPrompts.as_view(), name="api-risk-prompts"),
    path("incidents/<str:reference>/words/", views.WordsOfRecord.as_view(), name="api-words"),
    path(
        "incidents/<str:reference>/words/<int:pk>/keep/",
        views.KeepPhrase.as_view(),
        name="api-keep-phrase",
    ),
]
