"""Settings that hold in every mode. What differs by mode is in the sibling modules."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from config import services
from core.london import LONDON

# So that annotations such as QuerySet[Incident] also hold at run time.
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[2]
VAR = services.var_dir(ROOT)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.humanize",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_fsm",
    "simple_history",
    "pgtrigger",
    "axes",
    "csp",
    # The house, in the order in which one room may import another (import-linter holds it).
    "core",
    "officers",
    "mispers",
    "riskassessment",
    "ownership",
    "assurance",
    "config.apps.HouseConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.NotStoredMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.KeptPostMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "core.middleware.UnstorableAddressMiddleware",
    "core.middleware.PhrasesKeptMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "officers.presenters.every_page.signed_in_officer",
                "core.context.present_moment",
                "core.context.csrf_cookie",
            ],
            "builtins": ["core.templatetags.house", "core.templatetags.components"],
        },
    }
]
FORM_RENDERER = "core.forms.HouseRenderer"

DATABASES = {"default": dj_database_url.parse(services.database_url(ROOT), conn_max_age=60)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = services.broker_url(ROOT)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

# What all web processes count together: the API's requests a minute.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": services.redis_for_cache(CELERY_BROKER_URL),
    }
}

AUTH_USER_MODEL = "officers.Officer"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "my-work"
LOGOUT_REDIRECT_URL = "sign-in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "officers/locked_out.html"
AXES_RESET_ON_SUCCESS = True

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = LONDON.key
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

# The design systems' CSS asks for /assets/…: served there, the manifest can rewrite it.
STATIC_URL = "/assets/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "officers.api.authentication.ClientAuthentication",
        "officers.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.SignedInWithScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.Json"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.HouseSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttling.PerClient"],
    "DEFAULT_THROTTLE_RATES": {"client": "600/min"},
    "EXCEPTION_HANDLER": "core.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
    # `?format=` is an unknown parameter like any other.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Mispers",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Choices stay at their field: shared enums would take their names from chance.
    "POSTPROCESSING_HOOKS": ["core.api.schema.without_marks"],
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "officers.Client"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "SCOPES_BACKEND_CLASS": "officers.rules.scopes.ResourceScopes",
    # Tokens are kept as digests and taken from the header alone (RFC 9700).
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    # Client credentials are the only grant; what the others allow by default is off as well.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}

DEFAULT_FROM_EMAIL = "mispers@localhost"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Messages carry references and ids, never names or what was typed: logs are not the record.
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

# Whether consulting a record demands a typed reason (DPA 2018 s.62; the law is changing).
MISPERS_REASON_MANDATORY = False

# Where links in e-mails lead, and where the daily roots of the trail are printed.
MISPERS_URL = os.environ.get("MISPERS_URL", "http://127.0.0.1:8000")
MISPERS_SEALS = Path(os.environ.get("MISPERS_SEALS", VAR / "seals"))

# How long a worker may take over one message before another takes it for dead and sends again.
MISPERS_DELIVERY_LEASE = timedelta(minutes=2)

# Web push: the key we sign with (32 octets, base64url; empty turns it off), and the only services
# that we may be asked to call. "*." stands for any name under a domain.
MISPERS_PUSH_KEY = os.environ.get("MISPERS_PUSH_KEY", "")
MISPERS_PUSH_HOSTS = [
    host.strip()
    for host in os.environ.get(
        "MISPERS_PUSH_HOSTS",
        "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com",
    ).split(",")
]
# A whole grading page, each of its thirty answers too long by far, comes back with every word.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A file is measured while it arrives, and never written to disk.
FILE_UPLOAD_HANDLERS = ["core.files.uploads.MeasuredUploadHandler"]

# Whether an event is refused that a reaction records without having declared it: so tests find it
# out. Otherwise it is only logged: no report is refused because a list is behind the code.
MISPERS_REFUSE_UNDECLARED_EVENTS = False

# How many pages one web process keeps told at once. Each takes a thread, so about half of them.
MISPERS_STREAMS = int(os.environ.get("MISPERS_STREAMS", "4"))

CELERY_BEAT_SCHEDULE = {
    "reminders": {"task": "ownership.tasks.raise_reminders", "schedule": 20},
    "shifts": {"task": "ownership.tasks.watch_changes_of_shift", "schedule": 60},
    "boundary": {"task": "mispers.tasks.pass_48h_boundaries", "schedule": 60},
    "post": {"task": "ownership.tasks.sweep_post", "schedule": 20},
    "standards": {"task": "assurance.tasks.evaluate_what_time_changed", "schedule": 60},
    "rota-gaps": {"task": "officers.tasks.note_rota_gaps", "schedule": 15 * 60},
    "seal": {"task": "core.tasks.seal_trail", "schedule": crontab(hour=0, minute=5)},
    "kept-answers": {"task": "core.tasks.purge_kept_answers", "schedule": crontab(minute=30)},
    "tokens": {"task": "core.tasks.forget_expired_tokens", "schedule": crontab(minute=45)},
}
