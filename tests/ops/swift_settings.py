"""The settings of the processes that a test kills: a beat of seconds, e-mail into files."""

import os
from datetime import timedelta

from config.settings.test import *

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["MISPERS_TEST_MAIL"]
MISPERS_DELIVERY_LEASE = timedelta(seconds=4)
CELERY_BEAT_SCHEDULE = {
    "reminders": {"task": "ownership.tasks.raise_reminders", "schedule": 1},
    "post": {"task": "ownership.tasks.sweep_post", "schedule": 1},
}
