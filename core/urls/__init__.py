"""Pages that belong to no app in particular."""

from django.urls import path

from core.views import errors

urlpatterns = [
    path("signed-out/kept/", errors.kept_post, name="kept-post"),
]
