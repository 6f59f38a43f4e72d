"""Reviewing a sampled record in words; a finding becomes an action with an owner and a date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assurance import events
from assurance.models import Finding, Review, ReviewAnswer, SampleItem
from assurance.principles import PRINCIPLES
from core.errors import Conflict, FieldError, Invalid, NotPermitted, NotVisible
from mispers.selectors import incidents_visible_to
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.permissions import Permission
from ownership.models import Capacity, CustodyLink
from ownership.services.actions import set_action

LONGEST = 10_000


@dataclass(frozen=True)
class NewFinding:
    """What was found, and the work that follows: who is to do it, by when."""

    text: str
    responsible: Officer
    due_at: datetime


@transaction.atomic
def review_item(
    *,
    item_id: int,
    by: Officer,
    now: datetime,
    answers: Mapping[str, str],
    findings: Sequence[NewFinding] = (),
) -> Review:
    """Write the review of one sampled record: words for every principle, and what was found.

    A record is reviewed once, by somebody who never answered for it. Raises NotVisible,
    NotPermitted, Invalid (fields are the principles' names) or Conflict.
    """
    item = (
        SampleItem.objects.select_related("incident", "sample")
        .filter(pk=item_id, incident__in=incidents_visible_to(by))
        .first()
    )
    if item is None:
        raise NotVisible
    with incident_for_change(
        item.incident.reference, by=by, now=now, permission=Permission.DIP_SAMPLE
    ) as incident:
        _check_not_done(item)
        _check_independent(item, by)
        words = _checked(answers)
        review = Review.objects.create(item=item, reviewed_by=by, reviewed_at=now)
        ReviewAnswer.objects.bulk_create(
            ReviewAnswer(review=review, principle=principle, words=text)
            for principle, text in words.items()
        )
        record(
            incident,
            events.REVIEWED,
            by=by,
            now=now,
            summary=f"{by} reviewed the record in dip sample {item.sample.reference}: "
            f"{len(findings)} finding{'' if len(findings) == 1 else 's'}.",
            review=review.pk,
            sample=item.sample_id,
        )
    for number, finding in enumerate(findings):
        _make_work(review, item.incident.reference, finding, number, by, now)
    return review


def _make_work(
    review: Review, reference: str, finding: NewFinding, number: int, by: Officer, now: datetime
) -> None:
    if not finding.text.strip():
        raise Invalid.field(f"findings.{number}.text", "required", "Say what was found.")
    action = set_action(
        reference=reference,
        by=by,
        now=now,
        title=f"Dip sample: {finding.text.strip()}"[:200],
        detail=finding.text.strip(),
        responsible=finding.responsible,
        due_at=finding.due_at,
        after_closure=True,
    )
    made = Finding.objects.create(review=review, text=finding.text.strip(), action=action, made_at=now)
    record(
        action.incident,
        events.FOUND,
        by=by,
        now=now,
        summary=f"{by} found: {made.text} {finding.responsible} is to see to it.",
        finding=made.pk,
        action=action.pk,
    )


def _check_not_done(item: SampleItem) -> None:
    done = Review.objects.select_related("reviewed_by").filter(item=item).first()
    if done is not None:
        raise Conflict(
            f"{done.reviewed_by} reviewed it at {done.reviewed_at:%H:%M UTC on %d %b %Y}.",
            code="already_reviewed",
        )


def _check_independent(item: SampleItem, by: Officer) -> None:
    """Whoever owned the record does not review it."""
    if CustodyLink.objects.filter(
        incident=item.incident, officer=by, capacity=Capacity.OWNER
    ).exists():
        raise NotPermitted("You owned this incident: somebody else reviews it.")


def _checked(answers: Mapping[str, str]) -> dict[str, str]:
    words = {principle: answers.get(principle, "").strip() for principle in PRINCIPLES}
    errors = [
        FieldError(principle, "required", f"Answer in words: {PRINCIPLES[principle]}")
        for principle, text in words.items()
        if not text
    ]
    errors += [
        FieldError(principle, "too_long", f"Use at most {LONGEST:,} characters.")
        for principle, text in words.items()
        if len(text) > LONGEST
    ]
    unknown = set(answers) - set(PRINCIPLES)
    errors += [FieldError(name, "unknown_field", "There is no such principle.") for name in unknown]
    if errors:
        raise Invalid(errors)
    return words
