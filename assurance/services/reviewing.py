"""Reviewing a sampled record in words; a finding becomes an action with an owner and a date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assurance import events
from assurance.errors import AlreadyReviewed
from assurance.models import Finding, Review, ReviewAnswer, ReviewDraft, SampleItem
from assurance.permissions import check_independent
from assurance.rules.principles import PRINCIPLES
from assurance.selectors.samples import get_item, review_of
from core.checks import LONGEST_LINE, Complaints
from core.text import at_time, counted, cut, quoted, without_stop
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from ownership.models import Action
from ownership.services.actions import NewAction, set_action


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
    NotPermitted, Invalid (fields are the principles' names and findings[n].field) or Conflict.
    """
    item = get_item(by, item_id)
    with incident_for_change(
        item.incident.reference, by=by, now=now, permission=Permission.DIP_SAMPLE
    ) as incident:
        _check_not_done(item)
        check_independent(by, item.incident)
        words, texts = _checked(answers, findings, now)
        review = Review.objects.create(item=item, reviewed_by=by, reviewed_at=now)
        ReviewAnswer.objects.bulk_create(
            ReviewAnswer(review=review, principle=principle, words=text)
            for principle, text in words.items()
        )
        record(
            incident,
            events.REVIEWED,
            events.Reviewed(review=review.pk, sample=item.sample_id),
            by=by,
            now=now,
            summary=f"{by} reviewed the record in dip sample {item.sample.reference}: "
            f"{counted(len(findings), 'finding')}.",
        )
        _make_work(review, texts, findings, by, now)
        ReviewDraft.objects.filter(item=item, officer=by).delete()
    return review


@transaction.atomic
def save_draft(
    *, item_id: int, by: Officer, now: datetime, changes: Mapping[str, Sequence[str]]
) -> None:
    """Keep what has been typed, raw. Raises NotVisible, NotPermitted, or Conflict once done."""
    item = get_item(by, item_id)
    check_may(by, Permission.DIP_SAMPLE, now)
    _check_not_done(item)
    draft, _ = ReviewDraft.objects.select_for_update().get_or_create(
        item=item, officer=by, defaults={"saved_at": now}
    )
    draft.data = {**draft.data, **{name: list(values) for name, values in changes.items()}}
    draft.saved_at = now
    draft.save(update_fields=["data", "saved_at"])


def _make_work(
    review: Review,
    texts: Sequence[str],
    findings: Sequence[NewFinding],
    by: Officer,
    now: datetime,
) -> None:
    """One action a finding; what is wrong with any of them is said of all together."""
    wrong = Complaints(now)
    for number, (text, finding) in enumerate(zip(texts, findings, strict=True)):
        with wrong.row("findings", number).gathering():
            _make_finding(review, text, finding, by, now)
    wrong.check()


def _make_finding(
    review: Review, text: str, finding: NewFinding, by: Officer, now: datetime
) -> None:
    action = _set_action(review, text, finding, by, now)
    made = Finding.objects.create(review=review, text=text, action=action, made_at=now)
    record(
        action.incident,
        events.FOUND,
        events.Found(finding=made.pk, action=action.pk),
        by=by,
        now=now,
        summary=f"{by} found: {quoted(text)} {finding.responsible} is to see to it by "
        f"{without_stop(at_time(finding.due_at))}.",
    )


def _set_action(
    review: Review, text: str, finding: NewFinding, by: Officer, now: datetime
) -> Action:
    return set_action(
        reference=review.item.incident.reference,
        action=NewAction(
            title=cut(f"Dip sample: {text}", LONGEST_LINE),
            detail=text,
            responsible=finding.responsible,
            due_at=finding.due_at,
        ),
        by=by,
        now=now,
        after_closure=True,
    )


def _check_not_done(item: SampleItem) -> None:
    done = review_of(item)
    if done is not None:
        raise AlreadyReviewed(
            f"{done.reviewed_by} reviewed this record on {at_time(done.reviewed_at)}."
        )


def _checked(
    answers: Mapping[str, str], findings: Sequence[NewFinding], now: datetime
) -> tuple[dict[str, str], list[str]]:
    """The words for each principle and of each finding, stripped; Invalid names what is wrong."""
    fields = Complaints(now)
    words = {
        name: fields.text(name, answers.get(name, ""), required=f"Answer in words: {question}")
        for name, question in PRINCIPLES.items()
    }
    for name in sorted(set(answers) - set(PRINCIPLES)):
        fields.add(name, "unknown_field", "There is no such principle.")
    texts = [
        fields.text(f"findings[{number}].text", finding.text, required="Say what was found.")
        for number, finding in enumerate(findings)
    ]
    fields.check()
    return words, texts
