"""The base page, the components, the error pages, and rules that every template keeps."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.template import TemplateSyntaxError, engines
from django.test import Client

from officers.models import Officer
from tests.core.rendering import Elements, shown
from tests.factories.officers import an_officer
from tests.moments import NOW

TEMPLATES = sorted((Path(configured.ROOT) / "templates").rglob("*.html"))
POST_FORM = re.compile(r"<form[^>]*method=.?post", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _pages(pages_playground: None, now: datetime) -> None:
    """On the playground's pages, at NOW."""


@pytest.fixture
def noor(db: None) -> Officer:
    return an_officer(given_name="Noor", family_name="Varga")


@pytest.fixture
def browser(noor: Officer) -> Client:
    browser = Client()
    browser.force_login(noor, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("conflict", 409, "Insp Bell accepted this at 02:14."),
        ("not-permitted", 403, "Only an inspector may endorse."),
        ("not-visible", 404, "There is no such page or record"),
        ("barred", 409, "Nobody has seen them."),
        ("invalid", 422, "There is no such grade."),
    ],
)
def test_a_domain_error_that_a_view_lets_go_has_a_page(
    browser: Client, how: str, status: int, words: str
) -> None:
    answer = browser.get(f"/refuse/{how}/")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_script_that_saves_a_draft_gets_the_refusal_in_json(browser: Client) -> None:
    answer = browser.get("/refuse/conflict/", headers={"X-Draft": "1"})
    assert answer.status_code == 409
    assert answer.json() == {"code": "conflict", "message": "Insp Bell accepted this at 02:14."}


def test_a_page_that_is_not_there_looks_like_one_that_may_not_be_seen(browser: Client) -> None:
    missing = browser.get("/no-such-page/").content.decode()
    hidden = browser.get("/refuse/not-visible/").content.decode()
    assert missing.split("<main")[1] == hidden.split("<main")[1]


def test_every_component_stands_on_a_page_with_ids_of_its_own(browser: Client) -> None:
    answer = browser.get("/components/")
    html = answer.content.decode()
    ids = Elements(html).ids()
    assert answer.status_code == 200
    assert len(ids) == len(set(ids))
    assert "overdue by 2 h" in html
    assert "Nobody</strong>" in html  # the inspector
    assert "One&lt;two" in html


def test_the_header_says_who_is_signed_in_and_lets_them_out(browser: Client) -> None:
    html = browser.get("/components/").content.decode()
    assert "Noor Varga" in html
    assert "off duty" in html
    assert 'action="/sign-out/"' in html


def test_the_pages_allow_no_script_or_style_but_their_own_files(browser: Client) -> None:
    policy = browser.get("/components/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_anything_inline_or_a_form_of_its_own(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert "<style" not in source
    assert not re.search(r"\sstyle\s*=", source)
    assert not EVENT_ATTRIBUTE.search(source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    if template.name != "post_form.html":
        assert not POST_FORM.search(source), "use {% post_form %}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_template_can_be_read(template: Path) -> None:
    engines["django"].from_string(template.read_text(encoding="utf-8"))


def test_the_server_error_page_needs_nothing_that_may_have_failed() -> None:
    assert "Something went wrong on our side" in shown('{% include "core/errors/500.html" %}')


def test_a_tag_of_an_unknown_kind_is_a_mistake_in_the_template() -> None:
    with pytest.raises(TemplateSyntaxError):
        shown('{% tag "Odd" "purple" %}')


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(minutes=25), "in 25 min"),
        (timedelta(seconds=20), "now"),
        (timedelta(hours=-2), "overdue by 2 h"),
        (timedelta(minutes=-190), "overdue by 3 h 10 min"),
        (timedelta(days=-1, hours=-4), "overdue by 1 day 4 h"),
        (timedelta(days=20), "in 20 days"),
    ],
)
def test_what_is_due_says_when_in_words(left: timedelta, words: str) -> None:
    html = shown("{% due at %}", at=NOW + left, now=NOW)
    assert f">{words}</time>" in html
    assert ("house-due--overdue" in html) == (left < timedelta(0))


def test_times_are_written_in_london_and_marked_in_utc() -> None:
    moment = datetime(2026, 7, 18, 1, 14, tzinfo=UTC)
    html = shown("{{ at|when }}", at=moment)
    assert html == '<time datetime="2026-07-18T01:14:00Z">Sat 18 Jul 2026, 02:14</time>'
    assert ">02:14, 18 Jul<" in shown("{{ at|short }}", at=moment)
    assert ">Sat 18 Jul 2026<" in shown("{{ at|day }}", at=moment.date())
    assert ">1 h ago<" in shown("{% since at %}", at=moment, now=moment + timedelta(hours=1))
    assert shown("{{ nothing|when }}{% due nothing %}{% since nothing %}", nothing=None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ola Reed", "OR"),
        ("Zoë", "Z"),
        ("李 小龙", "李小"),
        ("", "?"),
        ("Ann-Marie van O'Dell", "AO"),
    ],
)
def test_initials_stand_where_there_is_no_photograph(name: str, letters: str) -> None:
    assert shown("{{ name|initials }}", name=name) == letters
