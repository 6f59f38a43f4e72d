"""The pages of dip samples: the list, the draw, and one sample with its records."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from assurance.forms.samples import DrawForm
from assurance.selectors.counts_table import count_lines_of
from assurance.selectors.samples import get_sample, samples_visible_to
from assurance.selectors.standards import counts, summed
from assurance.services.sampling import draw_sample
from core import clock
from core.london import day_of, end_of, start_of
from core.pages.form_page import form_page
from officers.forms.periods import PeriodFilter
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.selectors.officers import bcus_of

PER_PAGE = 25
USUAL_PERIOD = timedelta(days=28)


@require_GET
def dip_samples(request: HttpRequest) -> HttpResponse:
    """The samples drawn, newest first, with how far their review has come."""
    officer = signed_in(request)
    check_may(officer, Permission.DIP_SAMPLE, clock.now())
    page = Paginator(samples_visible_to(officer), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assurance/samples.html", {"page": page})


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample; above the form, which records worry before anything is drawn."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.DIP_SAMPLE, now)
    bcus, today = bcus_of(officer), day_of(now)
    usual = {"first": today - USUAL_PERIOD, "last": today}
    period = PeriodFilter(request.GET or None, bcus=bcus, initial=usual, auto_id="period_%s")
    chosen = {**usual, **period.wanted}
    form = DrawForm(request.POST or None, bcus=bcus, initial=chosen)
    if form.is_valid():
        with form.domain_errors(rename={"period_from": "first", "period_to": "last"}):
            sample = draw_sample(by=officer, now=now, **form.arguments)
            messages.success(request, f"Sample {sample.reference} drawn.")
            return redirect("dip-sample", sample.reference)
    found = counts(
        officer,
        now,
        bcu=chosen.get("bcu", ""),
        start=start_of(chosen["first"]),
        end=end_of(chosen["last"]),
    )
    query = {
        "first": chosen["first"].isoformat(),
        "last": chosen["last"].isoformat(),
        **({"bcu": chosen["bcu"]} if "bcu" in chosen else {}),
    }
    return form_page(
        request,
        form,
        title="Draw a dip sample",
        submit="Draw the sample",
        back=reverse("dip-samples"),
        template="assurance/draw.html",
        period=period,
        chosen=chosen,
        worries=[
            line for line in count_lines_of(summed(found, "code"), query) if line.tally.not_met
        ],
    )


@require_GET
def dip_sample(request: HttpRequest, reference: str) -> HttpResponse:
    """One sample: why each record was drawn, whether it was reviewed, by whom."""
    officer = signed_in(request)
    sample = get_sample(officer, reference)
    check_may(officer, Permission.DIP_SAMPLE, clock.now())
    return render(request, "assurance/sample.html", {"sample": sample})
