"""What is typed outlives a session, no browser keeps an answer, and errors get their page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse

from core import clock
from core.api.views import UnknownAddress
from core.errors import Barred, Conflict, DomainError, NotPermitted, NotVisible, StaleVersion
from core.forms.drafts import is_by_script, is_draft
from core.language import carried_by, keeping
from core.pages import kept_posts

MACHINE_PATHS = ("/api/", "/oauth/")
SIGNED_OUT = "You have been signed out. Sign in again in this tab: nothing you typed is lost."
SOMEBODY_ELSE = "Somebody else is signed in now. Nothing was sent."

GetResponse = Callable[[HttpRequest], HttpResponse]


def is_for_machines(request: HttpRequest) -> bool:
    """Whether the path belongs to the REST API, which answers for itself."""
    return request.path.startswith(MACHINE_PATHS)


def redirect_to_sign_in(next_path: str) -> HttpResponseRedirect:
    """To the sign-in page and from there to `next_path`."""
    query = urlencode({"next": next_path})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def hold_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep the posted form if it can be kept, then ask for a sign-in."""
    form = kept_posts.from_post(request)
    if form is None:
        return redirect_to_sign_in(request.get_full_path())
    if form.is_too_large:
        return render(
            request,
            "core/errors/too_large_to_keep.html",
            {"sign_in": resolve_url(settings.LOGIN_URL)},
            status=413,
        )
    kept_posts.keep(request, form, now=clock.now())
    return redirect_to_sign_in(reverse("kept-post"))


def tell_signed_out() -> JsonResponse:
    """To a script, which cannot follow a redirect to the sign-in page: it tells the officer."""
    return JsonResponse({"code": "signed_out", "message": SIGNED_OUT}, status=401)


def refuse_another(request: HttpRequest) -> HttpResponse:
    """What one officer typed is not sent in the name of the next."""
    if is_by_script(request):
        told = {"code": "typed_by_another", "message": SOMEBODY_ELSE}
        return JsonResponse(told, status=409)
    return refuse(request, 409, SOMEBODY_ELSE, "typed_by_another")


class NotStoredMiddleware:
    """No browser, proxy or history keeps an answer: who has signed out cannot go back to a record.

    Files of ours are served before this is reached; a view that says otherwise is left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class KeptPostMiddleware:
    """Stands between authentication and the sign-in requirement.

    It acts after the CSRF check, so another site cannot have a form kept in an officer's name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_for_machines(request) or not getattr(view, "login_required", True):
            return None
        if request.user.is_authenticated:
            kept_posts.settle(request)
            typed_by = request.POST.get(kept_posts.TYPED_BY) if request.method == "POST" else None
            if typed_by and typed_by != request.user.get_username():
                return refuse_another(request)
            return None
        if is_by_script(request):
            return tell_signed_out()
        if request.method == "POST":
            return hold_and_sign_in(request)
        return None


class DomainErrorMiddleware:
    """Gives each domain error that a view lets go its page; the API has its own handler."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError) or is_for_machines(request):
            return None
        if isinstance(error, NotVisible):
            return refuse(request, 404, error.message, error.code, template="core/errors/404.html")
        if isinstance(error, NotPermitted):
            return refuse(request, 403, error.message, error.code, template="core/errors/403.html")
        is_conflict = isinstance(error, (Conflict, StaleVersion, Barred))
        barriers = error.barriers if isinstance(error, Barred) else []
        status = 409 if is_conflict else 422
        return refuse(request, status, error.message, error.code, barriers=barriers)


class PhrasesKeptMiddleware:
    """Keeps a phrase with the reason that was given as it was typed, in the write of the form.

    A phrase that has since been reworded is not there to be kept, and nothing is said about it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or is_for_machines(request):
            return self.get_response(request)
        with keeping(carried_by(request.POST)):
            return self.get_response(request)


class UnstorableAddressMiddleware:
    """Nothing is at an address with a NUL in it: the database cannot even be asked for its name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not any(isinstance(value, str) and "\x00" in value for value in kwargs.values()):
            return None
        if is_for_machines(request):
            return UnknownAddress.as_view()(request)
        raise Http404


def refuse(
    request: HttpRequest,
    status: int,
    message: str,
    code: str,
    *,
    template: str = "core/errors/409.html",
    **context: Any,
) -> HttpResponse:
    """A page that says what was refused and why; a script gets the same in JSON."""
    if is_draft(request):
        return JsonResponse({"code": code, "message": message}, status=status)
    return render(request, template, {"message": message, **context}, status=status)
