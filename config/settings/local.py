"""The demo and development: one machine, one person; debugs on request."""

import os

from config.secret import made_once
from config.settings.base import *
from config.settings.base import INSTALLED_APPS, VAR

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]

DEBUG = os.environ.get("MISPERS_DEBUG") == "1"
MISPERS_REFUSE_UNDECLARED_EVENTS = DEBUG
SECRET_KEY = made_once(VAR / "secret-key")
MISPERS_PUSH_KEY = made_once(VAR / "push-key", octets=32)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# Read from where they lie, so that nothing needs collecting; production has hashed names.
WHITENOISE_USE_FINDERS = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
