"""Pages that belong to no app in particular."""

from django.urls import path

from core.views import errors

urlpatterns = [
    path("signed-out/kept/", errors.held_post, name="held-post"),
]
