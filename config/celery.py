"""The Celery application: tasks of every app, scheduled by `CELERY_BEAT_SCHEDULE`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("mispers")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
