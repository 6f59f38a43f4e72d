"""How an officer is told: channels, quiet hours, devices, and the worker that shows a notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.pages.form_page import form_page
from officers.presenters.every_page import signed_in
from ownership.forms.notice_choices import NoticeChoicesForm
from ownership.selectors.notice_choices import device_label, devices_of, notice_choices_of
from ownership.services import pushing
from ownership.services.notice_choices import add_device, choose_notices, remove_device


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """What is sent where, and when; high risk is told of on every channel at any hour."""
    officer = signed_in(request)
    chosen = notice_choices_of(officer)
    form = NoticeChoicesForm(
        request.POST or None,
        initial={
            "email": chosen.email,
            "quiet_from": f"{chosen.quiet_from:%H:%M}" if chosen.quiet_from else "",
            "quiet_until": f"{chosen.quiet_until:%H:%M}" if chosen.quiet_until else "",
        },
    )
    if form.is_valid():
        with form.domain_errors():
            choose_notices(by=officer, now=clock.now(), **form.cleaned_data)
            messages.success(request, "Saved how you are told.")
            return redirect("notice-choices")
    return form_page(
        request,
        form,
        title="How you are told",
        back=reverse("inbox"),
        template="ownership/notice_choices.html",
        devices=devices_of(officer),
        push_key=pushing.public_key() if pushing.is_on() else "",
        worker_url=reverse("push-worker"),
    )


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take what the browser has given the page's script."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    device = add_device(
        by=signed_in(request),
        now=clock.now(),
        label=device_label(request.headers.get("User-Agent", "")),
        **given,
    )
    messages.success(request, f"{device.label} will show you what is due.")
    return redirect("notice-choices")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing more to one device."""
    remove_device(device_id=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "That device is told nothing more.")
    return redirect("notice-choices")


@login_not_required
@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser runs when a notice comes, at an address of its own scope."""
    return render(request, "ownership/push_worker.js", content_type="text/javascript")
