"""What every template may ask for."""

from datetime import datetime

from django.http import HttpRequest

from core import clock


def present_moment(request: HttpRequest) -> dict[str, datetime]:
    """One `now` for a whole page, so that its parts agree."""
    return {"now": clock.now()}
