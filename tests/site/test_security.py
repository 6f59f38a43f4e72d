"""What keeps records safe on every page: the content policy, cookies, secrets, quiet logs."""

import json
import logging
import math
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident
from mispers.rules.stages import Stage
from officers.rules.roles import Role
from tests.site.asking import who_may
from tests.site.markup import Form, Page
from tests.site.routes import PAGES, PUBLIC, Row
from tests.site.world import World, signed_in

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy_of(response: Any) -> dict[str, str]:
    """The content security policy by directive, the request's own nonce left out."""
    directives = response.headers["Content-Security-Policy"].split(";")
    read = (directive.strip().partition(" ") for directive in directives)
    return {name: re.sub(r" 'nonce-[^']+'", "", sources) for name, _, sources in read}


def what_is_loose(response: Any, row: Row | str) -> list[str]:
    """Where a page lets something run that is no file of ours, or lets a browser keep it."""
    policy = policy_of(response)
    wrong = [f"{row}: {name}" for name, sources in POLICY.items() if policy.get(name) != sources]
    if "unsafe" in response.headers["Content-Security-Policy"]:
        wrong.append(f"{row}: unsafe in its policy")
    if response.headers["Content-Type"].startswith("text/html"):
        wrong += [f"{row}: {each}" for each in Page(response).inline]
        if "no-store" not in response.headers["Cache-Control"]:
            wrong.append(f"{row}: kept by browsers")
    return wrong


def test_no_page_lets_anything_run_but_our_own_files(world: World) -> None:
    wrong = []
    for row in PAGES:
        role = who_may(row)
        browser, address = signed_in(world.officers[role]), world.address(row, role)
        if row.method == "GET":
            wrong += what_is_loose(browser.get(address), row)
    for name, methods in PUBLIC.items():
        if "GET" in methods:
            wrong += what_is_loose(signed_in(None).get(reverse(name)), name)
    assert not wrong, "\n".join(wrong)


def test_a_refusal_is_as_strict_as_a_page(world: World) -> None:
    browser = signed_in(world.officers[Role.FRONTLINE])
    for address, status in (("/nowhere/", 404), ("/risk/queue/", 403)):
        response = browser.get(address)
        assert response.status_code == status
        assert not what_is_loose(response, address)


PRODUCTION = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE"))]
names += ["DEBUG", "PASSWORD_HASHERS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The settings of a real deployment, read by a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "for this test alone",
        "ALLOWED_HOSTS": "mispers.example",
        "DATABASE_URL": "postgres://nobody@localhost/none",
        "REDIS_URL": "redis://localhost/0",
    }
    answer = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    read: dict[str, Any] = json.loads(answer.stdout)
    return read


