"""Bad input to every form and every write: a message at its field, and nothing typed is lost."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from officers.rules.roles import Role
from tests.rest import Rest, make_client_system
from tests.site.asking import send, who_may
from tests.site.bodies import Trial, trials
from tests.site.endpoints import ENDPOINTS
from tests.site.markup import Control, Form, Page
from tests.site.routes import PAGES, Row
from tests.site.world import World, signed_in, undone

pytestmark = pytest.mark.django_db

HALF = "\ud800"
WORDS = "Quixotic words"
LONG = f"{WORDS} " * 6_700
PARTS = re.compile(r"_(day|month|year|time)$")
# Their addresses answer with a file and with a stream.
NO_WORDS = {"disclosure-pack", "board-changes"}
# What each kind of junk puts into the controls that a person types into, and into the others.
JUNK = {
    "control characters": (f"{WORDS}\x00\x07\x1b", None),
    "100 kB of text": (LONG, None),
    "no such choice, officer or time": (WORDS, "999999999"),
}


POSTS = [row for row in PAGES if row.method == "POST"]
READABLE = {row.name for row in PAGES if row.method == "GET"}


def filled(form: Form, typed: str, chosen: str | None) -> dict[str, list[str]]:
    """The form as sent with junk in it; its hidden controls stay as they are."""
    sent = form.given()
    for control in form.controls:
        if control.typed:
            sent[control.name] = [typed] * len(form.values(control.name))
        elif chosen is not None and control.kind in {"select", "radio", "checkbox"}:
            sent[control.name] = [chosen]
    return sent


def is_shown_again(control: Control, typed: str, page: Page) -> bool:
    """Whether the control still holds the words, whatever became of their control characters."""
    for form in page.posts():
        for value in form.values(control.name):
            if _printable(value) == _printable(typed):
                return True
    return False


def _printable(text: str) -> str:
    kept = (each for each in text if unicodedata.category(each) != "Cc")
    return " ".join("".join(kept).split())


def complaints(response: Any, form: Form, typed: str) -> Iterator[str]:
    """What is wrong with the answer to a form full of junk."""
    if response.status_code != 422:
        yield f"answered {response.status_code}"
        return
    page = Page(response)
    links = [link.removeprefix("#") for link in page.summary]
    if not links:
        yield "no message leads to its field"
    yield from (f"the message leads to no field: {link}" for link in links if link not in page.ids)
    for control in form.controls:
        # No browser sends a file back with a page: only what was typed can be lost.
        if control.typed and control.kind != "file" and not is_shown_again(control, typed, page):
            yield f"the words in {control.name} are lost"


@pytest.mark.parametrize("kind", JUNK)
def test_a_form_full_of_junk_comes_back_with_messages_and_every_word(
    world: World, kind: str
) -> None:
    typed, chosen = JUNK[kind]
    wrong, met = [], 0
    for row in POSTS:
        if row.name not in READABLE:
            continue
        role = who_may(row)
        browser, address = signed_in(world.officers[role]), world.address(row, role)
        for form in Page(browser.get(address)).posts():
            if urlsplit(form.action).path not in {"", address} or not _is_refusable(form, chosen):
                continue
            met += 1
            with undone():
                response = browser.post(address, filled(form, typed, chosen))
            wrong += [f"{row.name}: {each}" for each in complaints(response, form, typed)]
    assert not wrong, "\n" + "\n".join(wrong)
    assert met > 20


def _is_refusable(form: Form, chosen: str | None) -> bool:
    """Whether this junk cannot be right: mere words are right where only words are asked for."""
    if chosen is None:
        return any(control.typed for control in form.controls)
    return any(
        PARTS.search(control.name) if control.typed else control.kind in {"select", "radio"}
        for control in form.controls
    )


def test_what_a_script_posts_may_be_junk_too(world: World) -> None:
    wrong = []
    junk = {"rationale": ["Bad\x00\x07"], "text": [LONG], "item": ["\x00", "9" * 30], "x": ["y"]}
    for row in POSTS:
        role = who_may(row)
        browser, address = signed_in(world.officers[role]), world.address(row, role)
        with undone():
            response = browser.post(address, junk, headers={"X-Draft": "1"})
        if response.status_code >= 500:
            wrong.append(f"{row}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def questions(browser: Browser, address: str) -> Iterator[dict[str, str]]:
    """Junk for every control of the page's filters, and for what addresses carry besides."""
    names = {"page", "at", "before", "capacity", "state", "next", "bcu", "first", "starts_at"}
    for form in Page(browser.get(address)).forms:
        names |= {control.name for control in form.controls if form.method == "get"}
    for junk in ("\x00", "9" * 30):
        yield dict.fromkeys(names, junk)


