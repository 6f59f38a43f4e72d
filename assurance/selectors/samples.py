"""Dip samples and the records in them, within the BCUs that the reader sees."""

from django.db.models import Count, Q, QuerySet

from assurance.models import DipSample, Review, ReviewDraft, SampleItem
from core.errors import NotVisible
from officers.models import Officer
from officers.selectors.visibility import Reader, bcus_seen_by


def samples_visible_to(reader: Reader) -> QuerySet[DipSample]:
    """Newest first, with `items_count` and `reviewed_count`."""
    seen = bcus_seen_by(reader)
    samples = DipSample.objects.select_related("bcu", "drawn_by")
    if seen is not None:
        samples = samples.filter(bcu__in=seen)
    return samples.annotate(
        items_count=Count("items"),
        reviewed_count=Count("items", filter=Q(items__review__isnull=False)),
    ).order_by("-drawn_at", "-pk")


def get_sample(reader: Reader, reference: str) -> DipSample:
    """The sample with its items and reviews, or NotVisible."""
    found = samples_visible_to(reader).filter(reference=reference)
    sample = found.prefetch_related(
        "items__incident__person",
        "items__incident__bcu",
        "items__review__reviewed_by",
        "items__review__answers",
        "items__review__findings__action__responsible",
    ).first()
    if sample is None:
        raise NotVisible
    return sample


def get_item(reader: Reader, pk: int) -> SampleItem:
    """One sampled record, or NotVisible."""
    seen = bcus_seen_by(reader)
    items = SampleItem.objects.select_related("incident__person", "incident__bcu", "sample__bcu")
    if seen is not None:
        items = items.filter(incident__bcu__in=seen)
    item = items.filter(pk=pk).first()
    if item is None:
        raise NotVisible
    return item


def review_of(item: SampleItem) -> Review | None:
    """The item's review with its answers and findings, read afresh; None while there is none."""
    return (
        Review.objects.select_related("reviewed_by")
        .prefetch_related("answers", "findings__action__responsible")
        .filter(item=item)
        .first()
    )


def draft_of(item: SampleItem, officer: Officer) -> ReviewDraft | None:
    """What this officer has typed so far."""
    return ReviewDraft.objects.filter(item=item, officer=officer).first()
