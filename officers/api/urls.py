"""The REST addresses of officers."""

from django.urls import path

from officers.api.views import Officers

urlpatterns = [
    path("officers/", Officers.as_view(), name="api-officers"),
]
