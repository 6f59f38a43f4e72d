"""A report as it is written on its pages, step by step."""

from typing import Any

from django.test import Client as Browser

WHO: dict[str, Any] = {
    "given_name": "Marigold",
    "family_name": "Fenwick",
    "date_of_birth_day": "1",
    "date_of_birth_month": "5",
    "date_of_birth_year": "2009",
    "address": "4 Tallow Street\nIslington",
    "postcode": "n19gu",
    "markers": ["cce", "self_harm"],
}
WHAT: dict[str, Any] = {
    "circumstances": "Left after an argument and took no coat.",
    "last_seen_at_day": "today",
    "last_seen_at_time": "08:15",
    "missing_from": "home",
}
INFORMANT: dict[str, Any] = {"informant_name": "Rowan Fenwick", "informant_relationship": "father"}


def begun(browser: Browser) -> str:
    """Start a report; the path that its pages lie under."""
    answer = browser.post("/report/")
    assert answer.status_code == 302
    return answer.headers["Location"].removesuffix("who/")


def written(browser: Browser, **over: dict[str, Any]) -> str:
    """A report with every step filled in."""
    path = begun(browser)
    steps: dict[str, dict[str, Any]] = {"who": WHO, "what": WHAT, "informant": INFORMANT}
    for slug, fields in steps.items():
        answer = browser.post(f"{path}{slug}/", {**fields, **over.get(slug, {})})
        assert answer.status_code in {302, 422}
    return path
