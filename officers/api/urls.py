"""The REST addresses of officers."""

from django.urls import path

from officers.api import absences, rota, swaps
from officers.api.training import CorrectTraining, TrainingRows
from officers.api.views import Officers

urlpatterns = [
    path("officers/", Officers.as_view(), name="api-officers"),
    path("shifts/", rota.Shifts.as_view(), name="api-shifts"),
    path("shifts/repeat/", rota.RepeatShifts.as_view(), name="api-repeat-shifts"),
    path("shifts/import/", rota.ImportShifts.as_view(), name="api-import-shifts"),
    path("shifts/<int:pk>/change/", rota.ChangeShift.as_view(), name="api-change-shift"),
    path("shifts/<int:pk>/take-out/", rota.TakeOutShift.as_view(), name="api-take-out-shift"),
    path("shifts/<int:pk>/cover/", rota.CoverShift.as_view(), name="api-cover-shift"),
    path("absences/", absences.Absences.as_view(), name="api-absences"),
    path("absences/<int:pk>/end/", absences.EndAbsence.as_view(), name="api-end-absence"),
    path("swaps/", swaps.Swaps.as_view(), name="api-swaps"),
    path("swaps/<int:pk>/accept/", swaps.AcceptSwap.as_view(), name="api-accept-swap"),
    path("swaps/<int:pk>/decline/", swaps.DeclineSwap.as_view(), name="api-decline-swap"),
    path("swaps/<int:pk>/withdraw/", swaps.WithdrawSwap.as_view(), name="api-withdraw-swap"),
    path("rota-gaps/", rota.RotaGaps.as_view(), name="api-rota-gaps"),
    path("training/", TrainingRows.as_view(), name="api-training"),
    path("training/<int:pk>/correct/", CorrectTraining.as_view(), name="api-correct-training"),
]
