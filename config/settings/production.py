"""A real deployment: behind a TLS proxy, secrets from the environment (docs/adr/0004)."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.base import ROOT


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set in the environment.")
    return value


def _listed(name: str) -> list[str]:
    return [part.strip() for part in _required(name).split(",") if part.strip()]


for _name in ("DATABASE_URL", "REDIS_URL"):
    _required(_name)

SECRET_KEY = _required("SECRET_KEY")
# Old keys keep sessions and links alive while the key is being changed.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = _listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DEBUG = False

# The proxy is the only way in (deploy/Caddyfile): it sets these headers itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
AXES_CLIENT_IP_CALLABLE = "config.proxy.client_address"

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-mispers-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = False  # The page's own scripts send it back on their requests.
CSRF_COOKIE_NAME = "__Host-mispers-csrf"

# Hashed names, so that a browser keeps a file for ever and never an old one.
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or ROOT / "staticfiles")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", DEFAULT_FROM_EMAIL)
