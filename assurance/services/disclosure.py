"""Making a disclosure pack: what is in it, for whom and why is on the trail before it leaves."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from assurance import events
from assurance.models import Disclosure
from assurance.pack.archive import build
from assurance.pack.gather import gather, gather_trail
from assurance.pack.redact import Redaction
from core import trail
from core.errors import FieldError, Invalid
from core.models import Access
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.permissions import Permission

LONGEST_PURPOSE, LONGEST_RECIPIENT, SHORTEST_REDACTION = 300, 200, 2


@dataclass(frozen=True)
class Pack:
    """The pack's bytes with the row that says it was made."""

    disclosure: Disclosure
    content: bytes

    @property
    def filename(self) -> str:
        """A name that says what it is and nothing about the person."""
        return f"{self.disclosure.incident.reference}-disclosure-{self.disclosure.pk}.zip"


def disclose(
    *,
    reference: str,
    by: Officer,
    now: datetime,
    purpose: str,
    recipient: str,
    redactions: Sequence[Redaction] = (),
) -> Pack:
    """Make a pack of everything on one incident (DPA 2018 s.62 logs who, when, why and to whom).

    The digest of exactly these bytes is recorded, so that a pack shown later can be told from one
    that was changed. Raises Invalid, NotVisible or NotPermitted.
    """
    _check(purpose, recipient, redactions)
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.DISCLOSE
    ) as incident:
        made = {
            "reference": incident.reference,
            "purpose": purpose.strip(),
            "recipient": recipient.strip(),
            "made_by": str(by),
            "made_at": now,
            "redactions": len(redactions),
        }
        content = build(
            record=gather(incident, now),
            trail=gather_trail(incident),
            made=made,
            redactions=redactions,
        )
        disclosure = Disclosure.objects.create(
            incident=incident,
            purpose=purpose.strip(),
            recipient=recipient.strip(),
            redactions=[asdict(redaction) for redaction in redactions],
            made_by=by,
            made_at=now,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        trail.log_access(
            Access.Kind.DISCLOSURE,
            by=by,
            now=now,
            stream=incident.reference,
            reason=purpose.strip()[:200],
            detail={"recipient": recipient.strip(), "disclosure": disclosure.pk},
        )
        record(
            incident,
            events.DISCLOSED,
            by=by,
            now=now,
            summary=f"{by} made a disclosure pack for {recipient.strip()}: {purpose.strip()} "
            f"{len(redactions)} redaction{'' if len(redactions) == 1 else 's'}.",
            disclosure=disclosure.pk,
            sha256=disclosure.sha256,
        )
    return Pack(disclosure, content)


def _check(purpose: str, recipient: str, redactions: Sequence[Redaction]) -> None:
    errors = []
    for field, value, longest, asks in (
        ("purpose", purpose, LONGEST_PURPOSE, "Say what the pack is for."),
        ("recipient", recipient, LONGEST_RECIPIENT, "Say who receives the pack."),
    ):
        if not value.strip():
            errors.append(FieldError(field, "required", asks))
        elif len(value.strip()) > longest:
            errors.append(FieldError(field, "too_long", f"Use at most {longest} characters."))
    for number, redaction in enumerate(redactions):
        if len(redaction.text.strip()) < SHORTEST_REDACTION:
            message = "Give at least two characters to take out."
            errors.append(FieldError(f"redactions.{number}.text", "too_short", message))
        if not redaction.reason.strip():
            message = "Say why it is taken out."
            errors.append(FieldError(f"redactions.{number}.reason", "required", message))
    if errors:
        raise Invalid(errors)