def test_cookies_in_production_go_over_tls_alone_and_to_no_other_site(
    production: dict[str, Any],
) -> None:
    assert production["SESSION_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True
    assert production["SESSION_COOKIE_SAMESITE"] in {"Lax", "Strict"}
    assert production["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production["CSRF_COOKIE_SECURE"] is True
    assert production["CSRF_COOKIE_SAMESITE"] in {"Lax", "Strict"}
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert production["DEBUG"] is False


def test_passwords_in_production_are_kept_as_argon2_alone(production: dict[str, Any]) -> None:
    assert production["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


# A name that promises a secret, and a quoted value that could be one.
ASSIGNED = re.compile(
    r"""(?i)\b[\w-]*(secret|password|passwd|token|api_?key|private_?key)[\w-]*["']?\s*[:=]\s*"""
    r"""["']([^"'\s{}$<>]{12,})["']"""
)
KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}")
LIKELY = 3.7  # bits of each character: words have less, keys have more


def entropy(text: str) -> float:
    """Bits of each character."""
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def secrets_in(text: str) -> list[str]:
    """What looks like a secret."""
    found = [match[0] for match in KEYS.finditer(text)]
    return found + [m[0] for m in ASSIGNED.finditer(text) if entropy(m[2]) > LIKELY]


def test_a_secret_would_be_found() -> None:
    key = "mZ8vQ2xK7pLwN4tRb9YcHd"
    assert secrets_in(f'SECRET_KEY = "{key}"')
    assert secrets_in("-----BEGIN " + "RSA PRIVATE KEY-----")
    assert not secrets_in('password = "correct horse"')


def test_no_file_of_the_repository_holds_a_secret() -> None:
    root = Path(settings.ROOT)
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    found = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = root / name
        if name.startswith("requirements/") or name == "package-lock.json" or not path.is_file():
            continue  # Locks hold digests, which look like keys and are none.
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if some := secrets_in(text):
            found[name] = some
    assert not found


PRIVATE = {
    "given_name": "Zephyrine",
    "family_name": "Quillfeather",
    "address": "77 Marrowbone Passage",
    "circumstances": "Quarrelled over a harmonica and left by the scullery door.",
    "informant_name": "Peregrine Thistlewood",
    "informant_phone": "020 7946 0777",
    "rationale": "Kittiwake rationale",
    "log": "Heliotrope note",
    "place": "Belvoir bandstand",
}


def test_a_whole_journey_leaves_nothing_personal_in_the_logs(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    officer = world.cn.frontline
    browser = signed_in(officer)
    incident = _reported(browser)
    address = f"/incidents/{incident.reference}"
    for step, words in _steps(officer.pk).items():
        page = f"{address}/{step}/"
        version = _form_on(browser, page).given().get("version", [])
        assert browser.post(page, {**words, "version": version}).status_code == 302, step
        # The same again with what cannot be stored is refused, and no more is told of that.
        spoiled = {name: f"{value}\x00" for name, value in words.items()}
        assert browser.post(page, spoiled).status_code in {409, 422}, step
    inspector = signed_in(world.cn.another(Role.DUTY_INSPECTOR))
    authorise = f"{address}/closure/authorise/"
    reasons = _form_on(inspector, authorise).controls
    words = {each.name: PRIVATE["rationale"] for each in reasons if each.typed}
    assert inspector.post(authorise, words).status_code == 302
    assert Incident.objects.get(pk=incident.pk).stage == Stage.CLOSED
    for path, name in (("/search/", "q"), ("/people/", "name"), ("/nowhere/", "q")):
        browser.get(path, {name: PRIVATE["family_name"]})
    written = [_everything_in(record) for record in caplog.records]
    leaks = {words: line for line in written for words in PRIVATE.values() if words in line}
    assert not leaks
    assert written, "Nothing was logged at all, so that nothing was tested."


def _form_on(browser: Browser, address: str) -> Form:
    """The form of a page into which something is typed."""
    forms = Page(browser.get(address)).posts()
    return next(form for form in forms if any(control.typed for control in form.controls))


def _steps(officer: int) -> dict[str, dict[str, Any]]:
    """From the grade to asking for closure: what is typed into each page, in order."""
    return {
        "risk/assess": {
            "grade": "medium",
            "likelihood": "likely",
            "severity": "moderate",
            "rationale": PRIVATE["rationale"],
            "sources_checked": ["informant"],
            "information-TOTAL_FORMS": "1",
            "information-INITIAL_FORMS": "0",
            "information-0-text": PRIVATE["log"],
            "information-0-supplier": PRIVATE["informant_name"],
            "information-0-contact": PRIVATE["informant_phone"],
            "information-0-obtained_at_day": "today",
            "information-0-obtained_at_time": "0930",
            "sources_not_checked-TOTAL_FORMS": "0",
            "sources_not_checked-INITIAL_FORMS": "0",
        },
        "log/add": {"text": PRIVATE["log"]},
        "located/record": {
            "at_day": "now",
            "at_time": "now",
            "place": PRIVATE["place"],
            "condition": "safe",
            "how": PRIVATE["log"],
            "seen_in_person_by": str(officer),
            "seen_at_day": "now",
            "seen_at_time": "now",
        },
        "closure/ask": {"rationale": PRIVATE["rationale"]},
    }


def _reported(browser: Browser) -> Incident:
    """A report typed into the steps of the browser and logged."""
    start = browser.post("/report/").headers["Location"]
    draft = start.removesuffix("who/")
    browser.post(start, {name: PRIVATE[name] for name in ("given_name", "family_name", "address")})
    what = {"circumstances": PRIVATE["circumstances"], "missing_from": "home"}
    browser.post(f"{draft}what/", what)
    told = {name: PRIVATE[name] for name in ("informant_name", "informant_phone")}
    browser.post(f"{draft}informant/", told)
    browser.post(f"{draft}check/")
    return Incident.objects.get(person__family_name=PRIVATE["family_name"])


def _everything_in(record: logging.LogRecord) -> str:
    """The message as it is printed, with its stack."""
    return logging.Formatter("%(name)s %(message)s").format(record)
