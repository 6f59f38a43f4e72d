"""The addresses of my work, the inbox, handovers, actions and chains."""

from django.urls import path

from ownership.views import actions, chains, handovers, inbox, load, my_work

_ACTION = "incidents/<str:reference>/actions/<int:pk>"

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_page, name="inbox-read"),
    path("inbox/<int:pk>/open/", inbox.open_item, name="inbox-open"),
    path("loads/", load.loads, name="loads"),
    path("officers/<int:pk>/load/", load.load, name="officer-load"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/new/", handovers.new_handover, name="handover-new"),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/withdraw/", handovers.withdraw, name="handover-withdraw"),
    path(
        "incidents/<str:reference>/hand-over/",
        handovers.hand_over_incident,
        name="incident-hand-over",
    ),
    path(
        "incidents/<str:reference>/ownership/",
        chains.incident_ownership,
        name="incident-ownership",
    ),
    path("incidents/<str:reference>/actions/", actions.incident_actions, name="incident-actions"),
    path("incidents/<str:reference>/actions/new/", actions.set_action, name="action-new"),
    path(f"{_ACTION}/", actions.action, name="action"),
    path(f"{_ACTION}/reassign/", actions.reassign, name="action-reassign"),
    path(f"{_ACTION}/extend/", actions.extend, name="action-extend"),
    path(f"{_ACTION}/complete/", actions.complete, name="action-complete"),
    path(
        f"{_ACTION}/propose-not-pursued/",
        actions.propose_not_pursued,
        name="action-propose-not-pursued",
    ),
    path(
        f"{_ACTION}/approve-not-pursued/",
        actions.approve_not_pursued,
        name="action-approve-not-pursued",
    ),
]
