"""Pages that belong to no app in particular."""

from django.urls import path

from core import views

urlpatterns = [
    path("signed-out/kept/", views.held_post, name="held-post"),
]
