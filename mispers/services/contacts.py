"""Contact with the family (FAM-1), and other bodies told (CIRC-1, CIRC-2, CHILD-1)."""

from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import FamilyContact, Notification
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


def record_family_contact(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    contact_with: str,
    made_by: str,
    at: datetime,
    text: str,
    next_due_at: datetime | None = None,
) -> FamilyContact:
    """Record a contact with the family, and when they expect the next.

    On a closed record what the family says belongs in the log, where an inspector answers it.
    Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    contact_with = wrong.line("contact_with", contact_with, required="Say who was spoken to.")
    made_by = wrong.line("made_by", made_by, required="Say who made the contact.")
    text = wrong.text("text", text, required="Say what was said.")
    at = wrong.past("at", at, required="Say when.") or now
    if next_due_at is not None and next_due_at <= at:
        wrong.add("next_due_at", "too_early", "The next contact is due after this one.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        wrong.check()
        contact = FamilyContact.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            contact_with=contact_with,
            made_by=made_by,
            at=at,
            text=text,
            next_due_at=next_due_at,
        )
        due = f" The next contact is due by {at_time(next_due_at)}." if next_due_at else ""
        record(
            incident,
            events.FAMILY_CONTACTED,
            events.FamilyContacted(contact=contact.pk, next_due_at=next_due_at),
            by=by,
            now=now,
            at=at,
            summary=(
                f"{without_stop(made_by)} spoke with {without_stop(contact_with)} on "
                f"{at_time(at)}: {quoted(text)}{due}"
            ),
        )
    return contact


def record_notification(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    to: str,
    at: datetime,
    notification_reference: str = "",
) -> Notification:
    """Record that another body was told, with its reference. Also after closure.

    Raises Invalid.
    """
    wrong = Complaints(now)
    wrong.one_of("to", to, Notification.To.values)
    at = wrong.past("at", at, required="Say when they were told.") or now
    theirs = wrong.line("notification_reference", notification_reference, most=120)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        wrong.check()
        notification = Notification.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, to=to, at=at, reference=theirs
        )
        under = f" Their reference is {without_stop(theirs)}." if theirs else ""
        record(
            incident,
            events.NOTIFIED,
            events.Notified(notification=notification.pk, to=to),
            by=by,
            now=now,
            at=at,
            summary=(
                f"{by} recorded that this was told on {at_time(at)} to: "
                f"{notification.get_to_display()}.{under}"
            ),
        )
    return notification
