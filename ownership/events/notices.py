"""Reminders and notices: raised, read or not; how an officer is reached."""

from dataclasses import dataclass
from datetime import datetime, time

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class Reminded(Payload):
    """rung: its name. told: the officers it reached."""

    deadline: int
    code: str
    rung: str
    due_at: datetime
    told: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Read(Payload):
    """What was read, and when it had been raised."""

    item: int
    raised_at: datetime


@dataclass(frozen=True, kw_only=True)
class Unread(Payload):
    """item: what nobody read. rung: its number on the ladder."""

    item: int | None
    rung: int | None
    told: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NoticesChosen(Payload):
    """The quiet hours, by the clock on the wall; both None for none."""

    email: bool
    quiet_from: time | None
    quiet_until: time | None


@dataclass(frozen=True, kw_only=True)
class OfDevice(Payload):
    """label: what its officer calls it."""

    device: int
    label: str


REMINDED = kind("reminder.raised", "Reminder raised", Reminded)
READ = kind("reminder.read", "Reminder or notice read", Read)
UNREAD = kind("reminder.unread", "Reminder not read: told further up", Unread)
NOTICES_CHOSEN = kind("notices.chosen", "Channels and quiet hours chosen", NoticesChosen)
DEVICE_ADDED = kind("notices.device_added", "Device added for notices", OfDevice)
DEVICE_REMOVED = kind("notices.device_removed", "Device removed from notices", OfDevice)
