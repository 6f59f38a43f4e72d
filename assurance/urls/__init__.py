"""The addresses of assurance's pages."""

from django.urls import path

from assurance.views import disclosure, review, samples, standards

urlpatterns = [
    path("standards/", standards.standards, name="standards"),
    path("standards/records/", standards.standards_records, name="standards-records"),
    path("dip-samples/", samples.dip_samples, name="dip-samples"),
    path("dip-samples/draw/", samples.draw, name="draw-dip-sample"),
    path("dip-samples/records/<int:pk>/", review.review, name="dip-sample-review"),
    path(
        "dip-samples/records/<int:pk>/draft/", review.review_draft, name="dip-sample-review-draft"
    ),
    path("dip-samples/<str:reference>/", samples.dip_sample, name="dip-sample"),
    path(
        "incidents/<str:reference>/standards/",
        standards.incident_standards,
        name="incident-standards",
    ),
    path(
        "incidents/<str:reference>/disclosure/",
        disclosure.incident_disclosure,
        name="incident-disclosure",
    ),
    path(
        "incidents/<str:reference>/disclosure/<int:pk>/",
        disclosure.download,
        name="disclosure-pack",
    ),
]
