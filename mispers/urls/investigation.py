"""The pages of the investigation and of an incident's end."""

from django.urls import include, path

from mispers.views import closure, investigation

_under_incident = [
    path("investigation/", investigation.investigation, name="incident-investigation"),
    path("strategy/write/", investigation.write_strategy_page, name="write-strategy"),
    path("hypotheses/state/", investigation.state_hypothesis_page, name="state-hypothesis"),
    path(
        "hypotheses/<int:pk>/conclude/",
        investigation.conclude_hypothesis_page,
        name="conclude-hypothesis",
    ),
    path("searches/record/", investigation.record_search_page, name="record-search"),
    path(
        "search-adviser/decide/",
        investigation.decide_search_adviser_page,
        name="decide-search-adviser",
    ),
    path("sightings/record/", investigation.record_sighting_page, name="record-sighting"),
    path("log/add/", investigation.add_log_page, name="add-log-entry"),
    path(
        "family-contacts/record/",
        investigation.record_family_contact_page,
        name="record-family-contact",
    ),
    path(
        "notifications/record/",
        investigation.record_notification_page,
        name="record-notification",
    ),
    path("closure/", closure.closure, name="incident-closure"),
    path("located/record/", closure.record_located_page, name="record-located"),
    path(
        "prevention-interview/record/",
        closure.prevention_interview_page,
        name="record-prevention-interview",
    ),
    path("return-interview/ask/", closure.ask_return_interview_page, name="ask-return-interview"),
    path(
        "return-interview/update/",
        closure.update_return_interview_page,
        name="update-return-interview",
    ),
    path("closure/ask/", closure.ask_closure_page, name="ask-closure"),
    path("closure/authorise/", closure.authorise_closure_page, name="authorise-closure"),
    path("closure/refuse/", closure.refuse_closure_page, name="refuse-closure"),
    path("keep-closed/", closure.keep_closed_page, name="keep-closed"),
    path("reopen/", closure.reopen_page, name="reopen-incident"),
]

urlpatterns = [path("incidents/<str:reference>/", include(_under_incident))]
