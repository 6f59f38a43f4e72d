"""No free text of a record is left out: on no page, in no body over REST, in no column.

What is new fails here until it is looked at, or named below with why it is not.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model, TextField
from django.urls import get_resolver
from rest_framework import serializers

from core import trail
from core.api.fields import Paragraphs
from core.api.operation import Operation, operation_of
from core.models import Event
from officers.models import Officer
from officers.rules.roles import Role
from riskassessment.language.answers import unanswered
from riskassessment.language.fields import columns_looked_at, kinds_with_words
from riskassessment.models import PhraseFound
from tests.rest import Rest, make_client_system
from tests.site.endpoints import ENDPOINTS
from tests.site.routes import PAGES, Row
from tests.site.world import World, signed_in, undone

pytestmark = pytest.mark.django_db
BLAME = "She absconded; a naughty girl."
ROOMS = ("mispers", "riskassessment", "ownership", "assurance")

# Kinds of event on which nobody writes sentences of their own.
WITHOUT_WORDS = {
    "incident.linked": "names other incidents",
    "incident.linked_from": "names another incident",
    "incident.stage_changed": "the stage machine's own sentence",
    "closure.barred": "what stood in the way, in the barriers' own sentences",
    "notification.made": "whom was told and under what reference",
    "ownership.taken": "who took it and on what ground",
    "handover.accepted": "an acceptance has no words",
    "handover.withdrawn": "the clock's own reason",
    "action.not_pursued": "the reason was looked at when it was proposed",
    "reminder.raised": "the house's own sentence",
    "words.kept": "the reason tells of the phrase and may name it",
    "sample.drawn": "how a sample was drawn",
    "sample.incident_drawn": "how a sample was drawn",
    "sample.finding": "its words are those of the action that it becomes",
    "rota.shift_added": "no record of an incident",
    "rota.filled": "no record of an incident",
    "rota.absence_ended": "no record of an incident",
    "rota.absence_recorded": "no record of an incident",
    "rota.gaps_found": "no record of an incident",
    "rota.imported": "no record of an incident",
    "rota.repeated": "no record of an incident",
    "rota.shift_changed": "no record of an incident",
    "rota.shift_covered": "no record of an incident",
    "rota.shift_taken_out": "no record of an incident",
    "rota.swap_accepted": "no record of an incident",
    "rota.swap_declined": "no record of an incident",
    "rota.swap_offered": "no record of an incident",
    "rota.swap_withdrawn": "no record of an incident",
    "duty.signed_off": "no record of an incident",
    "handover.risk_reconfirmed": "an acceptance has no words",
    "handover.shift_ended": "the house's own sentence",
    "handover.left_waiting": "the house's own sentence",
    "reminder.read": "the house's own sentence",
    "reminder.unread": "the house's own sentence",
    "notices.chosen": "no record of an incident",
    "notices.device_added": "no record of an incident",
    "notices.device_removed": "no record of an incident",
    "training.recorded": "no record of an incident",
    "training.corrected": "no record of an incident",
    "training.imported": "no record of an incident",
}
COLUMNS_WITHOUT_WORDS = {
    "mispers.BarrierOverride.message": "the barrier's own sentence",
    "mispers.Protocol.note": "about the force's figures, not a person",
    "mispers.HealthCondition.not_the_same": "the catalogue's own sentence",
    "riskassessment.GradeDefinition.text": "the meaning of a grade",
    "riskassessment.Pointed.passage": "of a rationale that was looked at before",
    "riskassessment.KeptPhrase.reason": "tells of the phrase and may name it",
    "assurance.Finding.text": "looked at in the action that it becomes",
}
BODIES_WITHOUT_WORDS = {
    "api-words-as-typed": "nothing of it is recorded",
    "api-keep-phrase": "tells of the phrase and may name it",
    "api-training": "no record of an incident",
    "api-correct-training": "no record of an incident",
    "api-import-shifts": "a file of the rota",
}
# Sentences that the table's body cannot have beside what it has.
ONLY_CORRECTING = {"because"}
NOT_WITH_THE_REST = {
    "api-closure": {"evidence"},
    "api-conditions": {*ONLY_CORRECTING, "meaning"},
    "api-medication": ONLY_CORRECTING,
    "api-exploitation-investigations": ONLY_CORRECTING,
    "api-associates": ONLY_CORRECTING,
    "api-places": ONLY_CORRECTING,
    "api-clothing": ONLY_CORRECTING,
    "api-weather": ONLY_CORRECTING,
    "api-handover-accept": {"reason"},  # Given only with a review that is asked for.
}
# A handover is of several records; on each of them its briefing is one.
ON_THE_RECORD = {"items.0.briefing": "briefing", "lines.0.briefing": "briefing"}
# Writes for which the world's incident is in the wrong state; their columns are looked at above.
OUT_OF_REACH = {
    "api-closure",
    "api-authorise-closure",
    "api-refuse-closure",
    "api-keep-closed",
    "api-reopen",
}
TELLS_NO_WORDS = {
    "api-incident-disclosure": "the answer is a file",
    "api-return-assessment": "tells the words of the assessment, not of the reason",
}
# Fields of several lines that hold no sentences, or none of a record.
FIELDS_WITHOUT_WORDS = {"address", "phones"}
FORMS_WITHOUT_WORDS = {"training-correct": "no record of an incident"}


def test_every_kind_of_event_brings_its_words_or_is_said_to_have_none() -> None:
    ours = {code for code in trail.kinds() if not code.startswith(("playground.", "test."))}
    assert ours - kinds_with_words() == set(WITHOUT_WORDS)


def test_every_text_of_every_record_is_looked_at_or_said_to_hold_none() -> None:
    looked_at = {f"{model._meta.label}.{name}" for model, name in columns_looked_at()}
    texts = {
        f"{model._meta.label}.{column.name}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if not model.__name__.startswith("Historical")
        for column in model._meta.concrete_fields
        if isinstance(column, TextField)
    }
    assert texts - looked_at == set(COLUMNS_WITHOUT_WORDS)


def writes() -> Iterator[tuple[Row, list[str]]]:
    """Each write over REST with the paths of the sentences in its body."""
    views = {pattern.name: pattern.callback for pattern in _patterns(get_resolver())}
    for row in ENDPOINTS:
        operation = operation_of(views[row.name].view_class, row.method)
        if row.method == "GET" or operation is None:
            continue
        apart = NOT_WITH_THE_REST.get(row.name, set())
        paths = [
            path
            for path in _sentences(operation)
            if path not in apart and not path.startswith("words_kept")
        ]
        if paths and row.name not in BODIES_WITHOUT_WORDS:
            yield row, paths


def _patterns(resolver: Any) -> Iterator[Any]:
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _patterns(each)
        elif each.name and hasattr(each.callback, "view_class"):
            yield each


def _sentences(operation: Operation) -> Iterator[str]:
    def walk(field: Any, path: str) -> Iterator[str]:
        if isinstance(field, serializers.ListSerializer):
            yield from walk(field.child, f"{path}.0")
        elif isinstance(field, serializers.Serializer):
            for name, inner in field.fields.items():
                yield from walk(inner, f"{path}.{name}".lstrip("."))
        elif isinstance(field, Paragraphs) and field.lines:
            yield path

    yield from walk(operation.input(), "")


def _with(body: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The body with BLAME at the path; None where the row has no such part to put it in."""
    place: Any = body
    *way, last = path.split(".")
    for step in way:
        try:
            place = place[int(step) if step.isdigit() else step]
        except (KeyError, IndexError):
            return None
    place[last] = f"{place.get(last, '')} {BLAME}".strip()
    return body


