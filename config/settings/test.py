"""The test suite: servers of its own, careless of power cuts, and nothing else softened."""

import os
import secrets

import dj_database_url

from config import services
from config.embedded import template
from config.settings.base import *
from config.settings.base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
_sockets = services.sockets_for_tests()

SECRET_KEY = "known to everybody, and only good for tests"  # noqa: S105 - no secret
MISPERS_PUSH_KEY = secrets.token_urlsafe(32)
MISPERS_REFUSE_UNDECLARED_EVENTS = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or services.embedded_database_url(_sockets)
    )
}
if not os.environ.get("DATABASE_URL"):
    # Migrated already; what is left for Django to do is to look that nothing is missing.
    DATABASES["default"]["TEST"] = {"TEMPLATE": template.NAME}
CELERY_BROKER_URL = (
    services.redis_for_celery(os.environ["REDIS_URL"])
    if os.environ.get("REDIS_URL")
    else services.embedded_broker_url(_sockets)
)
# The workers of one run (gw0, gw1 and so on) share a broker, but neither a queue nor a cache.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
CELERY_TASK_DEFAULT_QUEUE = f"test-{_worker}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": services.redis_for_cache(
            CELERY_BROKER_URL, beside=1 + int(_worker.removeprefix("gw"))
        ),
    }
}

# Argon2 is slow on purpose; its own test asks for it by name.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
WHITENOISE_AUTOREFRESH = True

# A test that leaves a stream open does not leave the next one without a place.
MISPERS_STREAMS = 100
