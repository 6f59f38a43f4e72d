"""The cases: what officers and systems do most, through every layer that a real request meets."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from benchmarks.data import HOME
from benchmarks.measure import Case, rolled_back
from benchmarks.people import System, officer_of, signed_in
from benchmarks.rationales import to_look_for
from core import clock
from demo.people import Invented
from mispers.models import Incident
from mispers.rules.stages import Stage
from officers.models import BCU, Officer
from officers.rules.roles import Role
from ownership.services.reminders import raise_due_reminders
from riskassessment.bespoke.finding import find

# How much later the sweep looks, and at how many deadlines at most: as after an hour without beat.
LATER = timedelta(hours=1)
DEADLINES = 100
API_PAGE = 25


def all_cases() -> list[Case]:
    """Every case, in the order of the table."""
    inspector = officer_of(HOME, Role.DUTY_INSPECTOR)
    browser, system = signed_in(inspector), System()
    incident = _an_open_incident()
    reports = Reports(system)
    return [
        _page("open list", browser, "/incidents/"),
        _page("duty board", browser, f"/board/{HOME}/"),
        _page("duty board, what changes", browser, f"/board/{HOME}/", {"HX-Request": "true"}),
        _page("incident page", browser, f"/incidents/{incident.reference}/"),
        _page("timeline", browser, f"/incidents/{incident.reference}/timeline/"),
        _page("standards", browser, "/standards/"),
        _check(incident),
        _repeats(browser, incident),
        Case(f"API list of {API_PAGE}", lambda _: _api_list(system, inspector)),
        Case("report over REST", reports.over_rest, rehearse=reports.rehearse_rest),
        Case("report in a browser", reports.in_browser, rehearse=reports.rehearse_browser),
        _sweep(clock.now() + LATER),
    ]


def _an_open_incident() -> Incident:
    """One after 48 hours: it has been graded, planned, searched for and handed over."""
    found = Incident.objects.filter(bcu=HOME, stage=Stage.POST_48H).order_by("pk").first()
    return found or Incident.objects.filter(bcu=HOME).order_by("pk")[0]


def _expect(answer: Any, status: HTTPStatus) -> None:
    if answer.status_code != status:
        raise RuntimeError(f"{answer.status_code} instead of {status}: {answer.content[:2000]!r}")


def _page(name: str, browser: Browser, path: str, headers: Mapping[str, str] | None = None) -> Case:
    return Case(name, lambda _: _expect(browser.get(path, headers=headers), HTTPStatus.OK))


def _api_list(system: System, officer: Officer) -> None:
    answer = system.get(f"/api/v1/incidents/?limit={API_PAGE}", officer)
    _expect(answer, HTTPStatus.OK)


def _check(incident: Incident) -> Case:
    """What a rationale repeats, by turns a copy's and a new one's: the check alone."""
    texts = to_look_for()
    return Case("check for repeats", lambda _: find(incident, next(texts), clock.now()))


def _repeats(browser: Browser, incident: Incident) -> Case:
    """What somebody is told while they type their reasons, by turns a copy and none."""
    address = reverse("risk-prompt", args=[incident.reference])
    texts = to_look_for()

    def send(_: int) -> None:
        answer = browser.post(f"{address}?about=repeats", {"rationale": next(texts)})
        _expect(answer, HTTPStatus.OK)

    return Case("repeats while typing", send)


def _sweep(now: datetime) -> Case:
    """The sweep over what is due by then, undone after each round so that the next has as much."""
    with rolled_back():
        raised = raise_due_reminders(now=now, limit=DEADLINES)
    if not raised:
        raise RuntimeError("No reminder was due.")
    return Case(
        f"sweep raising {raised} reminders",
        lambda _: raise_due_reminders(now=now, limit=DEADLINES),
        undone=True,
    )


class Reports:
    """Reports of new people, in one BCU; their rehearsals in another, whose numbers stay free."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.invented = Invented(uuid.uuid4().int)
        others = BCU.objects.exclude(pk=HOME).order_by("pk").values_list("pk", flat=True)
        self.usual, self.rehearsal = (officer_of(bcu, Role.FRONTLINE) for bcu in others[:2])
        self.browsers = {each.pk: signed_in(each) for each in (self.usual, self.rehearsal)}
        self.draft = ""

    def over_rest(self, number: int) -> None:
        """Log one."""
        self._post(self.usual)

    def rehearse_rest(self) -> None:
        """Log one where no other is logged."""
        self._post(self.rehearsal)

    def in_browser(self, number: int) -> None:
        """Write the three steps of a report and log it."""
        self._write(self.usual)

    def rehearse_browser(self) -> None:
        """The same where no other is logged."""
        self._write(self.rehearsal)

    def _post(self, officer: Officer) -> None:
        now = clock.now()
        person = self.invented.person(now.date())
        body = {"person": person, **self.invented.report(person, now), "bcu": officer.bcu_id}
        answer = self.system.post("/api/v1/incidents/", body, officer, str(uuid.uuid4()))
        _expect(answer, HTTPStatus.CREATED)

    def _write(self, officer: Officer) -> None:
        browser = self.browsers[officer.pk]
        path = browser.post("/report/").headers["Location"].removesuffix("who/")
        for slug, fields in self._typed().items():
            _expect(browser.post(f"{path}{slug}/", fields), HTTPStatus.FOUND)
        answer = browser.post(f"{path}check/")
        _expect(answer, HTTPStatus.FOUND)
        if "/incidents/" not in answer.headers["Location"]:
            raise RuntimeError(f"The report was not logged: {answer.headers['Location']}")

    def _typed(self) -> dict[str, dict[str, Any]]:
        """A report as an officer types it, step by step."""
        now = clock.now()
        person = self.invented.person(now.date())
        report = self.invented.report(person, now)
        born, seen = person["date_of_birth"], timezone.localtime(report["last_seen_at"])
        who = {name: person[name] for name in ("given_name", "family_name", "sex")}
        return {
            "who": {
                **who,
                "date_of_birth_day": born.day,
                "date_of_birth_month": born.month,
                "date_of_birth_year": born.year,
                "address": "\n".join(person["home_address"]["lines"]),
                "postcode": person["home_address"]["postcode"],
                "markers": person["markers"],
            },
            "what": {
                "circumstances": report["circumstances"],
                "last_seen_at_day": seen.strftime("%d/%m/%Y"),
                "last_seen_at_time": seen.strftime("%H:%M"),
                "last_seen_place": report["last_seen_place"],
                "missing_from": report["missing_from"],
            },
            "informant": {
                "informant_name": report["informant"]["name"],
                "informant_relationship": report["informant"]["relationship"],
            },
        }
