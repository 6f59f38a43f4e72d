"""What every template may ask for."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from core import clock


def present_moment(request: HttpRequest) -> dict[str, datetime]:
    """One `now` for a whole page: its parts agree, and its scripts know the server's time."""
    return {"now": clock.now()}


def csrf_cookie(request: HttpRequest) -> dict[str, str]:
    """Where the page's scripts find the token that their posts bring along."""
    return {"csrf_cookie": settings.CSRF_COOKIE_NAME}
