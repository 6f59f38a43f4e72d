"""Reads of reports being written; each is seen by its author alone."""

import uuid

from django.db.models import QuerySet

from core.errors import NotVisible
from mispers.models import ReportDraft
from officers.models import Officer


def open_drafts_of(officer: Officer) -> QuerySet[ReportDraft]:
    """Reports the officer has begun and not logged, the last saved first."""
    return ReportDraft.objects.filter(officer=officer, incident__isnull=True)


def own_draft(officer: Officer, pk: uuid.UUID) -> ReportDraft:
    """The officer's draft, logged or not. Raises NotVisible for anybody else's."""
    draft = ReportDraft.objects.select_related("incident").filter(pk=pk, officer=officer).first()
    if draft is None:
        raise NotVisible
    return draft
