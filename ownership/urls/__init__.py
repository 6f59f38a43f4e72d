"""The addresses of my work, the inbox, handovers, actions and chains."""

from django.urls import path

from ownership.views import (
    actions,
    answered,
    answering,
    boards,
    chains,
    handovers,
    inbox,
    load,
    my_work,
    notice_choices,
    shifts,
)

_ACTION = "incidents/<str:reference>/actions/<int:pk>"

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("board/", boards.boards, name="boards"),
    path("board/<str:bcu>/", boards.board, name="board"),
    path("board/<str:bcu>/changes/", boards.board_changes, name="board-changes"),
    path("officers/<int:pk>/answered-for/", answered.answered_for, name="officer-answered-for"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_page, name="inbox-read"),
    path("inbox/<int:pk>/open/", inbox.open_item, name="inbox-open"),
    path("inbox/<int:pk>/go/", inbox.follow, name="inbox-follow"),
    path("inbox/choices/", notice_choices.choices, name="notice-choices"),
    path("inbox/devices/add/", notice_choices.add, name="device-add"),
    path("inbox/devices/<int:pk>/remove/", notice_choices.remove, name="device-remove"),
    path("inbox/worker.js", notice_choices.worker, name="push-worker"),
    path(
        "incidents/<str:reference>/reminders/",
        inbox.incident_reminders,
        name="incident-reminders",
    ),
    path("loads/", load.loads, name="loads"),
    path("officers/<int:pk>/load/", load.load, name="officer-load"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/new/", shifts.new_handover, name="handover-new"),
    path("handovers/off-duty/", shifts.off_duty, name="off-duty"),
    path("handovers/<int:pk>/", answering.handover, name="handover"),
    path("handovers/<int:pk>/items/<str:reference>/", answering.answer, name="handover-answer"),
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
    path(f"{_ACTION}/ownership/", chains.action_ownership, name="action-ownership"),
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
