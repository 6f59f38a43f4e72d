"""Registers the app of officers and client systems."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Who people are; knows nothing of incidents."""

    name = "officers"
    verbose_name = "Officers, roles and the duty rota"

    def ready(self) -> None:
        """Let the OpenAPI description know how clients and browsers sign in."""
        from officers.api import schema  # noqa: F401 - registers itself; needs the models
