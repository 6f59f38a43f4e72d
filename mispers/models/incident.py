"""The incident: one report of one missing person, through its stages."""

from datetime import datetime

import pgtrigger
from django.db import models
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from core.london import day_of
from mispers.rules import reports
from mispers.rules.ages import may_be_childs
from mispers.rules.stages import MOVES, Outcome, Stage

_LEGAL = sorted({(move.source.value, move.target.value) for move in MOVES})

# A stage is changed only together with its entry on the trail: the database looks for the event
# that this same transaction wrote, so neither QuerySet.update() nor psql can move it silently.
_NEEDS_EVENT = """
    IF NOT EXISTS (
        SELECT 1 FROM core_event
        WHERE stream_id = NEW.reference AND kind = 'incident.stage_changed'
          AND writer = pg_current_xact_id()::text::bigint
          AND data->>'from' = OLD.stage AND data->>'to' = NEW.stage
    ) THEN
        RAISE EXCEPTION 'stage of % cannot change from % to % without its event on the trail',
            OLD.reference, OLD.stage, NEW.stage;
    END IF;
    RETURN NEW;
"""
_STARTS_AT_PRE_48H = """
    IF NEW.stage <> 'pre_48h' THEN
        RAISE EXCEPTION 'an incident starts in its first 48 hours, not in %', NEW.stage;
    END IF;
    RETURN NEW;
"""


class Incident(models.Model):
    """A missing-person incident, addressed by its reference (such as CN-26-000123).

    reported_at: when the person was first reported missing, anywhere; recorded_at: when it was
    logged here; boundary_48h_at: when the clock passes it to the Missing Persons Unit.
    version counts changes and is what If-Match compares. stage moves by services alone.
    """

    MissingFrom = reports.MissingFrom

    reference = models.CharField(max_length=16, unique=True)
    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="incidents")
    person = models.ForeignKey("mispers.Person", on_delete=models.PROTECT, related_name="incidents")
    stage = FSMField(choices=Stage, default=Stage.PRE_48H, protected=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)

    informant_name = models.CharField(max_length=120, blank=True)
    informant_relationship = models.CharField(max_length=80, blank=True)
    informant_phone = models.CharField(max_length=40, blank=True)
    informant_unknown = models.BooleanField(default=False)

    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_seen_place = models.CharField(max_length=300, blank=True)
    circumstances = models.TextField()
    missing_from = models.CharField(max_length=12, choices=MissingFrom, default=MissingFrom.OTHER)

    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    boundary_48h_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    source_system = models.CharField(max_length=40, blank=True)
    source_reference = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="incident_stage_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(outcome__in=Outcome.values),
                name="incident_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.CLOSED, closed_at__isnull=False)
                & ~models.Q(outcome="")
                | ~models.Q(stage=Stage.CLOSED) & models.Q(closed_at__isnull=True),
                name="incident_closed_with_when_and_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(reported_at__lte=models.F("recorded_at")),
                name="incident_reported_before_recorded",
            ),
            models.CheckConstraint(
                condition=models.Q(last_seen_at__isnull=True)
                | models.Q(last_seen_at__lte=models.F("reported_at")),
                name="incident_last_seen_before_report",
            ),
            models.CheckConstraint(
                condition=models.Q(informant_unknown=True) | ~models.Q(informant_name=""),
                name="incident_informant_named_or_unknown",
            ),
            models.CheckConstraint(
                condition=~models.Q(circumstances=""), name="incident_has_circumstances"
            ),
            models.UniqueConstraint(
                fields=["source_system", "source_reference"],
                condition=~models.Q(source_reference=""),
                name="incident_once_per_source",
            ),
        ]
        indexes = [
            models.Index(
                fields=["bcu", "-reported_at"],
                condition=~models.Q(stage=Stage.CLOSED),
                name="incident_open_by_bcu",
            ),
            models.Index(
                fields=["boundary_48h_at"],
                condition=models.Q(stage=Stage.PRE_48H),
                name="incident_boundary_due",
            ),
            models.Index(fields=["bcu", "-reported_at", "-id"], name="incident_by_bcu"),
            models.Index(fields=["person", "-reported_at"], name="incident_by_person"),
            models.Index(
                fields=["person"],
                condition=~models.Q(stage=Stage.CLOSED),
                name="incident_open_by_person",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_stage_moves", field="stage", transitions=_LEGAL),
            pgtrigger.Trigger(
                name="stage_needs_event",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.stage IS DISTINCT FROM NEW.stage"),
                func=_NEEDS_EVENT,
            ),
            pgtrigger.Trigger(
                name="starts_at_pre_48h",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_STARTS_AT_PRE_48H,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether somebody still answers for finding the person."""
        return bool(self.stage != Stage.CLOSED)

    @property
    def age_at_report(self) -> int | None:
        """The person's age on the day of the report in London; None when nobody knows it."""
        return self.person.age_on(day_of(self.reported_at))

    @property
    def may_be_child(self) -> bool:
        """Whether the person was under 18 on the day of the report, or may have been."""
        return may_be_childs(self.age_at_report)

    def stage_by_clock(self, now: datetime) -> Stage:
        """Which side of the 48-hour boundary a refused or reopened incident belongs to."""
        return Stage.POST_48H if now >= self.boundary_48h_at else Stage.PRE_48H

    @transition(field=stage, source=Stage.PRE_48H, target=Stage.POST_48H)
    def pass_48h(self) -> None:
        """The clock passed the boundary."""

    @transition(field=stage, source=[Stage.PRE_48H, Stage.POST_48H], target=Stage.CLOSURE)
    def enter_closure(self) -> None:
        """The person was located, or shown not to be missing."""

    @transition(field=stage, source=Stage.CLOSURE, target=Stage.CLOSED)
    def authorise_closure(self, *, outcome: Outcome, closed_at: datetime) -> None:
        """An inspector authorised closure."""
        self.outcome = outcome
        self.closed_at = closed_at

    @transition(field=stage, source=Stage.CLOSURE, target=Stage.PRE_48H)
    def refuse_closure_to_pre_48h(self) -> None:
        """An inspector refused closure before the boundary."""

    @transition(field=stage, source=Stage.CLOSURE, target=Stage.POST_48H)
    def refuse_closure_to_post_48h(self) -> None:
        """An inspector refused closure after the boundary."""

    @transition(field=stage, source=Stage.CLOSED, target=Stage.PRE_48H)
    def reopen_to_pre_48h(self) -> None:
        """Reopened before the boundary of the new report."""
        self.outcome, self.closed_at = "", None

    @transition(field=stage, source=Stage.CLOSED, target=Stage.POST_48H)
    def reopen_to_post_48h(self) -> None:
        """Reopened after the boundary of the new report."""
        self.outcome, self.closed_at = "", None


class IncidentLink(models.Model):
    """That one incident belongs with another: the same person before, or the same report twice."""

    class Kind(models.TextChoices):
        PREVIOUS = "previous", "Earlier incident of the same person"
        LINKED = "linked", "Linked"
        DUPLICATE = "duplicate", "The same report"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=Kind)
    made_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "other"], name="incident_linked_once"),
            models.CheckConstraint(
                condition=~models.Q(incident=models.F("other")), name="incident_not_linked_to_self"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.other_id}"
