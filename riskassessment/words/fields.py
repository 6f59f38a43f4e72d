"""Where free text is written: which row an event is about, and which of its fields hold words.

An app above this one adds its own kinds with `register` from its AppConfig.ready().
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from core.models import Event
from core.trail import Kind
from mispers import events as incident_events
from mispers import models
from riskassessment import events
from riskassessment.models import RiskAssessment

Texts = dict[str, str]


def _always(event: Event) -> bool:
    return True


@dataclass(frozen=True)
class Written:
    """Words that an event brought in: the row's id is in its data under `key`.

    replaces: the later event of a kind with the same name takes the earlier one's place, as a new
    strategy does the last; empty where every entry goes on standing. brings: whether this event
    brought words in at all, as a correction of a telephone number did not.
    """

    key: str
    texts: Callable[[int], Texts]
    replaces: str = ""
    brings: Callable[[Event], bool] = _always


_written: dict[str, Written] = {}


def kinds_with_words() -> frozenset[str]:
    """The codes of the kinds whose rows hold words."""
    return frozenset(_written)


def register(
    kind: Kind,
    key: str,
    model: type[Model],
    *fields: str,
    replaces: str = "",
    brings: Callable[[Event], bool] = _always,
) -> None:
    """Look for phrases in these fields of the row whose id is `event.data[key]`."""

    def texts(pk: int) -> Texts:
        row: dict[str, Any] = model._default_manager.values(*fields).get(pk=pk)
        return {name: value for name, value in row.items() if value}

    _written[kind.code] = Written(key, texts, replaces, brings)


def texts_of(event: Event) -> Texts:
    """{field: text} that the event brought in; empty for a kind without words."""
    written = _written.get(event.kind)
    if written is None or not written.brings(event):
        return {}
    return written.texts(int(event.data[written.key]))


def brings_words(event: Event) -> bool:
    """Whether the event brought in words that could take the place of earlier ones."""
    written = _written.get(event.kind)
    return written is not None and written.brings(event)


def kinds_replacing(kind: str) -> frozenset[str]:
    """The kinds whose later event takes the place of one of this kind."""
    written = _written.get(kind)
    if written is None or not written.replaces:
        return frozenset()
    return frozenset(code for code, each in _written.items() if each.replaces == written.replaces)


def _of_assessment(pk: int) -> Texts:
    assessment = RiskAssessment.objects.prefetch_related("information", "sources", "prompts").get(
        pk=pk
    )
    return {name: text for name, text in texts_of_assessment(assessment) if text}


def texts_of_assessment(assessment: RiskAssessment) -> Iterator[tuple[str, str]]:
    """The words of an assessment by the names REST gives them."""
    yield "rationale", assessment.rationale
    yield "differs_because", assessment.differs_because
    yield "changes", assessment.changes
    yield "factors", "\n".join(assessment.factors)
    for index, item in enumerate(assessment.information.all()):
        yield f"information.{index}.text", item.text
    for index, answer in enumerate(assessment.prompts.all()):
        yield f"prompts.{index}.text", answer.text
    not_checked = [source for source in assessment.sources.all() if not source.checked]
    for index, source in enumerate(not_checked):
        yield f"sources_not_checked.{index}.reason", source.reason


_written[events.ASSESSED.code] = Written("assessment", _of_assessment, "assessment")
register(incident_events.REPORTED, "incident", models.Incident, "circumstances", replaces="report")
register(
    incident_events.CORRECTED,
    "incident",
    models.Incident,
    "circumstances",
    replaces="report",
    brings=lambda event: "circumstances" in event.data["fields"],
)
register(incident_events.STRATEGY_WRITTEN, "strategy", models.Strategy, "text", replaces="strategy")
register(
    incident_events.HYPOTHESIS_STATED,
    "hypothesis",
    models.Hypothesis,
    "statement",
    "would_confirm",
    "would_refute",
)
register(incident_events.HYPOTHESIS_CONCLUDED, "hypothesis", models.Hypothesis, "evidence")
register(incident_events.SEARCHED, "search", models.Search, "covered", "not_covered", "result")
register(incident_events.SIGHTED, "sighting", models.Sighting, "text")
for _kind in (incident_events.LOGGED, incident_events.LOGGED_ON_CLOSED):
    register(_kind, "entry", models.LogEntry, "text")
register(incident_events.FAMILY_CONTACTED, "contact", models.FamilyContact, "text")
_KNOWN: dict[Kind, tuple[type[Model], tuple[str, ...]]] = {
    incident_events.CONDITION_RECORDED: (models.HealthCondition, ("meaning", "details")),
    incident_events.MEDICATION_RECORDED: (models.Medication, ("critical_because",)),
    incident_events.EXPLOITATION_RECORDED: (models.ExploitationInvestigation, ("details",)),
    incident_events.ASSOCIATE_RECORDED: (models.Associate, ("details",)),
    incident_events.PLACE_RECORDED: (models.KnownPlace, ("why",)),
    incident_events.CLOTHING_RECORDED: (models.Clothing, ("description",)),
    incident_events.WEATHER_RECORDED: (models.Weather, ("critical_because",)),
}
for _kind, (_model, _fields) in _KNOWN.items():
    register(_kind, "entry", _model, *_fields, "because")
register(incident_events.LOCATED, "located", models.Located, "how")
register(
    incident_events.PREVENTION_INTERVIEW,
    "interview",
    models.PreventionInterview,
    "why",
    "what_happened",
    "where_and_with_whom",
    "harm",
    "next_time",
    "not_held_because",
)
for _kind in (incident_events.RETURN_INTERVIEW_ASKED, incident_events.RETURN_INTERVIEW_UPDATED):
    register(_kind, "interview", models.ReturnInterview, "outcome", replaces="return interview")
register(incident_events.CLOSURE_ASKED, "closure", models.ClosureRequest, "rationale", "evidence")
register(incident_events.CLOSURE_REFUSED, "closure", models.ClosureRequest, "refusal_reason")
register(incident_events.REOPENED, "reopening", models.Reopening, "reason")
