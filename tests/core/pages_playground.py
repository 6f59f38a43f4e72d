"""Pages to try the front end on: a form, refusals, a sign-in, and every component on one page."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from core import clock
from core.barriers import Barrier
from core.errors import Barred, Conflict, DomainError, Invalid, NotPermitted, NotVisible
from core.forms import (
    CheckboxesField,
    DayField,
    HouseForm,
    LongTextField,
    MomentField,
    NumberField,
    PhoneField,
    PostcodeField,
    RadioField,
    RepeatedForms,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from core.forms.drafts import changes_in, saved
from core.pages.form_page import form_page

EVERY_COMPONENT = """
{% extends "base.html" %}
{% block title %}Every component{% endblock %}
{% block before_main %}
  {% include "components/back_link.html" with href="/" only %}
  {% include "components/incident_header.html" with header=header only %}
{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Every component</h1>
<p>{% include "components/grade_tag.html" with grade="low" only %}
{% include "components/grade_tag.html" with grade="medium" only %}
{% include "components/grade_tag.html" with grade=None only %}
{% include "components/stage_tag.html" with stage="post_48h" only %}
{% include "components/state_tag.html" with state="met" only %}
{% tag "Offered" "info" %} {% due late %} {% since late %} {{ late|when }}</p>
{% warning %}Nobody has looked inside.{% endwarning %}
{% inset %}A knock is recorded as a knock.{% endinset %}
{% policy %}<p>Policy.</p>{% endpolicy %}
{% guidance %}<p>Guidance.</p>{% endguidance %}
{% details "What counts?" %}<p>Inside.</p>{% enddetails %}
{% summary_list %}{% row "Reported" %}{{ late|when }}{% endrow %}{% endsummary_list %}
{% live "list" %}{% scroll "List" %}<p>Rows</p>{% endscroll %}{% endlive %}
{% timeline %}{% moment "Graded" by="DI Cole" at=late %}{{ "One<two"|paragraphs }}{% endmoment %}
{% endtimeline %}
{% include "components/barriers.html" with barriers=barriers only %}
{% nothing_here "No actions yet" %}<p>Add the first.</p>{% endnothing_here %}
{% button "Save" %} {% button "Back" href="/" kind="secondary" %}
{% endblock %}
"""

A_BARRIER = Barrier(
    code="END-1",
    message="Nobody has seen them.",
    source="Protocol",
    lift_who="The officer who sees them",
    lift_where="/seen/",
    overridable=False,
)

REFUSALS: dict[str, DomainError] = {
    "conflict": Conflict("Insp Bell accepted this at 02:14."),
    "not-permitted": NotPermitted("Only an inspector may endorse."),
    "not-visible": NotVisible(),
    "barred": Barred([A_BARRIER], tried="close it"),
    "invalid": Invalid.field("grade", "unknown", "There is no such grade."),
}


class InformationForm(HouseForm):
    """A row of what is known and who said so."""

    text = LongTextField(label="What is known")
    supplier = TextField(label="Who supplied it")


class EverythingForm(HouseForm):
    """One field of each kind, all required."""

    name = TextField(label="Given name", hint="As on their documents")
    born = DayField(label="Date of birth")
    grade = RadioField(
        label="Grade",
        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
        hints={"low": "Harm is possible, but minimal."},
    )
    seen = MomentField(label="Last seen")
    sources = CheckboxesField(label="Sources", choices=[("family", "Family"), ("pnc", "PNC")])
    before = YesNoField(label="Have they been missing before?")
    bcu = SelectField(label="BCU", choices=[("CN", "Central North"), ("SE", "South East")])
    rationale = LongTextField(label="Rationale")
    phone = PhoneField(label="Telephone")
    postcode = PostcodeField()
    floor = NumberField(label="Floor", least=0, most=99)
    told = TickField(label="The family has been told", required=True)


class NoteForm(HouseForm):
    """A form with one box."""

    text = LongTextField(label="Note")


class PlainForm(forms.Form):
    """A form of Django's own, such as its sign-in."""

    word = forms.CharField(label="Word")


InformationRows = RepeatedForms.of(InformationForm, noun="piece of information", least=1, most=3)


def note(request: HttpRequest) -> HttpResponse:
    """Take a note and say what was taken."""
    form = NoteForm(request.POST or None)
    if form.is_valid():
        return JsonResponse({"took": form.cleaned_data["text"], "by": request.user.get_username()})
    return form_page(request, form, title="Note", autosave="/note/draft/")


def everything(request: HttpRequest) -> HttpResponse:
    """One field of each kind, and rows."""
    form = EverythingForm(request.POST or None)
    rows = InformationRows(request.POST or None, prefix="information")
    return form_page(request, form, title="Everything", back="/note/", rows=[rows])


def note_draft(request: HttpRequest) -> HttpResponse:
    """Save a note as it is typed."""
    request.session["draft"] = changes_in(request)
    return saved(clock.now())


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    """Let a domain error go."""
    raise REFUSALS[how]


def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    now = clock.now()
    person = {"name": "Tom Bell", "rank": "Inspector", "since": now - timedelta(hours=9)}
    header = {
        "name": "Ola Reed",
        "age": "14",
        "initials": "OR",
        "reference": "CN-26-000123",
        "url": "/incident/",
        "stage": "pre_48h",
        "grade": "high",
        "owner": person,
        "inspector": None,
        "next_due": {"what": "Review", "at": now - timedelta(hours=2), "who": "DI Cole"},
    }
    shown = {"header": header, "barriers": [A_BARRIER], "late": now - timedelta(hours=5)}
    return HttpResponse(engines["django"].from_string(EVERY_COMPONENT).render(shown, request))


urlpatterns = [
    path("", include("core.urls")),
    path("note/", note),
    path("everything/", everything),
    path("note/draft/", note_draft),
    path("refuse/<str:how>/", refuse),
    path("components/", components),
    path("api/v1/refuse/<str:how>/", refuse),
    path("my-work/", components, name="my-work"),
    path("sign-out/", note, name="sign-out"),
    path(
        "sign-in/",
        login_not_required(
            LoginView.as_view(
                template_name="core/form_page.html",
                extra_context={"title": "Sign in", "submit": "Sign in"},
            )
        ),
        name="sign-in",
    ),
]

handler404 = "core.views.errors.page_not_found"
handler403 = "core.views.errors.permission_denied"
handler500 = "core.views.errors.server_error"
