"""Signing in: safe passwords, a lock-out, no way to another site, strict headers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client as Browser
from django.urls import reverse

from config.settings import base
from officers.models import Officer
from tests.conftest import Unit

PASSWORD = "correct horse battery staple"
SIGN_IN = "/sign-in/"


@pytest.fixture
def officer(cn: Unit) -> Officer:
    """An officer with a password."""
    cn.frontline.set_password(PASSWORD)
    cn.frontline.save()
    return cn.frontline


def try_to(browser: Browser, officer: Officer, password: str, address: str = SIGN_IN) -> Any:
    """The answer to a sign-in."""
    return browser.post(address, {"username": officer.username, "password": password})


def test_passwords_are_hashed_with_argon2(settings: Any, officer: Officer) -> None:
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    officer.set_password(PASSWORD)
    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert identify_hasher(officer.password).algorithm == "argon2"
    officer.save()
    assert try_to(Browser(), officer, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("asked", "gets"),
    [
        ("/incidents/", "/incidents/"),
        ("https://elsewhere.example/", None),
        ("//elsewhere.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_sign_in_leads_to_our_own_pages_only(
    officer: Officer, asked: str, gets: str | None
) -> None:
    answer = try_to(Browser(), officer, PASSWORD, f"{SIGN_IN}?next={asked}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == (gets or reverse("my-work"))


def test_the_session_changes_its_key_at_sign_in(officer: Officer) -> None:
    browser = Browser()
    session = browser.session
    session["before"] = "yes"
    session.save()
    before = session.session_key or ""
    browser.cookies["sessionid"] = before
    try_to(browser, officer, PASSWORD)
    assert browser.session.session_key != before


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    officer: Officer, known: bool
) -> None:
    name = officer.username if known else "nobody.known"
    answer = Browser().post(SIGN_IN, {"username": name, "password": "guessed"})
    assert answer.status_code == 422
    assert "The user name or the password is wrong" in answer.content.decode()


def test_after_five_failures_even_the_right_password_is_refused(officer: Officer) -> None:
    browser = Browser()
    statuses = [try_to(browser, officer, "guessed").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    refused = try_to(browser, officer, PASSWORD)
    assert refused.status_code == 429
    assert "Signing in is locked for a while" in refused.content.decode()


def test_a_success_forgets_the_failures_before_it(officer: Officer) -> None:
    for _ in range(2):
        for _ in range(4):
            assert try_to(Browser(), officer, "guessed").status_code == 422
        assert try_to(Browser(), officer, PASSWORD).status_code == 302


def test_an_officer_who_has_left_cannot_sign_in(officer: Officer) -> None:
    officer.is_active = False
    officer.save()
    assert try_to(Browser(), officer, PASSWORD).status_code == 422


def test_signing_out_takes_a_post_and_ends_the_session(
    officer: Officer, browser_as: Callable[[Officer], Browser]
) -> None:
    browser = browser_as(officer)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/incidents/").status_code == 302


@pytest.mark.parametrize("path", [SIGN_IN, "/incidents/", "/rota/", "/incidents/CN-26-999999/"])
def test_every_page_has_strict_headers(
    officer: Officer, browser_as: Callable[[Officer], Browser], now: datetime, path: str
) -> None:
    browser = Browser() if path == SIGN_IN else browser_as(officer)
    headers = browser.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_keeps_a_style_or_a_script_inside_itself(
    officer: Officer, browser_as: Callable[[Officer], Browser], now: datetime
) -> None:
    for path in ("/incidents/", "/rota/", "/search/?q=nobody"):
        page = browser_as(officer).get(path).content.decode()
        for forbidden in ("<style", " style=", " onclick=", " onload=", "javascript:"):
            assert forbidden not in page, (path, forbidden)