@pytest.mark.parametrize(
    "row", [row for row in PAGES if row.method == "GET" and row.name not in NO_WORDS], ids=str
)
def test_an_address_full_of_junk_is_no_defect(world: World, row: Row) -> None:
    role = who_may(row)
    browser, address = signed_in(world.officers[role]), world.address(row, role)
    for question in questions(browser, address):
        with undone():
            status = browser.get(address, question).status_code
        assert status < 500, f"asked {next(iter(question.values()))!r}"


@pytest.mark.parametrize("rows", [PAGES, ENDPOINTS], ids=["pages", "endpoints"])
def test_a_name_that_nothing_has_is_not_found(world: World, rows: list[Row]) -> None:
    cache.clear()
    wrong = []
    with undone():
        browser = signed_in(world.officers[Role.SUPERINTENDENT])
        rest = Rest(make_client_system(bcus=[world.cn.bcu]), world.officers[Role.SUPERINTENDENT])
        for row in rows:
            real = world.own
            for reference in ("CN-26-999999", "%00", "x" * 300):
                address = _renamed(world, row, reference)
                if not row.of or row.of == "bcu" or address is None:
                    continue
                with undone():
                    response = (
                        send(rest, row, address, world.body(row), real["version"])
                        if rows is ENDPOINTS
                        else browser.generic(row.method, address)
                    )
                if response.status_code != 404:
                    wrong.append(f"{row} of {reference[:20]}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def _renamed(world: World, row: Row, name: str) -> str | None:
    """The row's address with a reference or number that nothing has."""
    address = world.address(row)
    for key in ("reference", "sample"):
        if str(world.own[key]) in address:
            return address.replace(str(world.own[key]), name)
    numbers = re.findall(r"/(\d+)/", address)
    return address.replace(f"/{numbers[0]}/", f"/{'9' * 25}/") if numbers else None


@pytest.fixture(scope="module")
def every_trial() -> Mapping[tuple[str, str], list[Trial]]:
    """The junk bodies of every write, from the OpenAPI description."""
    return trials()


@pytest.mark.parametrize("row", [row for row in ENDPOINTS if row.method != "GET"], ids=str)
def test_a_body_with_junk_in_it_is_answered_at_the_field(
    world: World, every_trial: Mapping[tuple[str, str], list[Trial]], row: Row
) -> None:
    cache.clear()
    role = who_may(row)
    wrong = []
    with undone():
        rest = Rest(make_client_system(bcus=[world.cn.bcu]), world.officers[role])
        address, version = world.address(row, role), world.own["version"]
        for trial in every_trial[row.method, row.name]:
            with undone():
                body = trial.put_into(world.body(row, role))
                response = send(rest, row, address, body, version)
            wrong += [f"{trial}: {each}" for each in _problems(response, trial)]
    assert not wrong, f"\n{row}\n" + "\n".join(wrong)


def _problems(response: Any, trial: Trial) -> Iterator[str]:
    if response.status_code != 400:
        yield f"answered {response.status_code} {response.content[:200]!r}"
        return
    if response.headers["Content-Type"] != "application/problem+json":
        yield f"answered as {response.headers['Content-Type']}"
    fields = [each["field"] for each in response.json().get("errors", [])]
    if trial.path and not any(field.startswith(trial.path.partition(HALF)[0]) for field in fields):
        yield f"the errors are at {fields}"


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[]", b'"words"', b"7", b"null", b'{"a": NaN}', b"[" * 5_000]
)
def test_what_is_no_object_is_no_body(world: World, body: bytes) -> None:
    cache.clear()
    wrong = []
    with undone():
        rest = Rest(make_client_system(bcus=[world.cn.bcu]), world.officers[Role.SUPERINTENDENT])
        for row in ENDPOINTS:
            if row.method == "GET" or not row.body:
                continue
            response = rest.http.generic(
                row.method,
                world.address(row),
                body,
                content_type="application/json",
                headers={**rest.headers, "If-Match": '"1"'},
            )
            if response.status_code != 400:
                wrong.append(f"{row}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_junk_at_the_sign_in_page_is_no_defect(world: World) -> None:
    browser = signed_in(None)
    for name in ("\x00", LONG, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        with undone():
            response = browser.post(reverse("sign-in"), {"username": name, "password": name})
        assert response.status_code in {422, 429}, name[:10]
