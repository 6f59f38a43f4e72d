"""Makes the Celery application the current one wherever Django runs."""

from django.apps import AppConfig

from config import celery


class HouseConfig(AppConfig):
    """Not an app with models: tasks sent from a web process need to know where the broker is."""

    name = "config"
    verbose_name = "The house"
    celery = celery.app
