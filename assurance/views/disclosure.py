"""The page on which records make disclosure packs of an incident."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from assurance.forms.disclosure import DisclosureForm, RedactionRows
from assurance.pack.redact import Redaction
from assurance.selectors.disclosures import disclosures_of
from assurance.services.disclosure import disclose, fetch_pack
from core import clock
from mispers.presenters.pages import frame, log_consultation
from mispers.selectors.incidents import get_incident
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

TAB = "incident-disclosure"


@require_http_methods(["GET", "POST"])
def incident_disclosure(request: HttpRequest, reference: str) -> HttpResponse:
    """The packs made of the incident, and the form for another."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.DISCLOSE, now)
    form = DisclosureForm(request.POST or None)
    rows = RedactionRows(request.POST or None, prefix="redactions")
    posted = request.method == "POST"
    if posted and all([form.is_valid(), rows.is_valid()]):
        with form.domain_errors(rows=[rows]):
            made = disclose(
                reference=reference,
                by=officer,
                now=now,
                redactions=[Redaction(**entry) for entry in rows.entries],
                **form.cleaned_data,
            )
            messages.success(request, f"Pack made for {made.recipient}. Download it below.")
            return redirect(TAB, reference)
    if not posted:
        log_consultation(request, incident, now=now)
    context = {
        **frame(request, incident, TAB, now),
        "form": form,
        "rows": [rows],
        "packs": list(disclosures_of(incident)),
    }
    return render(request, "assurance/disclosure.html", context, status=422 if posted else 200)


@require_GET
def download(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Exactly the bytes of a pack that was made; that they were fetched is logged."""
    pack = fetch_pack(reference=reference, pk=pk, by=signed_in(request), now=clock.now())
    return HttpResponse(
        bytes(pack.content),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{pack.filename}"'},
    )
