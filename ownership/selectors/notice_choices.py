"""Reads of how an officer is told."""

from django.db.models import QuerySet

from officers.models import Officer
from ownership.models import NoticeChoices, PushDevice

# The first that a browser's own description of itself names; the more particular stand first.
_BROWSERS = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def notice_choices_of(officer: Officer) -> NoticeChoices:
    """What the officer chose; the defaults, not stored, before they did."""
    return NoticeChoices.objects.filter(officer=officer).first() or NoticeChoices(officer=officer)


def devices_of(officer: Officer) -> QuerySet[PushDevice]:
    """The officer's devices, first added first."""
    return PushDevice.objects.filter(officer=officer)


def device_label(user_agent: str) -> str:
    """A browser and its system in words, from how it describes itself: “Chrome on Android”."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "an unknown system")
    return f"{browser} on {system}"
