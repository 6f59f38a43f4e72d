"""A form posted after the session has ended comes back after the sign-in, to who typed it alone."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.pages.kept_posts import LARGEST
from officers.models import Officer
from tests.factories.officers import an_officer

PASSWORD = "a long enough pass-phrase"


@pytest.fixture(autouse=True)
def _pages(pages_playground: None, now: datetime) -> None:
    """On the playground's pages, at NOW."""


@pytest.fixture
def noor(db: None) -> Officer:
    return an_officer(username="noor", password=PASSWORD)


@pytest.fixture
def tab() -> Client:
    """A browser that keeps to the rules about forged posts."""
    return Client(enforce_csrf_checks=True)


def inputs(response: Any, form: int) -> dict[str, str]:
    """The hidden inputs of the nth form in the main part of the page."""
    main = response.content.decode().split("<main", 1)[1]
    html = re.findall(r"<form.*?</form>", main, re.DOTALL)[form]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in pairs}


def token(tab: Client, path: str) -> str:
    return inputs(tab.get(path), 0)["csrfmiddlewaretoken"]


def sign_in(tab: Client, username: str, path: str) -> Any:
    fields = {"username": username, "password": PASSWORD}
    fields["csrfmiddlewaretoken"] = token(tab, path)
    return tab.post(path, fields)


def post_signed_out(tab: Client, typed_by: str = "noor", **fields: str) -> Any:
    """Post a note from a page whose session has ended since."""
    csrf = token(tab, "/sign-in/")
    return tab.post(
        "/note/", {"typed_by": typed_by, "csrfmiddlewaretoken": csrf, "text": "words", **fields}
    )


def test_a_form_carries_who_is_typing(tab: Client, noor: Officer) -> None:
    sign_in(tab, "noor", "/sign-in/")
    assert inputs(tab.get("/note/"), 0)["typed_by"] == "noor"


def test_what_was_typed_comes_back_after_the_sign_in_and_goes_through_on_one_press(
    tab: Client, noor: Officer
) -> None:
    away = post_signed_out(tab, text="Seen at\r\nthe <station>")
    assert away.status_code == 302
    kept = sign_in(tab, "noor", away["Location"])
    assert kept["Location"] == "/signed-out/kept/"

    page = tab.get("/signed-out/kept/")
    assert b"Nothing you typed is lost" in page.content
    assert b'action="/note/"' in page.content
    answer = tab.post("/note/", inputs(page, 0))
    assert answer.json() == {"took": "Seen at\nthe <station>", "by": "noor"}
    assert b"Nothing is waiting" in tab.get("/signed-out/kept/").content


def test_somebody_else_who_signs_in_gets_none_of_it(tab: Client, noor: Officer) -> None:
    an_officer(username="quill", password=PASSWORD)
    away = post_signed_out(tab, text="private")
    sign_in(tab, "quill", away["Location"])
    page = tab.get("/signed-out/kept/")
    assert b"private" not in page.content
    assert b"Nothing is waiting" in page.content
    assert "kept_post" not in tab.session


def test_what_was_kept_is_gone_after_an_hour(tab: Client, noor: Officer) -> None:
    away = post_signed_out(tab)
    clock.advance(timedelta(hours=1))
    sign_in(tab, "noor", away["Location"])
    assert b"Nothing is waiting" in tab.get("/signed-out/kept/").content


def test_a_kept_form_can_be_thrown_away(tab: Client, noor: Officer) -> None:
    sign_in(tab, "noor", post_signed_out(tab)["Location"])
    page = tab.get("/signed-out/kept/")
    assert tab.post("/signed-out/kept/", inputs(page, 1)).status_code == 302
    assert b"Nothing is waiting" in tab.get("/signed-out/kept/").content


def test_keeping_a_form_does_not_shorten_the_session_that_follows(
    tab: Client, noor: Officer, settings: Any
) -> None:
    sign_in(tab, "noor", post_signed_out(tab)["Location"])
    tab.get("/signed-out/kept/")
    assert tab.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_a_form_too_large_to_keep_says_what_to_do(tab: Client, noor: Officer) -> None:
    answer = post_signed_out(tab, text="x" * LARGEST)
    assert answer.status_code == 413
    assert b"too long to keep" in answer.content
    assert "kept_post" not in tab.session


def test_a_password_is_never_kept(tab: Client, noor: Officer) -> None:
    answer = post_signed_out(tab, new_password="secret words")
    assert answer["Location"] == "/sign-in/?next=%2Fnote%2F"
    assert "kept_post" not in tab.session


def test_another_site_cannot_have_a_form_kept(tab: Client, noor: Officer) -> None:
    answer = tab.post(
        "/note/", {"typed_by": "noor", "text": "forged"}, headers={"Origin": "https://evil.test"}
    )
    assert answer.status_code == 403
    assert "kept_post" not in tab.session


def test_a_page_older_than_the_last_sign_in_shows_its_words_again(
    tab: Client, noor: Officer
) -> None:
    sign_in(tab, "noor", "/sign-in/")
    stale = inputs(tab.get("/note/"), 0)
    tab.logout()
    sign_in(tab, "noor", "/sign-in/")
    same_origin = {"Origin": "http://testserver"}
    page = tab.post("/note/", {**stale, "text": "old page"}, headers=same_origin)
    assert b"Nothing you typed is lost" in page.content
    answer = tab.post("/note/", inputs(page, 0))
    assert answer.json()["took"] == "old page"


def test_a_forged_post_to_a_signed_in_officer_is_refused_outright(
    tab: Client, noor: Officer
) -> None:
    sign_in(tab, "noor", "/sign-in/")
    forged = {"typed_by": "noor", "text": "forged", "csrfmiddlewaretoken": "x" * 64}
    answer = tab.post("/note/", forged, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 403
    assert b"forged" not in answer.content


def test_words_typed_by_one_officer_are_not_sent_as_another(tab: Client, noor: Officer) -> None:
    sign_in(tab, "noor", "/sign-in/")
    fields = {**inputs(tab.get("/note/"), 0), "typed_by": "quill", "text": "words"}
    answer = tab.post("/note/", fields)
    assert answer.status_code == 409
    assert b"Somebody else is signed in now" in answer.content


@pytest.mark.parametrize("header", [{"X-Draft": "1"}, {"HX-Request": "true"}])
def test_a_script_is_told_of_the_sign_out_in_its_own_language(
    tab: Client, noor: Officer, header: dict[str, str]
) -> None:
    csrf = token(tab, "/sign-in/")
    answer = tab.post(
        "/note/draft/",
        {"_changed": "text", "text": "words", "csrfmiddlewaretoken": csrf},
        headers=header,
    )
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"
    assert "kept_post" not in tab.session


def test_a_draft_is_saved_for_who_is_signed_in(tab: Client, noor: Officer) -> None:
    sign_in(tab, "noor", "/sign-in/")
    fields = {**inputs(tab.get("/note/"), 0), "_changed": "text", "text": "so far"}
    answer = tab.post("/note/draft/", fields, headers={"X-Draft": "1"})
    assert answer.json() == {"saved_at": "2026-07-18T09:00:00Z"}
    assert tab.session["draft"] == {"text": ["so far"]}
