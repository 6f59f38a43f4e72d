"""Signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from officers.forms.sign_in import SignInForm

WRONG = "The user name or the password is wrong"


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go on to `next`; after repeated failures the lock-out page answers instead."""
    if request.user.is_authenticated:
        return redirect(_onward(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        officer = authenticate(request, **form.cleaned_data)
        if officer is not None:
            login(request, officer)
            return redirect(_onward(request))
        # One message for both, so that nobody learns which user names there are.
        form.add_error("username", WRONG)
    wrong = form.is_bound and bool(form.errors)
    return render(
        request,
        "officers/sign_in.html",
        {"form": form, "is_sent_here": "next" in request.GET},
        status=422 if wrong else 200,
    )


@login_not_required
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets every page of it.

    Its storage stays: the worker that shows notices lives there, and scripts have cleared the rest.
    """
    logout(request)
    messages.success(request, "You have signed out.")
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _onward(request: HttpRequest) -> str:
    """Where the officer was going, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)
