"""The responsibility chains of an incident: points in time at which somebody took it on.

A period has no end column. It ends where the next begins, so that neither a gap nor an overlap can
be written down. `Holding` is who holds it now, kept by the database itself from the links.
"""

import pgtrigger
from django.db import models

from core.db.protection import never_erased


class Capacity(models.TextChoices):
    """In what capacity somebody answers for an incident."""

    OWNER = "owner", "Owner"
    INSPECTOR = "inspector", "Inspector"


class Basis(models.TextChoices):
    """What made somebody the holder."""

    REPORTED = "reported", "On duty when it was reported"
    ACCEPTED = "accepted", "Accepted a handover"
    REOPENED = "reopened", "On duty when it was reopened"
    SET = "set", "Named when the action was set"
    REASSIGNED = "reassigned", "Reassigned"


class Link(models.Model):
    """A point of any chain: from taken_at (UTC) on, the officer answers."""

    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    basis = models.CharField(max_length=12, choices=Basis)
    is_fallback = models.BooleanField(
        default=False, help_text="The rota had a gap and the BCU's fallback officer stepped in."
    )

    class Meta:
        abstract = True


_ONLY_FORWARD = """
    IF EXISTS (
        SELECT 1 FROM ownership_custodylink l
        WHERE l.incident_id = NEW.incident_id AND l.capacity = NEW.capacity
          AND l.taken_at >= NEW.taken_at
    ) THEN
        RAISE EXCEPTION 'a chain only grows forward: % of incident % is already held at %',
            NEW.capacity, NEW.incident_id, NEW.taken_at;
    END IF;
    RETURN NEW;
"""
_KEEP_HOLDING = """
    INSERT INTO ownership_holding (incident_id, capacity, officer_id, since, link_id)
    VALUES (NEW.incident_id, NEW.capacity, NEW.officer_id, NEW.taken_at, NEW.id)
    ON CONFLICT (incident_id, capacity) DO UPDATE
        SET officer_id = EXCLUDED.officer_id, since = EXCLUDED.since, link_id = EXCLUDED.link_id;
    RETURN NEW;
"""

_ONLY_WHAT_WAS_ACCEPTED = """
    IF NOT EXISTS (
        SELECT 1 FROM ownership_handoveritem i
        WHERE i.id = NEW.handover_item_id AND i.state = 'accepted'
          AND i.decided_by_id = NEW.officer_id
          AND i.incident_id = NEW.incident_id AND i.capacity = NEW.capacity
    ) THEN
        RAISE EXCEPTION 'nobody holds what they did not accept: % of incident %',
            NEW.capacity, NEW.incident_id;
    END IF;
    RETURN NEW;
"""


class CustodyLink(Link):
    """One point of an incident's owner or inspector chain (OWN-1, OWN-2)."""

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="custody"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    handover_item = models.ForeignKey(
        "ownership.HandoverItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links",
    )

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "capacity", "taken_at"], name="custody_one_holder_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__in=Capacity.values), name="custody_capacity_known"
            ),
            models.UniqueConstraint(fields=["handover_item"], name="custody_accepted_once"),
        ]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="only_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ONLY_FORWARD,
            ),
            pgtrigger.Trigger(
                name="keep_holding",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_HOLDING,
            ),
            pgtrigger.Trigger(
                name="only_what_was_accepted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.basis = 'accepted'"),
                func=_ONLY_WHAT_WAS_ACCEPTED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} from {self.taken_at:%Y-%m-%d %H:%M}"


class Holding(models.Model):
    """Who holds an incident now in each capacity: written only by the trigger on CustodyLink."""

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="holdings"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="holdings"
    )
    since = models.DateTimeField()
    link = models.ForeignKey(CustodyLink, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "capacity"], name="holding_one_holder"),
        ]
        indexes = [models.Index(fields=["officer", "capacity"], name="holding_by_officer")]
        triggers = [
            pgtrigger.Trigger(
                name="only_from_links",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("pg_trigger_depth() < 1"),
                func="RAISE EXCEPTION 'a holding follows from the chain and is not written alone';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.capacity} since {self.since:%Y-%m-%d %H:%M}"