def test_whatever_is_written_over_rest_is_looked_at_and_can_be_kept_as_it_is_written(
    world: World,
) -> None:
    silent, unkept, untold, out_of_reach = {}, {}, set(), set()
    for row, paths in writes():
        role = next(role for role in Role if role in row.may)
        with undone():
            body = world.body(row, role)
            marked = [path for path in paths if _with(body, path) is not None]
            # One phrase is kept and another waits, so that both can be seen.
            body["words_kept"] = [{"phrase": "absconded", "reason": "A quotation."}]
            before = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
            answer = _sent(world, row, role, body)
            if answer.status_code == 409:
                out_of_reach.add(row.name)
                continue
            assert answer.status_code < 300, f"{row}: {answer.content.decode()}"
            found = PhraseFound.objects.filter(event__pk__gt=before)
            fields = {each.field for each in found if each.phrase == "absconded"}
            if fields != {ON_THE_RECORD.get(path, path) for path in marked}:
                silent[str(row)] = (marked, fields)
            waiting = {
                each.phrase
                for one in found
                for each in unanswered(one.incident)
                if each.event.pk > before
            }
            if waiting != {"naughty, bad child"}:
                unkept[str(row)] = waiting
            if row.name not in TELLS_NO_WORDS:
                told = {each["phrase"] for each in answer.json().get("words", [])}
                if told != {"naughty"}:
                    untold.add(row.name)
    assert not silent, silent
    assert not unkept, unkept
    assert not untold, untold
    assert out_of_reach == OUT_OF_REACH


def _sent(world: World, row: Row, role: Role, body: dict[str, Any]) -> Any:
    officer: Officer = world.officers[role]
    rest = Rest(make_client_system(bcus=[world.cn.bcu]), officer)
    if row.method == "PATCH":
        return rest.patch(world.address(row, role), body, If_Match=_etag(rest, world, row, role))
    return rest.post(world.address(row, role), body)


def _etag(rest: Rest, world: World, row: Row, role: Role) -> str:
    return str(rest.get(world.address(row, role)).headers["ETag"])


def test_help_with_words_as_they_are_typed_is_given_in_every_form(world: World) -> None:
    without, seen = [], 0
    for row in PAGES:
        if row.method != "GET" or row.name in FORMS_WITHOUT_WORDS:
            continue
        role = next(role for role in Role if role in row.may)
        answer = signed_in(world.officers[role]).get(world.address(row, role))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL):
            for box in re.findall(r"<textarea[^>]*>", form):
                name = (re.search(r'name="([^"]*)"', box) or [""] * 2)[1]
                if name in FIELDS_WITHOUT_WORDS:
                    continue
                seen += 1
                if "data-words" not in box or "data-writing-url" not in form:
                    without.append(f"{row}: {name}")
    assert seen > 30
    assert not without, without


def test_what_blames_nobody_is_no_column() -> None:
    """The lists above name things that exist, so that none outlives what it names."""
    models: dict[str, type[Model]] = {
        model._meta.label: model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }
    for column in COLUMNS_WITHOUT_WORDS:
        label, _, name = column.rpartition(".")
        assert models[label]._meta.get_field(name)
    assert set(BODIES_WITHOUT_WORDS) <= {row.name for row in ENDPOINTS}
    assert set(FORMS_WITHOUT_WORDS) <= {row.name for row in PAGES}
