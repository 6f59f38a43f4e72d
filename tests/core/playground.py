"""A tiny API of notes, for testing what every endpoint inherits."""

from datetime import datetime
from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.urls import include, path
from rest_framework import serializers

from core.api.endpoint import (
    Answer,
    Call,
    Endpoint,
    changes,
    commands,
    creates,
    lists,
    removes,
    shows,
)
from core.api.fields import BirthDate, Id, Line, Moment, Paragraphs, Postcode
from core.api.serializers import Input, Output
from core.barriers import Barrier
from core.errors import Barred, Conflict, Invalid, NotPermitted, NotVisible, StaleVersion

NOT_SEEN = Barrier(
    code="END-1",
    message="Not seen.",
    source="the protocol",
    lift_who="A named officer",
    lift_where="/x/",
    overridable=False,
)


class Note(models.Model):
    """Something with a version. Its own registry keeps it out of the real apps."""

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        apps = Apps()
        app_label = "playground"
        db_table = "playground_note"

    def __str__(self) -> str:
        return self.title


class PlaceIn(Input):
    postcode = Postcode()


class NoteIn(Input):
    title = Line()
    text = Paragraphs(required=False)
    place = PlaceIn(required=False)
    places = PlaceIn(many=True, required=False)
    born = BirthDate(required=False)
    seen_at = Moment(required=False)


class NoteChange(Input):
    title = Line()


class NoteOut(Output):
    id = Id()
    title = serializers.CharField()
    made_at = Moment()
    version = serializers.IntegerField()


def add_note(*, by: Any, now: datetime, title: str, **rest: Any) -> Note:
    """Add one; a title of "defect" fails in a way that nobody foresaw."""
    with transaction.atomic():
        note = Note.objects.create(title=title, made_at=now, made_by=by.pk)
        if title == "defect":
            raise ZeroDivisionError("secret detail of the inside")
        return note


def rename_note(pk: int, *, title: str, version: int | None) -> Note:
    """Change the title of the version named."""
    with transaction.atomic():
        note = Note.objects.select_for_update().get(pk=pk)
        if version is not None and version != note.version:
            raise StaleVersion("The note has changed since you read it.")
        note.title, note.version = title, note.version + 1
        note.save()
        return note


class Notes(Endpoint):
    """Notes."""

    resource = "incidents"

    @lists(NoteOut, filters={"title": Line(), "made_after": Moment()})
    def get(self, call: Call) -> QuerySet[Note]:
        found = Note.objects.order_by("-made_at")
        return found.filter(title=call.query["title"]) if "title" in call.query else found

    @creates(NoteIn, NoteOut)
    def post(self, call: Call) -> Answer:
        note = add_note(by=call.officer, now=call.now, **call.data)
        return Answer(note, location=f"/api/v1/notes/{note.pk}/")


class OneNote(Endpoint):
    """One note."""

    resource = "incidents"

    @shows(NoteOut)
    def get(self, call: Call, pk: int) -> Note:
        note = Note.objects.filter(pk=pk).first()
        if note is None:
            raise NotVisible
        call.log_consultation(f"NOTE-{pk}")
        return note

    @changes(NoteChange, NoteOut)
    def patch(self, call: Call, pk: int) -> Note:
        return rename_note(pk, version=call.expected_version, **call.data)

    @removes()
    def delete(self, call: Call, pk: int) -> None:
        Note.objects.filter(pk=pk).delete()


class Forgetful(Endpoint):
    """A change that forgets to pass the version on."""

    resource = "incidents"

    @changes(NoteChange, NoteOut)
    def patch(self, call: Call, pk: int) -> Note:
        return rename_note(pk, version=None, **call.data)


class RefuseNote(Endpoint):
    """Every way in which a service refuses."""

    resource = "incidents"
    field_names = {"given_name": "person.given_name"}

    @commands(None, None)
    def post(self, call: Call, how: str) -> None:
        wrong = Invalid.field("given_name", "too_odd", "That is no name.")
        match how:
            case "invalid":
                raise wrong
            case "unprocessable":
                raise Invalid(wrong.errors, code="differs_because_required", unprocessable=True)
            case "not-permitted":
                raise NotPermitted("Your role does not let you.")
            case "not-visible":
                raise NotVisible
            case "conflict":
                raise Conflict("PS Noor accepted it at 22:04.", code="already_accepted")
            case "barred":
                raise Barred([NOT_SEEN], tried="close it")


class NotesOfSystem(Endpoint):
    """A write that belongs to the client system itself."""

    resource = "webhooks"

    @commands(NoteChange, NoteOut, officer=False, versioned=True)
    def post(self, call: Call, pk: int) -> Note:
        return rename_note(pk, version=call.expected_version, **call.data)


class Numbers(Endpoint):
    """A list that is computed, not read."""

    resource = "standards"

    class Number(Output):
        """A number."""

        number = serializers.IntegerField()

    @lists(Number)
    def get(self, call: Call) -> list[dict[str, int]]:
        return [{"number": number} for number in range(7)]


urlpatterns = [
    path("api/v1/notes/", Notes.as_view()),
    path("api/v1/notes/<int:pk>/", OneNote.as_view()),
    path("api/v1/notes/<int:pk>/forgetful/", Forgetful.as_view()),
    path("api/v1/notes/<int:pk>/system/", NotesOfSystem.as_view()),
    path("api/v1/refuse/<str:how>/", RefuseNote.as_view()),
    path("api/v1/numbers/", Numbers.as_view()),
    path("", include("config.api_urls")),
]
