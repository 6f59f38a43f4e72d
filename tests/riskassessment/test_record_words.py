"""Phrases in every free text of a record: found when written, gone when reworded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from mispers.models import Incident
from mispers.services.corrections import correct_incident
from ownership.services.actions import NewAction, set_action
from riskassessment.language.answers import unanswered
from riskassessment.models import PhraseFound
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.rest import Rest

Api = Callable[..., Rest]
BLAME = "She absconded."
WORD = {"phrase": "absconded", "prefer": "Went missing; ran away"}


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("log/", {"text": BLAME, "source": "The home"}, "text"),
        ("strategy/", {"text": BLAME}, "text"),
        (
            "hypotheses/",
            {"statement": "x", "would_confirm": BLAME, "would_refute": "x"},
            "would_confirm",
        ),
        (
            "sightings/",
            {
                "at": "2026-07-18T08:00:00Z",
                "place": "Lark Lane",
                "reported_by": "A neighbour",
                "credibility": "credible",
                "text": BLAME,
            },
            "text",
        ),
        (
            "family-contacts/",
            {"with": "Rowan", "made_by": "PC Thorne", "at": "2026-07-18T08:00:00Z", "text": BLAME},
            "text",
        ),
    ],
)
def test_an_entry_is_answered_with_its_words_and_they_wait(
    incident: Incident, cn: Unit, api: Api, path: str, body: dict[str, Any], field: str
) -> None:
    rest = api(cn.frontline)
    answer = rest.post(f"/api/v1/incidents/{incident.reference}/{path}", body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["words"] == [{"field": field, **WORD}]
    found = PhraseFound.objects.get()
    assert (found.incident, found.field) == (incident, field)
    assert unanswered(incident) == [found]


def test_a_strategy_written_anew_takes_the_words_away(
    incident: Incident, cn: Unit, api: Api
) -> None:
    rest = api(cn.frontline)
    path = f"/api/v1/incidents/{incident.reference}/strategy/"
    rest.post(path, {"text": BLAME})
    rest.post(path, {"text": "Ask at the school, then the bus company."})
    assert unanswered(incident) == []


def test_a_correction_of_the_words_takes_them_away_and_another_does_not(
    cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now, circumstances=BLAME)

    def correct(**changes: Any) -> None:
        version = Incident.objects.get(pk=incident.pk).version
        correct_incident(
            incident.reference, by=cn.frontline, now=now, changes=changes, version=version
        )

    correct(last_seen_place="The library")
    assert len(unanswered(incident)) == 1
    correct(circumstances="She went missing at noon.")
    assert unanswered(incident) == []


def test_an_action_is_read_too(incident: Incident, cn: Unit, now: datetime) -> None:
    action = NewAction(
        title="Ask why she absconded", responsible=cn.frontline, due_at=now.replace(hour=12)
    )
    set_action(reference=incident.reference, action=action, by=cn.frontline, now=now)
    assert PhraseFound.objects.get().field == "title"
