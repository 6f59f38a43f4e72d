"""E-mail about notices: one message for all that goes to a person, most urgent first.

No name of a missing person leaves by e-mail: a reference and what is due.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from mispers.rules.codes import due_of
from ownership.models import Delivery, InboxItem
from ownership.rules.rungs import Rung

HIGH, OTHER = "High risk, or not graded yet", "Medium and low risk"


def send_email(deliveries: Sequence[Delivery], now: datetime) -> None:
    """Send one message about all of them; raises what the mail server's library raises."""
    first = deliveries[0].item
    more = f" and {len(deliveries) - 1} more" if len(deliveries) > 1 else ""
    EmailMessage(
        subject=f"{_about(first)}: {what_may_leave(first)}{more}",
        body=_body([each.item for each in deliveries]),
        to=[deliveries[0].officer.email],
    ).send()


def _body(items: Sequence[InboxItem]) -> str:
    """Grouped by urgency where there are both; each with its own link."""
    urgent = [item for item in items if item.urgent]
    other = [item for item in items if not item.urgent]
    groups = [(HIGH, urgent), (OTHER, other)] if urgent and other else [("", items)]
    parts = []
    for heading, group in groups:
        if heading:
            parts.append(f"{heading}\n{'-' * len(heading)}\n")
        parts += [f"{_about(item)}: {what_may_leave(item)}\n{link_to(item)}\n" for item in group]
    parts.append(f"Everything you have been told: {settings.MISPERS_URL}{reverse('inbox')}\n")
    return "\n".join(parts)


def what_may_leave(item: InboxItem) -> str:
    """What may leave by e-mail: the protocol's words of a reminder, a notice without the name.

    What somebody typed, such as an action's title, stays inside: it may name anybody.
    """
    if item.deadline is not None and item.rung is not None:
        code, begins = item.deadline.code, Rung(item.rung).label
        if item.kind == InboxItem.Kind.UNREAD:
            begins = "A reminder has not been read"
        return f"{begins}: {due_of(code).title} ({code})"
    words = item.title
    if item.incident is not None:
        person = item.incident.person
        for name in filter(None, (person.name, person.family_name, person.given_name)):
            words = words.replace(name, "…")
    return words


def link_to(item: InboxItem) -> str:
    """Straight to the thing; following it counts as reading the notice."""
    return f"{settings.MISPERS_URL}{reverse('inbox-follow', args=[item.pk])}"


def _about(item: InboxItem) -> str:
    return item.incident.reference if item.incident else "Mispers"
