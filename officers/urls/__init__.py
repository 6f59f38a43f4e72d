"""The pages of this app."""

from django.urls import path

from officers.views import my_shifts, rota, rota_changes, sign_in, training

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("rota/", rota.rota, name="rota"),
    path("rota/mine/", my_shifts.my_shifts, name="my-shifts"),
    path("rota/mine/calendar/", rota.mine, name="my-shifts-calendar"),
    path("rota/away/", my_shifts.away, name="absence-new"),
    path("rota/away/<int:pk>/back/", my_shifts.back_again, name="absence-end"),
    path("rota/swaps/<int:pk>/accept/", my_shifts.accept, name="swap-accept"),
    path("rota/swaps/<int:pk>/decline/", my_shifts.decline, name="swap-decline"),
    path("rota/swaps/<int:pk>/withdraw/", my_shifts.withdraw, name="swap-withdraw"),
    path("rota/shifts/<int:pk>/", rota.shift, name="rota-shift"),
    path("rota/shifts/<int:pk>/change/", rota_changes.change, name="rota-shift-change"),
    path("rota/shifts/<int:pk>/take-out/", rota_changes.take_out, name="rota-shift-take-out"),
    path("rota/shifts/<int:pk>/cover/", rota_changes.cover, name="rota-shift-cover"),
    path("rota/shifts/<int:pk>/swap/", my_shifts.swap, name="rota-shift-swap"),
    path("rota/<str:bcu>/week/", rota.week, name="rota-week"),
    path("rota/<str:bcu>/calendar/", rota.calendar, name="rota-calendar"),
    path("rota/<str:bcu>/table/", rota.table, name="rota-table"),
    path("rota/<str:bcu>/add/", rota_changes.add, name="rota-add"),
    path("rota/<str:bcu>/repeat/", rota_changes.repeat, name="rota-repeat"),
    path("rota/<str:bcu>/import/", rota_changes.import_file, name="rota-import"),
    path("training/", training.training, name="training"),
    path("training/download/", training.download, name="training-download"),
    path("training/record/", training.record, name="training-record"),
    path("training/import/", training.import_file, name="training-import"),
    path("training/officers/<int:pk>/", training.of_officer, name="training-of-officer"),
    path("training/<int:pk>/correct/", training.correct, name="training-correct"),
]
