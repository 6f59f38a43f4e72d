"""Pages that several apps share: a form on a page of its own, a table to download."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.files import tables
from core.forms import HouseForm, Rows

SAID = {"submit": "Save", "back": "", "lead": "", "warning": "", "danger": False, "autosave": ""}


def form_page(
    request: HttpRequest,
    form: HouseForm,
    *,
    title: str,
    rows: Sequence[Rows] = (),
    template: str = "core/form_page.html",
    **said: Any,
) -> HttpResponse:
    """A page with one form: 200 to fill in, 422 when something in it is wrong.

    said: what the template says besides. Of the page that all use: submit (the button's words),
    back (an address), lead and warning (sentences), danger (whether it cannot be undone), autosave
    (the address that keeps what is typed).
    """
    wrong = bool(form.is_bound and form.errors) or any(
        each.is_bound and not each.is_valid() for each in rows
    )
    shown = {**SAID, **said, "form": form, "rows": rows, "title": title}
    return render(request, template, shown, status=422 if wrong else 200)


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table to download as CSV, `name` without its ending."""
    return HttpResponse(
        tables.written(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
