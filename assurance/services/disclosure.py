"""Making a disclosure pack: what is in it, for whom and why is on the trail before it leaves."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from assurance import events
from assurance.models import Disclosure
from assurance.pack.archive import build
from assurance.pack.gather import gather, gather_trail
from assurance.pack.redact import Redaction, holds, redact
from assurance.selectors.disclosures import get_disclosure
from core import trail
from core.checks import Complaints
from core.models import Access
from core.text import counted, cut, quoted, without_stop
from mispers.models import Incident
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission

LONGEST_PURPOSE, LONGEST_REASON, SHORTEST_REDACTION = 300, 200, 2


def disclose(
    *,
    reference: str,
    by: Officer,
    now: datetime,
    purpose: str,
    recipient: str,
    redactions: Sequence[Redaction] = (),
) -> Disclosure:
    """Make a pack of everything on one incident (DPA 2018 s.62 logs who, when, why and to whom).

    Exactly its bytes are kept with their digest, so that a pack shown later can be told from one
    that was changed. Raises Invalid, NotVisible or NotPermitted.
    """
    fields = Complaints(now)
    purpose = fields.line(
        "purpose", " ".join(purpose.split()), required="Say what the pack is for.",
        most=LONGEST_PURPOSE,
    )  # fmt: skip
    recipient = fields.line("recipient", recipient, required="Say who receives the pack.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.DISCLOSE) as incident:
        redactions = _checked(fields, redactions, incident)
        pack = Disclosure(
            incident=incident,
            purpose=purpose,
            recipient=recipient,
            redactions=[asdict(redaction) for redaction in redactions],
            made_by=by,
            made_at=now,
        )
        _fill(pack, redactions)
        _log(pack, by=by, now=now)
        _record(pack, redactions)
    return pack


def _fill(pack: Disclosure, redactions: Sequence[Redaction]) -> None:
    """Store the pack with its bytes and their digest."""
    pack.content = build(
        record=gather(pack.incident, pack.made_at),
        trail=gather_trail(pack.incident),
        made={
            "reference": pack.incident.reference,
            "purpose": pack.purpose,
            "recipient": pack.recipient,
            "made_by": str(pack.made_by),
            "made_at": pack.made_at,
            "redactions": len(redactions),
        },
        redactions=redactions,
    )
    pack.sha256 = hashlib.sha256(pack.content).hexdigest()
    pack.save(force_insert=True)


def _record(pack: Disclosure, redactions: Sequence[Redaction]) -> None:
    """The trail goes into later packs: what was taken out of this one must not come in by it."""
    purpose, recipient = redact([pack.purpose, pack.recipient], redactions)
    record(
        pack.incident,
        events.DISCLOSED,
        events.Disclosed(disclosure=pack.pk, sha256=pack.sha256),
        by=pack.made_by,
        now=pack.made_at,
        summary=f"{pack.made_by} made a disclosure pack for {without_stop(recipient)}. Purpose: "
        f"{quoted(purpose)} {counted(len(redactions), 'redaction')}.",
    )


def fetch_pack(*, reference: str, pk: int, by: Officer, now: datetime) -> Disclosure:
    """A pack that was made, with its bytes; that it was fetched is logged."""
    pack = get_disclosure(by, reference, pk)
    check_may(by, Permission.DISCLOSE, now)
    _log(pack, by=by, now=now)
    return pack


def _log(pack: Disclosure, *, by: Officer, now: datetime) -> None:
    trail.log_access(
        Access.Kind.DISCLOSURE,
        by=by,
        now=now,
        stream=pack.incident.reference,
        reason=cut(pack.purpose, 200),
        detail={"recipient": pack.recipient, "disclosure": pack.pk},
    )


def _checked(
    fields: Complaints, redactions: Sequence[Redaction], incident: Incident
) -> list[Redaction]:
    """The redactions, stripped; no reason may hold words that are taken out."""
    checked = []
    for number, redaction in enumerate(redactions):
        place = f"redactions[{number}]"
        text = fields.line(f"{place}.text", redaction.text)
        if len(text) < SHORTEST_REDACTION:
            fields.add(f"{place}.text", "too_short", "Give at least two characters to take out.")
        elif holds(incident.reference, text):
            message = "The incident's reference stands on every file and cannot be taken out."
            fields.add(f"{place}.text", "in_reference", message)
        reason = fields.line(
            f"{place}.reason", redaction.reason, required="Say why.", most=LONGEST_REASON
        )
        checked.append(Redaction(text, reason))
    for number, redaction in enumerate(checked):
        if any(holds(redaction.reason, other.text) for other in checked):
            message = "The reason repeats words that are taken out."
            fields.add(f"redactions[{number}].reason", "repeats_words", message)
    fields.check()
    return checked
