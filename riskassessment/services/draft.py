"""Keeping what is typed into the grading page, as it is typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mispers.selectors.incidents import get_incident
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from riskassessment.models import RiskDraft


def save_draft(
    *, reference: str, changes: Mapping[str, Sequence[str]], by: Officer, now: datetime
) -> RiskDraft:
    """Keep the changed fields, raw as typed, beside what was kept before; not on the trail."""
    with transaction.atomic():
        incident = get_incident(by, reference)
        check_may(by, Permission.ASSESS_RISK, now)
        RiskDraft.objects.bulk_create(
            [RiskDraft(officer=by, incident=incident, saved_at=now)], ignore_conflicts=True
        )
        draft = RiskDraft.objects.select_for_update().get(officer=by, incident=incident)
        draft.data = {**draft.data, **{name: list(values) for name, values in changes.items()}}
        draft.saved_at = now
        draft.save(update_fields=["data", "saved_at"])
        return draft
