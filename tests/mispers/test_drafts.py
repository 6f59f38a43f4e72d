"""Reports being written: saved right or wrong, their author's alone, never lost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from core.errors import Conflict, NotPermitted, NotVisible
from mispers.models import ReportDraft
from mispers.rules.reports import MissingReport
from mispers.services.drafts import log_draft, save_draft, start_draft
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.incidents import a_person, log_incident
from tests.mispers.reporting import INFORMANT, WHAT, WHO, begun, written

BrowserAs = Callable[..., Browser]
MOST_QUERIES = 30
STEPS = {"who": WHO, "what": WHAT, "informant": INFORMANT}


def test_what_is_typed_is_kept_beside_what_was_typed_before(cn: Unit, now: datetime) -> None:
    draft = start_draft(by=cn.frontline, now=now)
    save_draft(draft.pk, changes={"given_name": ["Mari"]}, by=cn.frontline, now=now)
    later = now + timedelta(minutes=1)
    kept = save_draft(
        draft.pk,
        changes={"given_name": ["Marigold"], "date_of_birth_day": ["31st"]},
        by=cn.frontline,
        now=later,
    )
    assert kept.data == {"given_name": ["Marigold"], "date_of_birth_day": ["31st"]}
    assert kept.saved_at == later


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("now", ""), ("18/07/2026", "10:00")),
        (("", "NOW"), ("18/07/2026", "10:00")),
        (("today", "0214"), ("18/07/2026", "0214")),
        (("Yesterday", "2pm"), ("17/07/2026", "2pm")),
        (("18/7", "02:14"), ("18/7", "02:14")),
        (("some day", "x"), ("some day", "x")),
    ],
)
def test_now_and_today_are_kept_as_what_they_meant(
    typed: tuple[str, str], kept: tuple[str, str], cn: Unit, now: datetime
) -> None:
    draft = start_draft(by=cn.frontline, now=now)
    names = ("last_seen_at_day", "last_seen_at_time")
    changes = {name: [value] for name, value in zip(names, typed, strict=True)}
    data = save_draft(draft.pk, changes=changes, by=cn.frontline, now=now).data
    assert tuple(data[name][0] for name in names) == kept


def test_a_draft_is_its_authors_alone(cn: Unit, now: datetime, browser_as: BrowserAs) -> None:
    draft = start_draft(by=cn.frontline, now=now)
    with pytest.raises(NotVisible):
        save_draft(draft.pk, changes={}, by=cn.inspector, now=now)
    browser = browser_as(cn.inspector)
    for page in ("who/", "check/", "similar/"):
        assert browser.get(f"/report/{draft.pk}/{page}").status_code == 404
    assert browser.post(f"/report/{draft.pk}/discard/").status_code == 404


def test_only_who_may_log_a_report_begins_one(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    clerk = cn.another(Role.RECORDS)
    with pytest.raises(NotPermitted):
        start_draft(by=clerk, now=now)
    assert browser_as(clerk).get("/report/").status_code == 403


def test_a_logged_draft_takes_no_more_words(cn: Unit, now: datetime) -> None:
    draft = start_draft(by=cn.frontline, now=now)
    report = MissingReport(
        person=a_person(),
        informant={"unknown": True},
        circumstances="Did not come home.",
        bcu="CN",
    )
    first = log_draft(draft.pk, report=report, by=cn.frontline, now=now)
    again = log_draft(draft.pk, report=report, by=cn.frontline, now=now)
    assert (first.created, again.created) == (True, False)
    assert again.incident == first.incident
    with pytest.raises(Conflict, match=first.incident.reference):
        save_draft(draft.pk, changes={"given_name": ["x"]}, by=cn.frontline, now=now)


def autosave(browser: Browser, path: str, **fields: str) -> Any:
    return browser.post(
        f"{path}save/", {"_changed": list(fields), **fields}, headers={"X-Draft": "1"}
    )


def test_the_page_saves_by_itself_and_is_told_when(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = begun(browser)
    answer = autosave(browser, path, given_name="Mari", elsewhere="x")
    assert answer.json() == {"saved_at": "2026-07-18T09:00:00Z"}
    assert ReportDraft.objects.get().data == {"given_name": ["Mari"]}


def test_an_expired_session_loses_no_word(cn: Unit, now: datetime, browser_as: BrowserAs) -> None:
    browser = browser_as(cn.frontline)
    path = begun(browser)
    browser.cookies.clear()
    assert autosave(browser, path, given_name="Mari").status_code == 401
    answer = browser.post(
        f"{path}what/", {**WHAT, "typed_by": cn.frontline.get_username()}, follow=False
    )
    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]
    browser.force_login(cn.frontline, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get("/signed-out/kept/")
    assert WHAT["circumstances"] in page.content.decode()


WRONG = [
    ("who", {"given_name": "", "family_name": ""}, "Give some name"),
    ("who", {"date_of_birth_year": "2027"}, "cannot be in the future"),
    ("who", {"date_of_birth_day": "31", "date_of_birth_month": "2"}, "must be a real date"),
    ("who", {"postcode": "N1 9G"}, "Enter a full postcode"),
    ("who", {"given_name": "Mari\x07gold"}, "cannot be stored"),
    ("who", {"phones": "ring the bell"}, "Enter a telephone number"),
    ("who", {"age_estimate": "old"}, "must be a whole number"),
    ("who", {"markers": ["tall"]}, "Choose from the options shown"),
    ("what", {"circumstances": ""}, "Enter what happened"),
    ("what", {"circumstances": "x" * 100_000}, "10,000 characters or fewer"),
    ("what", {"last_seen_at_day": "19/7/2026"}, "This is in the future"),
    ("what", {"last_seen_at_time": "half past"}, "enter a time"),
    ("what", {"reported_at_day": "tomorrow", "reported_at_time": "1000"}, "in the future"),
    ("what", {"missing_from": "pub"}, "Choose one of the options"),
    ("informant", {"informant_name": ""}, "Give the informant"),
    ("informant", {"informant_phone": "none"}, "Enter a telephone number"),
]


@pytest.mark.parametrize(("slug", "over", "message"), WRONG)
def test_what_is_wrong_is_said_at_its_step_and_nothing_is_lost(
    slug: str, over: dict[str, Any], message: str, cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = begun(browser)
    fields: dict[str, Any] = {**STEPS[slug], **over}
    answer = browser.post(f"{path}{slug}/", fields)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    kept = ReportDraft.objects.get().data
    for name, value in fields.items():
        sent = value if isinstance(value, list) else [value]
        if not name.startswith(("last_seen_at", "reported_at")):
            assert kept[name] == sent


@pytest.mark.parametrize(("slug", "over", "message"), WRONG)
def test_log_it_leads_to_the_step_where_something_is_wrong(
    slug: str, over: dict[str, Any], message: str, cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = written(browser, **{slug: over})
    assert message in browser.get(f"{path}check/").content.decode()
    answer = browser.post(f"{path}check/", follow=True)
    assert answer.request["PATH_INFO"] == f"{path}{slug}/"
    assert message in answer.content.decode()
    assert not ReportDraft.objects.get().incident_id


def test_an_unfinished_report_is_found_again_and_can_be_thrown_away(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = begun(browser)
    browser.post(f"{path}who/", WHO)
    assert b"Marigold Fenwick" in browser.get("/report/").content
    browser.post(f"{path}discard/")
    assert b"Marigold Fenwick" not in browser.get("/report/").content
    assert not ReportDraft.objects.exists()


@pytest.mark.parametrize("earlier", [1, 10, 50])
def test_the_check_page_asks_as_often_for_fifty_earlier_incidents_as_for_one(
    earlier: int,
    cn: Unit,
    now: datetime,
    browser_as: BrowserAs,
    django_assert_max_num_queries: Any,
) -> None:
    given = {"given_name": "Marigold", "family_name": "Fenwick"}
    born = date(2009, 5, 1)
    for _ in range(earlier):
        log_incident(cn.frontline, now, **given, date_of_birth=born)
    browser = browser_as(cn.frontline)
    path = written(browser)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get(f"{path}check/").status_code == 200
