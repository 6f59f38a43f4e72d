"""The figures of grading: charts with their tables, each to download."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.errors import NotVisible
from core.london import day_of
from core.pages.form_page import csv_file
from officers.forms.periods import PeriodFilter
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.selectors.officers import bcus_of
from riskassessment.figures.cohort import Cohort
from riskassessment.figures.tables import FigureTable, tables
from riskassessment.figures.whole import risk_figures


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of a BCU and a period."""
    form, found = _found(request)
    return render(
        request,
        "riskassessment/figures.html",
        {
            "form": form,
            "tables": found["tables"],
            "records": found["records"],
            "query": request.GET.urlencode(),
        },
    )


@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    """One table as a CSV file."""
    found: list[FigureTable] = _found(request)[1]["tables"]
    table = next((each for each in found if each.code == code), None)
    if table is None:
        raise NotVisible
    return csv_file(f"risk-{code}-{day_of(clock.now())}", table.headings, table.rows)


def _found(request: HttpRequest) -> tuple[PeriodFilter, dict[str, Any]]:
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.SEE_RISK_FIGURES, now)
    form = PeriodFilter(request.GET, bcus=bcus_of(officer))
    found = risk_figures(Cohort(officer, **form.narrowing), now)
    return form, {
        "tables": tables(found),
        "records": [(of.label, number) for of, number in found.records.items()],
    }
