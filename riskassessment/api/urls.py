"""The REST addresses of this app."""

from django.urls import path

from riskassessment.api import background, figures, meanings, views, words

urlpatterns = [
    path(
        "incidents/<str:reference>/risk-assessments/",
        views.RiskAssessments.as_view(),
        name="api-risk-assessments",
    ),
    path("risk-assessments/", views.RiskAssessmentsOfAll.as_view(), name="api-risk-queue"),
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
    path("incidents/<str:reference>/known/", background.KnownAbout.as_view(), name="api-known"),
    path(
        "risk-assessments/<int:pk>/regrade/",
        views.RegradeAssessment.as_view(),
        name="api-regrade-assessment",
    ),
    path(
        "risk-assessments/<int:pk>/comparison/",
        views.CompareAssessment.as_view(),
        name="api-compare-assessment",
    ),
    path("risk-figures/", figures.RiskFiguresEndpoint.as_view(), name="api-risk-figures"),
    path("risk-phrases/", words.PhrasesOfList.as_view(), name="api-risk-phrases"),
    path("words/", words.WordsAsTyped.as_view(), name="api-words-as-typed"),
    path("risk-prompts/", views.RiskPrompts.as_view(), name="api-risk-prompts"),
    path("grade-meanings/", meanings.GradeMeanings.as_view(), name="api-grade-meanings"),
    path("grade-examples/", meanings.GradeExamples.as_view(), name="api-grade-examples"),
    path("grade-picture/", meanings.GradePicture.as_view(), name="api-grade-picture"),
    path("incidents/<str:reference>/words/", views.WordsOfRecord.as_view(), name="api-words"),
    path(
        "incidents/<str:reference>/words/<int:pk>/keep/",
        views.KeepPhrase.as_view(),
        name="api-keep-phrase",
    ),
]
