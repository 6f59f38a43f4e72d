"""The room of invented data."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Commands that fill a database with people who do not exist."""

    name = "demo"
    verbose_name = "Invented data"
