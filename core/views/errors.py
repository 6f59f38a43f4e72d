"""Error pages, and the page that gives back what was typed before a sign-in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import clock
from core.forms.drafts import is_by_script
from core.middleware import hold_and_sign_in, is_for_machines, tell_signed_out
from core.pages import kept_posts


@never_cache
@require_http_methods(["GET", "POST"])
def kept_post(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the session ended, to be sent again or thrown away."""
    if request.method == "POST":
        kept_posts.drop(request)
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = kept_posts.kept(request, now=clock.now())
    if form is None:
        return render(request, "core/errors/nothing_kept.html")
    return render(request, "core/errors/kept_post.html", {"post": form})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page opened before the last sign-in: its words are shown again, not thrown away.

    Only a form that came from our own pages is kept; another site's is refused outright.
    """
    if is_by_script(request):
        if not request.user.is_authenticated:
            return tell_signed_out()
        return JsonResponse({"code": "page_out_of_date", "message": "Reload the page."}, status=403)
    if _came_from_here(request) and not is_for_machines(request):
        if not request.user.is_authenticated:
            return hold_and_sign_in(request)
        form = kept_posts.from_post(request)
        if form is not None and form.typed_by == request.user.get_username():
            return render(
                request, "core/errors/kept_post.html", {"post": form, "is_out_of_date": True}
            )
    return render(
        request, "core/errors/csrf.html", {"sign_in": resolve_url(settings.LOGIN_URL)}, status=403
    )


def _came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that our own page sent this; another site cannot forge it."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return render(request, "core/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the officer may not do this."""
    return render(request, "core/errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing here, or nothing this officer may see."""
    return render(request, "core/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever failed must not be asked again."""
    return HttpResponseServerError(render_to_string("core/errors/500.html"))
