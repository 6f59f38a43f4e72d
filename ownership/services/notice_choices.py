"""An officer's own choices of how they are told, and the devices that they add."""

from datetime import datetime, time

from django.db import transaction

from core import trail
from core.errors import FieldError, Invalid, NotVisible
from officers.models import Officer
from ownership import events
from ownership.errors import PushOff, TooManyDevices
from ownership.models import NoticeChoices, PushDevice
from ownership.services import pushing

MOST_DEVICES = 10
OFF = "Notices to phones and browsers are not set up here. Ask whoever runs Mispers."


@transaction.atomic
def choose_notices(
    *,
    by: Officer,
    now: datetime,
    email: bool,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> NoticeChoices:
    """Keep whether low and medium risk also come by e-mail, and the hours in which they wait.

    Times are of the day in London. Raises Invalid at the field that lacks its other half.
    """
    missing = "Choose both ends of the quiet hours, or neither."
    if (quiet_from is None) != (quiet_until is None):
        raise Invalid.field("quiet_until" if quiet_from else "quiet_from", "needed", missing)
    if quiet_from is not None and quiet_from == quiet_until:
        raise Invalid.field("quiet_until", "same", "Quiet hours must end later than they start.")
    _lock(by)
    chosen, _ = NoticeChoices.objects.update_or_create(
        officer=by, defaults={"email": email, "quiet_from": quiet_from, "quiet_until": quiet_until}
    )
    how = "by e-mail and in the inbox" if email else "in the inbox alone"
    hours = f"quiet from {quiet_from:%H:%M} until {quiet_until:%H:%M}" if quiet_from else ""
    trail.record(
        events.NOTICES_CHOSEN,
        stream=notices_stream(by),
        bcu=by.bcu_id,
        by=by,
        now=now,
        summary=f"{by} is told of low and medium risk {how}, {hours or 'at any hour'}.",
        data=events.NoticesChosen(email=email, quiet_from=quiet_from, quiet_until=quiet_until),
    )
    return chosen


@transaction.atomic
def add_device(
    *, by: Officer, now: datetime, endpoint: str, p256dh: str, auth: str, label: str
) -> PushDevice:
    """Keep where and how to reach a browser that its officer has allowed to be told.

    One that another officer added on the same browser becomes this officer's: nobody else's
    notices appear on it. Raises Invalid for an address or keys that no push service gives.
    """
    if not pushing.is_on():
        raise PushOff(OFF)
    _check(endpoint, p256dh, auth)
    _lock(by)
    others = PushDevice.objects.filter(officer=by).exclude(endpoint=endpoint).count()
    if others >= MOST_DEVICES:
        raise TooManyDevices("You have ten devices already. Remove one first.")
    device, _ = PushDevice.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "officer": by, "p256dh": p256dh, "auth": auth, "label": label, "added_at": now,
        },
    )  # fmt: skip
    _record(events.DEVICE_ADDED, by, now, f"{by} added {label} to be told on.", device)
    return device


@transaction.atomic
def remove_device(*, device_id: int, by: Officer, now: datetime) -> None:
    """Send nothing more to one of the officer's own devices."""
    _lock(by)
    device = PushDevice.objects.filter(pk=device_id, officer=by).first()
    if device is None:
        raise NotVisible
    _record(events.DEVICE_REMOVED, by, now, f"{by} removed {device.label}.", device)
    device.delete()


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    wrong = []
    longest = PushDevice._meta.get_field("endpoint").max_length or 0
    if len(endpoint) > longest or not pushing.is_allowed(endpoint):
        wrong.append(
            FieldError("endpoint", "not_allowed", "This browser's push service is not one we use.")
        )
    if not pushing.are_keys(p256dh, auth):
        wrong.append(FieldError("p256dh", "no_key", "The browser's keys could not be read."))
    if wrong:
        raise Invalid(wrong)


def _record(
    what: trail.Kind[events.OfDevice], by: Officer, now: datetime, summary: str, device: PushDevice
) -> None:
    trail.record(
        what,
        stream=notices_stream(by),
        bcu=by.bcu_id,
        by=by,
        now=now,
        summary=summary,
        data=events.OfDevice(device=device.pk, label=device.label),
    )


def _lock(officer: Officer) -> None:
    """One change of an officer's choices at a time."""
    Officer.objects.select_for_update().get(pk=officer.pk)


def notices_stream(officer: Officer) -> str:
    """The trail of how an officer wished to be told."""
    return f"notices-{officer.pk}"
