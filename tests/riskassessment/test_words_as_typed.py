"""Help with words as they are typed: what a form is told, and what it keeps as it is sent."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mispers.models import Incident, LogEntry
from officers.models import Officer
from riskassessment.language.answers import unanswered
from riskassessment.models import KeptPhrase, PhraseFound
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.mispers.reporting import WHAT, WHO, begun, written
from tests.rest import Rest

SignIn = Callable[[Officer], Client]
ASK = "/words/as-typed/"


def found(browser: Client, about: str, text: str) -> list[dict[str, Any]]:
    answer = browser.post(f"{ASK}{about}", {"text": text})
    assert answer.status_code == 200
    hits: list[dict[str, Any]] = answer.json()["fields"]["text"]
    return hits


def test_each_place_is_told_with_its_better_wording_and_nothing_is_stored(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now, date_of_birth=date(2012, 3, 1))
    about = f"?incident={incident.reference}"
    hits = found(browser_as(cn.frontline), about, "It absconded. Out of the placement.")
    assert hits == [
        {
            "phrase": "absconded",
            "written": "absconded",
            "at": 3,
            "prefer": "Went missing; ran away",
            "instead": "went missing",
        },
        {
            "phrase": "placement",
            "written": "placement",
            "at": 25,
            "prefer": "Home",
            "instead": "home",
        },
    ]
    assert not PhraseFound.objects.exists()


@pytest.mark.parametrize(
    ("born", "number"), [(date(2012, 3, 1), 1), (date(1980, 3, 1), 0), (None, 1)]
)
def test_what_blames_a_child_alone_is_asked_where_it_may_be_one(
    cn: Unit, now: datetime, browser_as: SignIn, born: date | None, number: int
) -> None:
    incident = log_incident(cn.frontline, now, date_of_birth=born)
    browser = browser_as(cn.frontline)
    assert len(found(browser, f"?incident={incident.reference}", "The placement.")) == number
    path = begun(browser)
    if born:
        day = {"day": born.day, "month": born.month, "year": born.year}
        typed = {f"date_of_birth_{part}": str(value) for part, value in day.items()}
        browser.post(f"{path}who/", {**WHO, **typed})
    draft = path.split("/")[-2]
    assert len(found(browser, f"?draft={draft}", "The placement.")) == number


def test_nobody_is_told_of_what_they_may_not_see(
    cn: Unit, ne: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now)
    draft = begun(browser_as(cn.frontline)).split("/")[-2]
    browser = browser_as(ne.frontline)
    for about in (f"?incident={incident.reference}", f"?draft={draft}", "?draft=x", "?incident=x"):
        assert browser.post(f"{ASK}{about}", {"text": "x"}).status_code == 404
    assert browser.get(ASK).status_code == 405
    assert browser.post(ASK, {"text": "The placement."}).json()["fields"]["text"]


def test_a_phrase_is_kept_by_the_form_that_brings_it(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now)
    url = reverse("add-log-entry", args=[incident.reference])
    kept = {
        "words_kept_phrase": ["Absconded", "naughty", "streetwise"],
        "words_kept_reason": ["The home's word.", "", "Not there any more."],
    }
    text = "She absconded and is naughty."
    answer = browser_as(cn.frontline).post(url, {"text": text, **kept})
    assert answer.status_code == 302
    assert LogEntry.objects.get().text == text
    assert KeptPhrase.objects.get().reason == "The home's word."
    assert KeptPhrase.objects.get().by == cn.frontline
    assert [each.written for each in unanswered(incident)] == ["naughty"]


def test_what_is_kept_comes_back_with_a_form_that_is_wrong(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now)
    url = reverse("add-log-entry", args=[incident.reference])
    kept = {"words_kept_phrase": "absconded", "words_kept_reason": 'Her "word" <b>.'}
    page = browser_as(cn.frontline).post(url, {"text": "", **kept}).content.decode()
    assert 'name="words_kept_phrase" value="absconded"' in page
    assert 'value="Her &quot;word&quot; &lt;b&gt;."' in page


def test_what_is_kept_in_a_report_is_kept_when_it_is_logged(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    kept = {"words_kept_phrase": "absconded", "words_kept_reason": "Her father's word."}
    path = written(browser, what={**WHAT, "circumstances": "She absconded.", **kept})
    page = browser.get(f"{path}check/").content.decode()
    brought = dict(re.findall(r'name="(words_kept_\w+)" value="([^"]*)"', page))
    assert set(brought) == set(kept)
    browser.post(f"{path}check/", kept)
    assert unanswered(Incident.objects.get()) == []
    assert KeptPhrase.objects.get().reason == "Her father's word."


def test_a_system_asks_for_the_list_and_about_words_still_being_written(
    cn: Unit, ne: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    incident = log_incident(cn.frontline, now, date_of_birth=date(1980, 3, 1))
    rest = api(None, bcus=[cn.bcu])
    listed = rest.get("/api/v1/risk-phrases/", {"limit": 200}).json()["results"]
    assert {"absconded", "streetwise", "slave"} <= {each["phrase"] for each in listed}
    body = {"text": "The placement. Absconded.", "incident": incident.reference}
    answer = rest.post("/api/v1/words/", body)
    assert answer.status_code == 200, answer.content
    (word,) = answer.json()["words"]
    assert (word["at"], word["phrase"], word["instead"]) == (15, "Absconded", "Went missing")
    assert len(rest.post("/api/v1/words/", {"text": body["text"]}).json()["words"]) == 2
    elsewhere = api(None, bcus=[ne.bcu])
    assert elsewhere.post("/api/v1/words/", body).status_code == 404
