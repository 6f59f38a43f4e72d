"""The pages of reporting, correcting and looking people up."""

from django.urls import path

from mispers.views import people, report, report_check, report_correction

urlpatterns = [
    path("report/", report.start, name="report"),
    path("report/<uuid:pk>/check/", report_check.check, name="report-check"),
    path("report/<uuid:pk>/save/", report.autosave, name="report-autosave"),
    path("report/<uuid:pk>/similar/", report.similar, name="report-similar"),
    path("report/<uuid:pk>/discard/", report.discard, name="report-discard"),
    path("report/<uuid:pk>/<slug:slug>/", report.step, name="report-step"),
    path("incidents/<str:reference>/correct/", report_correction.correct, name="incident-correct"),
    path("people/", people.people, name="people"),
    path("people/<str:reference>/met/", people.met, name="people-met"),
]
