"""The figures of the protocol: those of any day, and what each version changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.london import day_of, last_moment_of
from mispers.forms.on_day import OnDayForm
from mispers.selectors.protocol import in_words, version_at, versions_with_changes


@require_GET
def protocol(request: HttpRequest) -> HttpResponse:
    """The figures as they stood at the end of a day, or now."""
    now = clock.now()
    form = OnDayForm(request.GET)
    day = form.wanted.get("on") or day_of(now)
    version = version_at(last_moment_of(day, now))
    return render(
        request,
        "mispers/protocol.html",
        {
            "form": form,
            "day": day,
            "version": version,
            "figures": in_words(version),
            "changes": versions_with_changes(),
        },
    )
