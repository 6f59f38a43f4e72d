from django.apps import AppConfig


class MispersConfig(AppConfig):
    name = "mispers"
    verbose_name = "Missing-person incidents"
