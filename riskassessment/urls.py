"""The pages of this app."""

from django.urls import path

from riskassessment.views import endorsing, grading, risk, words

urlpatterns = [
    path("incidents/<str:reference>/risk/", risk.risk, name="incident-risk"),
    path("incidents/<str:reference>/risk/assess/", grading.assess, name="assess-risk"),
    path("incidents/<str:reference>/risk/draft/", grading.autosave, name="risk-draft"),
    path("incidents/<str:reference>/risk/prompt/", grading.prompt, name="risk-prompt"),
    path("incidents/<str:reference>/risk/words/<int:pk>/keep/", risk.keep, name="keep-phrase"),
    path("words/as-typed/", words.as_typed, name="words-as-typed"),
    path("risk/queue/", endorsing.queue, name="risk-queue"),
    path("risk/<int:pk>/decide/", endorsing.decide, name="decide-assessment"),
]
