"""The feed of events: all that happens within the caller's BCUs, and nothing jumped over."""

import time
from typing import Any

from django.db.models import BigIntegerField, Func, Q, QuerySet
from rest_framework import serializers

from core import trail
from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import Moment
from core.api.serializers import Output
from core.errors import Invalid
from core.models import Event

LONGEST_WAIT = 30  # seconds
PAUSE = 0.25  # seconds between two looks while a caller waits


class OldestRunning(Func):
    """The oldest transaction that has not ended: no event of an older one can still appear.

    Those of other databases on the same server are left out, since they write no event here: a long
    one there must not hold the feed back. One that the reader may not look into counts as ours.
    """

    template = """(
        SELECT coalesce(
            min(running::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        )
        FROM pg_snapshot_xip(pg_current_snapshot()) AS running
        WHERE NOT EXISTS (
            SELECT FROM pg_stat_activity
            WHERE backend_xid = running::xid AND datname <> current_database()
        )
    )"""
    arity = 0
    output_field = BigIntegerField()


class EventOut(Output):
    """An entry of the trail."""

    seq = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # REST says label
    at = Moment()
    recorded_at = Moment()
    actor = serializers.SerializerMethodField()
    client = serializers.CharField()
    summary = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # the contract names it data
    hash = serializers.CharField()

    def get_label(self, event: Event) -> str:
        """The kind in words."""
        known = trail.kinds().get(event.kind)
        return known.label if known else event.kind

    def get_actor(self, event: Event) -> dict[str, str | None]:
        """Who did it, with the name and rank of that day; the id is null for the clock."""
        actor = None if event.actor_id is None else str(event.actor_id)
        return {"id": actor, "name": event.actor_name, "rank": event.actor_rank}


class FeedEventOut(EventOut):
    """An event; its `cursor` is what to send as `after` to go on behind it."""

    cursor = serializers.SerializerMethodField()
    incident = serializers.CharField(source="stream_id", help_text="The record's reference.")
    bcu = serializers.CharField(source="stream.bcu")
    seq = serializers.IntegerField(help_text="Its number on that record.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Where it stands in the feed, then what any entry says."""
        fields = super().get_fields()
        return {name: fields[name] for name in ("cursor", "incident", "bcu", "seq", *fields)}

    def get_cursor(self, event: Event) -> str:
        """Its place in the feed; opaque."""
        return f"{event.writer}.{event.pk}"


class Events(Endpoint):
    """Every event in the caller's scope, in an order that never skips one.

    Read from the start or `after` a cursor, follow `next` to the end, then ask again `after` the
    last cursor; `wait` holds the answer until something happens. An event is told only once every
    transaction that began before its own has ended, so that a late commit is not jumped over.
    """

    resource = "events"

    @lists(
        FeedEventOut,
        filters={
            "after": serializers.RegexField(
                r"^[0-9]{1,18}\.[0-9]{1,18}$", help_text="The cursor of the last event you have."
            ),
            "incident": serializers.CharField(max_length=64, help_text="Only on this record."),
            "kind": serializers.CharField(max_length=64, help_text="Only of this kind."),
            "wait": serializers.IntegerField(
                min_value=0,
                max_value=LONGEST_WAIT,
                help_text="Seconds to wait where nothing has happened yet.",
            ),
        },
    )
    def get(self, call: Call) -> QuerySet[Event]:
        """Oldest first."""
        _check_kind(call.query.get("kind"))
        call.log_search(feed=call.request.META["QUERY_STRING"][:300])
        found = _told_to(call.by, **{k: v for k, v in call.query.items() if k != "wait"})
        _wait_for_one(found, seconds=call.query.get("wait", 0))
        return found


def _told_to(
    reader: Any, *, after: str = "", incident: str = "", kind: str = ""
) -> QuerySet[Event]:
    """The events behind a cursor that nothing earlier can come before any more."""
    found = (
        Event.objects.select_related("stream")
        .filter(writer__lt=OldestRunning())
        .order_by("writer", "pk")
    )
    seen = reader.bcus_seen()
    if seen is not None:
        found = found.filter(stream__bcu__in=seen)
    if incident:
        found = found.filter(stream=incident)
    if kind:
        found = found.filter(kind=kind)
    if after:
        writer, _, key = after.partition(".")
        # With the bound below, a smaller key counts only in a later transaction.
        found = found.filter(
            Q(writer__gt=int(writer)) | Q(pk__gt=int(key)),
            writer__gte=int(writer),
        )
    return found


def _wait_for_one(found: QuerySet[Event], *, seconds: int) -> None:
    """Look again and again until there is one; nothing is held open in the database meanwhile."""
    until = time.monotonic() + seconds
    while not found.exists() and time.monotonic() < until:
        time.sleep(PAUSE)


def _check_kind(code: str | None) -> None:
    if code is not None and code not in trail.kinds():
        raise Invalid.field("kind", "unknown_kind", "There is no such kind of event.")
