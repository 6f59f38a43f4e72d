"""A real Chromium against the real site; nothing that is not local may be asked for."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Page,
    Request,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from officers.models import Officer
from tests.browser.seeing import DESK
from tests.conftest import SESSION

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
OpenPage = Callable[..., Page]
# How long a page takes is the machine's business; this only ends what never comes.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


def launch(kind: BrowserType, **options: Any) -> Browser:
    """A Chromium that reaches nothing but this machine."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return kind.launch(executable_path=path, args=FLAGS, **options)


@pytest.fixture(scope="session")
def chromium_kind() -> Iterator[BrowserType]:
    """What launches browsers, once a run."""
    # Playwright's own loop runs in this thread; the database is asked from it all the same.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def chromium(chromium_kind: BrowserType) -> Iterator[Browser]:
    """One Chromium a run; each page has a profile of its own."""
    browser = launch(chromium_kind)
    yield browser
    browser.close()


@pytest.fixture(params=["as at home", "as in production"])
def cookie_names(request: pytest.FixtureRequest, settings: Any) -> str:
    """The names of the cookies: those of this machine, and those of a deployment.

    A browser takes the second from a sign-in alone: `sign_in` cannot put them there.
    """
    if request.param == "as in production":
        settings.SESSION_COOKIE_NAME = "__Host-mispers-session"
        settings.CSRF_COOKIE_NAME = "__Host-mispers-csrf"
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return str(request.param)


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens pages, each with a profile of its own, signed in as the officer where one is given.

    Takes Playwright's options of a context, such as java_script_enabled=False. The test fails
    when a page asked for anything not local, broke the content-security policy, or raised.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    host = urlsplit(live_server.url).netloc

    def note_what_is_not_local(request: Request) -> None:
        """Nothing else can be reached; the browser's own cache works, which routing would stop."""
        address = urlsplit(request.url)
        if address.netloc != host and address.scheme not in {"data", "blob"}:
            wrong.append(f"asked for {request.url}")

    def new_page(officer: Officer | None = None, **options: object) -> Page:
        context = chromium.new_context(
            **{  # type: ignore[arg-type]  # options by name
                "base_url": live_server.url,
                "viewport": DESK,
                "locale": "en-GB",
                "timezone_id": "Europe/London",
                "reduced_motion": "reduce",
                **options,
            }
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", note_what_is_not_local)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on(
            "console",
            lambda said: (
                wrong.append(f"console: {said.text}")
                if said.type == "error" and "Content Security Policy" in said.text
                else None
            ),
        )
        if officer is not None:
            sign_in(page, officer, live_server.url)
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page at a desk's width, signed out; sign_in(page, officer, live_server.url) lets it in."""
    return open_page()


def sign_in(page: Page, officer: Officer, url: str) -> None:
    """Give the page's profile the session of this officer, without the sign-in page."""
    browser = Client()
    browser.force_login(officer, backend=SESSION)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])
