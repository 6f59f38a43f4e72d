"""Training: who lapses when, what is recorded of an officer, recording and correcting it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.errors import NotVisible
from core.london import day_of, in_london
from core.pages.form_page import csv_file, form_page
from core.text import counted
from officers.forms.training import (
    CorrectTrainingForm,
    ImportTrainingForm,
    RecordTrainingForm,
    TrainingFilter,
)
from officers.models import Training
from officers.permissions import check_may, may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.selectors.officers import bcus_of
from officers.selectors.training import (
    TrainingStanding,
    history_of,
    number_in_each_standing,
    officer_visible_to,
    training_standings,
)
from officers.services.training import correct_training, record_training
from officers.services.training_import import import_training

PER_PAGE = 50
HEADINGS = ("BCU", "Number", "Officer", "Role", "Course", "Standing", "Lapses on", "Next on duty")


@require_GET
def training(request: HttpRequest) -> HttpResponse:
    """How every officer of a BCU stands with a course, the most pressing first."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.SEE_TRAINING, now)
    form, asked = _asked(request)
    wanted = asked.pop("standing", "")
    everybody = training_standings(officer, now=now, **asked)
    found = everybody.filter(standing=wanted) if wanted else everybody
    return render(
        request,
        "officers/training.html",
        {
            "form": form,
            "course": Training.Course(asked["course"]),
            "numbers": [
                {"standing": each, "number": number, "active": each == wanted}
                for each, number in number_in_each_standing(everybody).items()
            ],
            "kept": _query(request, leaving="standing"),
            "query": _query(request),
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
            "may_record": may(officer, Permission.RECORD_TRAINING, now),
        },
    )


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file, without pages."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.SEE_TRAINING, now)
    _, asked = _asked(request)
    course = Training.Course(asked["course"]).label
    rows = (
        (
            each.bcu_id,
            each.number,
            each,
            each.get_role_display(),
            course,
            TrainingStanding(each.standing).label,
            each.lapses_on,
            each.next_duty and in_london(each.next_duty).strftime("%Y-%m-%d %H:%M"),
        )
        for each in training_standings(officer, now=now, **asked)
    )
    return csv_file(f"training-{day_of(now)}", HEADINGS, rows)


@require_GET
def of_officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything recorded of one officer's training, corrections with what they correct."""
    reader, now = signed_in(request), clock.now()
    officer = officer_visible_to(reader, pk)
    check_may(reader, Permission.SEE_TRAINING, now)
    return render(
        request,
        "officers/training_of_officer.html",
        {
            "who": officer,
            "rows": history_of(officer),
            "today": day_of(now),
            "may_record": officer != reader and may(reader, Permission.RECORD_TRAINING, now),
        },
    )


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Write down that an officer passed a course."""
    by, now = signed_in(request), clock.now()
    check_may(by, Permission.RECORD_TRAINING, now)
    bcus = [code for code, _ in bcus_of(by)]
    form = RecordTrainingForm(
        request.POST or None, bcus=bcus, but=by, initial={"officer": request.GET.get("officer")}
    )
    if form.is_valid():
        with form.domain_errors():
            given = record_training(by=by, now=now, **form.cleaned_data)
            messages.success(request, f"Recorded for {given.officer}.")
            return redirect("training-of-officer", given.officer_id)
    return form_page(
        request, form, title="Record a course", submit="Record it", back=reverse("training")
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a further row in the place of one that is wrong."""
    by, now = signed_in(request), clock.now()
    row = Training.objects.filter(pk=pk).select_related("officer").first()
    if row is None:
        raise NotVisible
    officer = officer_visible_to(by, row.officer_id)
    check_may(by, Permission.RECORD_TRAINING, now)
    back = reverse("training-of-officer", args=[officer.pk])
    initial = {"counts": "yes", "passed_on": row.passed_on, "lapses_on": row.lapses_on}
    form = CorrectTrainingForm(request.POST or None, initial=initial)
    if form.is_valid():
        with form.domain_errors():
            correct_training(training=pk, by=by, now=now, **form.cleaned_data)
            messages.success(request, f"Corrected for {officer}. Both rows stay on the record.")
            return redirect(back)
    course = row.get_course_display().lower()
    return form_page(
        request,
        form,
        title="Correct a course",
        submit="Correct it",
        back=back,
        lead=f"{officer}: the {course} course as recorded. It is not changed: what you write "
        "takes its place, and both stay to be read.",
    )


@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Record every row of a file, or none."""
    by, now = signed_in(request), clock.now()
    check_may(by, Permission.RECORD_TRAINING, now)
    back = reverse("training")
    form = ImportTrainingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors(rename={"file": "content"}):
            done = import_training(by=by, now=now, **form.cleaned_data)
            messages.success(
                request,
                f"{counted(done.added, 'course')} recorded; "
                f"{done.unchanged} on the record already.",
            )
            return redirect(back)
    return form_page(
        request,
        form,
        title="Record courses from a file",
        submit="Record every row",
        back=back,
        lead="Every row is recorded, or none and you are told what is wrong with which line. "
        "Giving the same file twice changes nothing.",
    )


def _asked(request: HttpRequest) -> tuple[TrainingFilter, dict[str, Any]]:
    """The filter, and what it narrows by; the risk-assessment course unless another is chosen."""
    form = TrainingFilter(request.GET, bcus=bcus_of(signed_in(request)))
    return form, {"course": Training.Course.RISK_ASSESSMENT.value, **form.wanted}


def _query(request: HttpRequest, *, leaving: str = "page") -> str:
    """The query string without a part and without its page."""
    kept = request.GET.copy()
    for name in {leaving, "page"} & set(kept):
        del kept[name]
    return kept.urlencode()
