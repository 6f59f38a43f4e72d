"""The pages of the standards: on one record, across BCUs, and the records behind a number."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assurance.forms.periods import StandardsFilter
from assurance.selectors.counts_table import count_lines_of, not_met_by_bcu
from assurance.selectors.proof import with_proof
from assurance.selectors.standards import COLUMNS, counts, records_behind, summed, worst_first
from assurance.standards.evaluate import evaluate
from core import clock
from core.errors import NotVisible
from mispers.presenters.pages import incident_page
from mispers.rules.codes import STANDARDS
from mispers.selectors.incidents import get_incident
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.selectors.officers import bcus_of

PER_PAGE = 25
CODES = [(code, f"{code} {standard.title}") for code, standard in STANDARDS.items()]
# The heading of the records names the standard already.
_CODE_CHIPS = {f"Standard: {label}" for _, label in CODES}


@require_GET
def incident_standards(request: HttpRequest, reference: str) -> HttpResponse:
    """Every standard on one record, judged as the page is asked for."""
    now = clock.now()
    incident = get_incident(signed_in(request), reference)
    return incident_page(
        request,
        incident,
        "assurance/incident_standards.html",
        "incident-standards",
        verdicts=with_proof(evaluate(incident, now)),
    )


@require_GET
def standards(request: HttpRequest) -> HttpResponse:
    """How many records stand how on each standard, the worst first."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.SEE_STANDARDS, now)
    bcus = bcus_of(officer)
    form = StandardsFilter(request.GET, bcus=bcus, codes=CODES)
    found = counts(officer, now, **form.narrowing)
    query = _typed(form)
    by = "bcu" if "code" in query and "bcu" not in query and len(bcus) > 1 else "code"
    tallies = summed(found, by) if by == "code" else worst_first(found)
    return render(
        request,
        "assurance/standards.html",
        {
            "form": form,
            "by": by,
            "lines": count_lines_of(tallies, query),
            "matrix": not_met_by_bcu(found, query) if len(bcus) > 1 and len(query) == 0 else [],
            "codes": STANDARDS,
            "columns": [label for column, label in COLUMNS.items() if column != "not_applicable"],
            "names": dict(bcus),
        },
    )


@require_GET
def standards_records(request: HttpRequest) -> HttpResponse:
    """The records behind one number, page by page."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.SEE_STANDARDS, now)
    form = StandardsFilter(request.GET, bcus=bcus_of(officer), codes=CODES)
    column = request.GET.get("state", "not_met")
    if column not in COLUMNS:
        raise NotVisible
    found = records_behind(officer, now, column=column, **form.narrowing)
    return render(
        request,
        "assurance/standards_records.html",
        {
            "form": form,
            "column": COLUMNS[column],
            "code": STANDARDS.get(form.wanted.get("code", "")),
            "narrowed": [each["text"] for each in form.chips if each["text"] not in _CODE_CHIPS],
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        },
    )


def _typed(form: StandardsFilter) -> dict[str, str]:
    """What the page is narrowed by, as it was typed, for the addresses of its numbers."""
    return {name: str(form.data[name]) for name in form.wanted}
