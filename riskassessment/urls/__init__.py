"""The pages of this app."""

from django.urls import path

from riskassessment.views import endorsing, figures, grading, language, meanings, risk

urlpatterns = [
    path("incidents/<str:reference>/risk/", risk.risk, name="incident-risk"),
    path("incidents/<str:reference>/risk/assess/", grading.assess, name="assess-risk"),
    path("incidents/<str:reference>/risk/draft/", grading.autosave, name="risk-draft"),
    path("incidents/<str:reference>/risk/prompt/", grading.prompt, name="risk-prompt"),
    path("incidents/<str:reference>/risk/words/<int:pk>/keep/", risk.keep, name="keep-phrase"),
    path("risk/grades/", meanings.meanings, name="grade-meanings"),
    path("words/as-typed/", language.as_typed, name="words-as-typed"),
    path("risk/figures/", figures.figures, name="risk-figures"),
    path("risk/figures/<str:code>/", figures.download, name="risk-figures-download"),
    path("risk/queue/", endorsing.queue, name="risk-queue"),
    path("risk/<int:pk>/decide/", endorsing.decide, name="decide-assessment"),
]
