"""The REST addresses of chains, handovers and actions."""

from django.urls import path

from ownership.api import boards, handovers, load, notices, views

urlpatterns = [
    path("incidents/<str:reference>/ownership/", views.Ownership.as_view(), name="api-ownership"),
    path("incidents/<str:reference>/actions/", views.IncidentActions.as_view(), name="api-actions"),
    path("actions/<int:pk>/", views.ActionDetail.as_view(), name="api-action"),
    path(
        "actions/<int:pk>/ownership/",
        views.ActionOwnership.as_view(),
        name="api-action-ownership",
    ),
    path(
        "officers/<int:pk>/answered-for/",
        views.OfficerAnsweredFor.as_view(),
        name="api-officer-answered-for",
    ),
    path("boards/<str:bcu>/", boards.BoardLines.as_view(), name="api-board"),
    path("actions/<int:pk>/reassign/", views.ReassignAction.as_view(), name="api-action-reassign"),
    path("actions/<int:pk>/extend/", views.ExtendAction.as_view(), name="api-action-extend"),
    path("actions/<int:pk>/complete/", views.CompleteAction.as_view(), name="api-action-complete"),
    path(
        "actions/<int:pk>/propose-not-pursued/",
        views.ProposeNotPursued.as_view(),
        name="api-action-propose-not-pursued",
    ),
    path(
        "actions/<int:pk>/approve-not-pursued/",
        views.ApproveNotPursued.as_view(),
        name="api-action-approve-not-pursued",
    ),
    path("notices/", notices.Notices.as_view(), name="api-notices"),
    path("notices/<int:pk>/read/", notices.ReadNotice.as_view(), name="api-notice-read"),
    path(
        "incidents/<str:reference>/reminders/",
        notices.IncidentReminders.as_view(),
        name="api-incident-reminders",
    ),
    path("officers/<int:pk>/load/", load.OfficerLoad.as_view(), name="api-officer-load"),
    path("officers/<int:pk>/load/move/", load.MoveLoad.as_view(), name="api-move-load"),
    path("handovers/", handovers.Handovers.as_view(), name="api-handovers"),
    path("handovers/shift/", handovers.Shift.as_view(), name="api-shift"),
    path("handovers/off-duty/", handovers.OffDuty.as_view(), name="api-off-duty"),
    path(
        "handovers/<int:pk>/actions/",
        handovers.HandoverActions.as_view(),
        name="api-handover-actions",
    ),
    path("handovers/<int:pk>/", handovers.HandoverDetail.as_view(), name="api-handover"),
    path(
        "handovers/<int:pk>/accept/", handovers.AcceptHandover.as_view(), name="api-handover-accept"
    ),
    path(
        "handovers/<int:pk>/decline/",
        handovers.DeclineHandover.as_view(),
        name="api-handover-decline",
    ),
    path(
        "handovers/<int:pk>/withdraw/",
        handovers.WithdrawHandover.as_view(),
        name="api-handover-withdraw",
    ),
]
