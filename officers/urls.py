"""The pages of this app."""

from django.urls import path

from officers.views import rota, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("rota/", rota.rota, name="rota"),
    path("rota/<str:bcu>/add/", rota.add, name="rota-add"),
]
