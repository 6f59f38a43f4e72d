"""Grading costs as many queries with fifty earlier incidents and a thousand items as with one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mispers.models import Incident, IncidentLink
from officers.models import Officer
from riskassessment.models import InformationItem, PromptAnswer, RiskAssessment
from riskassessment.rules.prompts import prompts
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment
from tests.rest import Rest

ITEMS_EACH = 20


def counted(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def with_grounds(made: RiskAssessment, items: int) -> None:
    """As many pieces of information on an assessment, and every prompt answered."""
    said = {"text": "Seen at noon.", "supplier": "A porter", "contact": "020 7946 0099"}
    InformationItem.objects.bulk_create(
        InformationItem(assessment=made, obtained_at=made.made_at, **said) for _ in range(items)
    )
    PromptAnswer.objects.bulk_create(
        PromptAnswer(
            assessment=made, code=each.code, question=each.question, state="answered", text="Yes."
        )
        for each in prompts()
    )


def earlier_of(incident: Incident, by: Officer, at: datetime) -> None:
    """An earlier incident with its grade. Linked by hand: intake reads every one before it."""
    earlier = log_incident(by, at)
    an_assessment(earlier, by, at, "low")
    IncidentLink.objects.create(
        incident=incident, other=earlier, kind=IncidentLink.Kind.PREVIOUS, made_by=by, made_at=at
    )


def test_pages_at_50_earlier_incidents_and_1000_pieces_of_information(
    cn: Unit, now: datetime, browser_as: Callable[[Officer], Browser], api: Callable[..., Rest]
) -> None:
    officer, inspector, rest = browser_as(cn.frontline), browser_as(cn.inspector), api(cn.frontline)
    incident = log_incident(cn.frontline, now)
    for browser in (officer, inspector):
        browser.get(reverse("open-incidents"))
    rest.get(f"/api/v1/incidents/{incident.reference}/")
    an_assessment(incident, cn.frontline, now)
    counts: dict[int, tuple[int, ...]] = {}
    made = 0
    for size in (1, 10, 50):
        while made < size:
            earlier_of(incident, cn.frontline, now - timedelta(days=60 - made))
            made += 1
        latest = an_assessment(incident, cn.frontline, now, information=[])
        with_grounds(latest, size * ITEMS_EACH)
        of = [incident.reference]
        pages: list[tuple[Any, str]] = [
            (officer, reverse("assess-risk", args=of)),
            (officer, reverse("incident-risk", args=of)),
            (inspector, reverse("decide-assessment", args=[latest.pk])),
            (rest, f"/api/v1/risk-assessments/{latest.pk}/"),
        ]
        counts[size] = tuple(counted(partial(asker.get, url)) for asker, url in pages)
        shown = officer.get(reverse("assess-risk", args=of)).context["background"]
        assert len(shown.earlier) == size
    assert len(set(counts.values())) == 1, counts


def test_recording_1000_pieces_of_information_takes_as_many_queries_as_one(
    cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    item = {
        "text": "Seen at noon.", "supplier": "A porter", "contact": "020 7946 0099",
        "obtained_at": now,
    }  # fmt: skip
    an_assessment(incident, cn.frontline, now)
    counts = {
        size: counted(
            partial(an_assessment, incident, cn.frontline, now, information=[item] * size)
        )
        for size in (1, 1000)
    }
    assert counts[1] == counts[1000], counts
    assert InformationItem.objects.count() == 1002
