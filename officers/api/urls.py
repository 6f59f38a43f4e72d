"""The REST addresses of officers."""

from django.urls import path

from officers.api.training import CorrectTraining, TrainingRows
from officers.api.views import Officers

urlpatterns = [
    path("officers/", Officers.as_view(), name="api-officers"),
    path("training/", TrainingRows.as_view(), name="api-training"),
    path("training/<int:pk>/correct/", CorrectTraining.as_view(), name="api-correct-training"),
]
