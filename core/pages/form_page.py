"""Pages that several apps share: a form on a page of its own, a table to download."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.files import tables
from core.forms import HouseForm, Rows


def form_page(
    request: HttpRequest,
    form: HouseForm,
    *,
    title: str,
    submit: str = "Save",
    back: str = "",
    lead: str = "",
    warning: str = "",
    danger: bool = False,
    autosave: str = "",
    rows: Sequence[Rows] = (),
    template: str = "core/form_page.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form: 200 to fill in, 422 when something in it is wrong."""
    wrong = bool(form.is_bound and form.errors) or any(
        each.is_bound and not each.is_valid() for each in rows
    )
    shown = {
        **context,
        "form": form,
        "rows": rows,
        "title": title,
        "submit": submit,
        "back": back,
        "lead": lead,
        "warning": warning,
        "danger": danger,
        "autosave": autosave,
    }
    return render(request, template, shown, status=422 if wrong else 200)


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table to download as CSV, `name` without its ending."""
    return HttpResponse(
        tables.written(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
