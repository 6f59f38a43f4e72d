"""The database itself holds the stage and the entries, whoever asks and however."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from core.models import Access, Event
from mispers.models import Incident
from mispers.models.entry import Entry
from mispers.rules.stages import MOVES, Move, Stage
from mispers.services import gateway
from tests.conftest import Unit
from tests.factories.endings import ask, locate, stage_of
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db

# Rows with a history of their own may change: their conclusion or outcome comes later.
CHANGING = {"Hypothesis", "ReturnInterview", "ClosureRequest"}
WRITTEN_ONCE: list[type[models.Model]] = [
    *(m for m in apps.get_app_config("mispers").get_models() if issubclass(m, Entry)),
    Event,
    Access,
]
WRITTEN_ONCE = [m for m in WRITTEN_ONCE if m.__name__ not in CHANGING]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def sql(statement: str, *values: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(act: Callable[[], object], why: str) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        act()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.PRE_48H])
def test_a_queryset_cannot_update_the_stage(stage: Stage, incident: Incident) -> None:
    refused(
        lambda: Incident.objects.filter(pk=incident.pk).update(stage=stage),
        "Invalid transition" if stage == Stage.CLOSED else "without its event",
    )
    assert stage_of(incident) == Stage.PRE_48H


@pytest.mark.parametrize("move", [m for m in MOVES if m.source == Stage.PRE_48H])
def test_raw_sql_cannot_make_even_a_legal_move(move: Move, incident: Incident) -> None:
    change = "UPDATE mispers_incident SET stage = %s WHERE id = %s"
    refused(
        lambda: sql(change, move.target.value, incident.pk),
        "without its event on the trail",
    )


def test_an_event_of_an_earlier_transaction_does_not_serve_again(
    cn: Unit, now: datetime, incident: Incident
) -> None:
    """The event must be of this very transaction: here one claims another writer."""
    forged = Event(
        stream_id=incident.reference,
        seq=99,
        kind="incident.stage_changed",
        at=now,
        recorded_at=now,
        actor_name="Nobody",
        summary="Claimed.",
        data={"from": "pre_48h", "to": "post_48h"},
        hash="0" * 64,
        writer=1,
    )

    def forge() -> None:
        forged.save(force_insert=True)
        Incident.objects.filter(pk=incident.pk).update(stage=Stage.POST_48H)

    refused(forge, "without its event")


def test_an_incident_starts_in_its_first_48_hours(incident: Incident) -> None:
    copy: dict[str, Any] = dict(Incident.objects.values().get(pk=incident.pk))
    copy.update(id=None, reference="CN-26-999999", stage=Stage.CLOSURE, source_reference="")
    refused(lambda: Incident(**copy).save(force_insert=True), "starts in its first 48 hours")


def test_an_incident_cannot_be_deleted(incident: Incident) -> None:
    refused(
        lambda: sql("DELETE FROM mispers_incident WHERE id = %s", incident.pk),
        "Cannot delete rows",
    )


@pytest.mark.parametrize("model", WRITTEN_ONCE, ids=lambda model: model.__name__)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE"])
def test_what_is_written_is_not_changed_or_deleted(
    model: type[models.Model], how: str, cn: Unit, now: datetime
) -> None:
    names = _triggers(model)
    assert any("append_only" in name for name in names), names
    definition = next(name for name in names if "append_only" in name)
    assert how in _trigger_definition(model, definition)


@pytest.mark.parametrize("model", WRITTEN_ONCE, ids=lambda model: model.__name__)
def test_a_table_of_evidence_cannot_be_emptied(model: type[models.Model]) -> None:
    refused(lambda: sql(f"TRUNCATE {model._meta.db_table} CASCADE"), "Cannot truncate")


def test_an_entry_and_its_event_are_refused_as_rows_too(
    cn: Unit, now: datetime, incident: Incident
) -> None:
    located = locate(incident, cn.frontline, now)
    refused(lambda: type(located).objects.filter(pk=located.pk).update(place="Elsewhere"), "Cannot")
    refused(
        lambda: sql("DELETE FROM mispers_located WHERE id = %s", located.pk),
        "Cannot update or delete",
    )
    event = Event.objects.filter(stream=incident.reference).latest("seq")
    refused(
        lambda: Event.objects.filter(pk=event.pk).update(summary="Nothing."),
        "Cannot update or delete",
    )
    refused(
        lambda: sql("DELETE FROM core_event WHERE id = %s", event.pk), "Cannot update or delete"
    )


def test_whoever_asked_is_refused_as_decider_by_the_database(
    cn: Unit, now: datetime, incident: Incident
) -> None:
    locate(incident, cn.frontline, now)
    request = ask(incident, cn.inspector, now)
    request.decision, request.decided_by, request.decided_at = "authorised", cn.inspector, now
    refused(request.save, "closure_decided_by_another")


def test_a_move_in_the_gateway_records_its_event_first(
    cn: Unit, now: datetime, incident: Incident
) -> None:
    with gateway.incident_for_change(incident.reference, by=None, now=now) as locked:
        event = gateway.move(locked, "pass_48h", by=None, now=now, summary="Passed.")
    assert event.data["from"] == "pre_48h"
    assert event.data["to"] == "post_48h"
    assert stage_of(incident) == Stage.POST_48H


def _triggers(model: type[models.Model]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
            [model._meta.db_table],
        )
        return [row[0] for row in cursor.fetchall()]


def _trigger_definition(model: type[models.Model], name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND tgname = %s",
            [model._meta.db_table, name],
        )
        return str(cursor.fetchone()[0])
