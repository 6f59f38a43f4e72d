"""The pages of this app."""

from django.urls import path

from officers.views import rota, sign_in, training

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("rota/", rota.rota, name="rota"),
    path("rota/<str:bcu>/add/", rota.add, name="rota-add"),
    path("training/", training.training, name="training"),
    path("training/download/", training.download, name="training-download"),
    path("training/record/", training.record, name="training-record"),
    path("training/import/", training.import_file, name="training-import"),
    path("training/officers/<int:pk>/", training.of_officer, name="training-of-officer"),
    path("training/<int:pk>/correct/", training.correct, name="training-correct"),
]
