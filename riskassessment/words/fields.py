"""Where free text is written: which words an event brought in, by the names REST gives them.

An app above this one adds its own kinds with `register` or `register_texts` from its
AppConfig.ready(). What no kind brings in is not looked at: a test walks every text of every record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from core.models import Event
from core.trail import Kind, Payload
from mispers import events as incident_events
from mispers import models
from riskassessment import events
from riskassessment.models import (
    Endorsement,
    InformationItem,
    PromptAnswer,
    RiskAssessment,
    SourceLookedAt,
)

Texts = dict[str, str]
Column = tuple[type[Model], str]
P = TypeVar("P", bound=Payload)


def _always(said: Payload) -> bool:
    return True


@dataclass(frozen=True)
class Written:
    """Words that an event brought in, and the columns that hold them.

    replaces: the later event of a kind with the same name takes the earlier one's place, as a new
    strategy does the last; empty where every entry goes on standing. brings: whether this event
    brought words in at all, as a correction of a telephone number did not.
    """

    texts: Callable[[Event], Mapping[str, str]]
    columns: frozenset[Column]
    replaces: str
    brings: Callable[[Event], bool]


_written: dict[str, Written] = {}


def kinds_with_words() -> frozenset[str]:
    """The codes of the kinds that bring words in."""
    return frozenset(_written)


def columns_looked_at() -> frozenset[Column]:
    """Every column, as a model and the name of its field, whose words are looked at."""
    return frozenset().union(*(each.columns for each in _written.values()))


def register(
    kind: Kind[P],
    row: Callable[[P], int],
    model: type[Model],
    *fields: str,
    replaces: str = "",
    brings: Callable[[P], bool] = _always,
) -> None:
    """Look for phrases in these fields of the row whose id the event says."""

    def texts(said: P) -> dict[str, Any]:
        found: dict[str, Any] = model._default_manager.values(*fields).get(pk=row(said))
        return found

    columns = [(model, field) for field in fields]
    register_texts(kind, texts, holds=columns, replaces=replaces, brings=brings)


def register_texts(
    kind: Kind[P],
    texts: Callable[[P], Mapping[str, str]],
    *,
    holds: Iterable[Column] = (),
    replaces: str = "",
    brings: Callable[[P], bool] = _always,
) -> None:
    """Look for phrases in texts that the event says itself, or that it leads to in its own way.

    holds: the columns that keep them.
    """
    _written[kind.code] = Written(
        lambda event: texts(kind.of(event)),
        frozenset(holds),
        replaces,
        lambda event: brings(kind.of(event)),
    )


def texts_of(event: Event) -> Texts:
    """{field: text} that the event brought in; empty for a kind without words."""
    written = _written.get(event.kind)
    if written is None or not written.brings(event):
        return {}
    return {field: text for field, text in written.texts(event).items() if text}


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


def _of_assessment(said: events.Assessed) -> Texts:
    assessment = RiskAssessment.objects.prefetch_related("information", "sources", "prompts").get(
        pk=said.assessment
    )
    return dict(texts_of_assessment(assessment))


def texts_of_assessment(assessment: RiskAssessment) -> Iterator[tuple[str, str]]:
    """The words of an assessment by the names REST gives them."""
    yield "rationale", assessment.rationale
    yield "differs_because", assessment.differs_because
    yield "changes", assessment.changes
    yield "repeats_because", assessment.repeats_because
    yield "factors", "\n".join(assessment.factors)
    for index, item in enumerate(assessment.information.all()):
        yield f"information.{index}.text", item.text
    for index, answer in enumerate(assessment.prompts.all()):
        yield f"prompts.{index}.text", answer.text
    not_checked = [source for source in assessment.sources.all() if not source.checked]
    for index, source in enumerate(not_checked):
        yield f"sources_not_checked.{index}.reason", source.reason


def _of_decision(said: events.OfAssessment) -> Texts:
    return {"reason": Endorsement.objects.get(assessment=said.assessment).reason}


def _of_overrides(said: incident_events.ClosureAuthorised) -> Texts:
    overrides = enumerate(said.overrides)
    return {f"overrides.{index}.reason": each.reason for index, each in overrides}


_ASSESSMENT: list[Column] = [
    (RiskAssessment, "rationale"),
    (RiskAssessment, "differs_because"),
    (RiskAssessment, "changes"),
    (RiskAssessment, "repeats_because"),
    (RiskAssessment, "factors"),
    (InformationItem, "text"),
    (PromptAnswer, "text"),
    (SourceLookedAt, "reason"),
]

register_texts(events.ASSESSED, _of_assessment, holds=_ASSESSMENT, replaces="assessment")
for _decided in (events.ENDORSED, events.RETURNED):
    register_texts(_decided, _of_decision, holds=[(Endorsement, "reason")])
register(
    incident_events.REPORTED,
    lambda said: said.incident,
    models.Incident,
    "circumstances",
    replaces="report",
)
register(
    incident_events.CORRECTED,
    lambda said: said.incident,
    models.Incident,
    "circumstances",
    replaces="report",
    brings=lambda said: "circumstances" in said.fields,
)
register(
    incident_events.STRATEGY_WRITTEN,
    lambda said: said.strategy,
    models.Strategy,
    "text",
    replaces="strategy",
)
register(
    incident_events.HYPOTHESIS_STATED,
    lambda said: said.hypothesis,
    models.Hypothesis,
    "statement",
    "would_confirm",
    "would_refute",
)
register(
    incident_events.HYPOTHESIS_CONCLUDED,
    lambda said: said.hypothesis,
    models.Hypothesis,
    "evidence",
)
register(
    incident_events.SEARCHED,
    lambda said: said.search,
    models.Search,
    "covered",
    "not_covered",
    "result",
)
register(
    incident_events.SEARCH_ADVISER_DECIDED,
    lambda said: said.decision,
    models.SearchAdviserDecision,
    "reason",
)
register(incident_events.SIGHTED, lambda said: said.sighting, models.Sighting, "text")
for _logged in (incident_events.LOGGED, incident_events.LOGGED_ON_CLOSED):
    register(_logged, lambda said: said.entry, models.LogEntry, "text")
register(incident_events.FAMILY_CONTACTED, lambda said: said.contact, models.FamilyContact, "text")
_KNOWN: dict[Kind[Any], tuple[type[Model], tuple[str, ...]]] = {
    incident_events.CONDITION_RECORDED: (models.HealthCondition, ("meaning", "details")),
    incident_events.MEDICATION_RECORDED: (models.Medication, ("critical_because",)),
    incident_events.EXPLOITATION_RECORDED: (models.ExploitationInvestigation, ("details",)),
    incident_events.ASSOCIATE_RECORDED: (models.Associate, ("details",)),
    incident_events.PLACE_RECORDED: (models.KnownPlace, ("why",)),
    incident_events.CLOTHING_RECORDED: (models.Clothing, ("description",)),
    incident_events.WEATHER_RECORDED: (models.Weather, ("critical_because",)),
}
for _known, (_model, _fields) in _KNOWN.items():
    register(_known, lambda said: said.entry, _model, *_fields, "because")
register(incident_events.LOCATED, lambda said: said.located, models.Located, "how")
register(
    incident_events.PREVENTION_INTERVIEW,
    lambda said: said.interview,
    models.PreventionInterview,
    "why",
    "what_happened",
    "where_and_with_whom",
    "harm",
    "next_time",
    "not_held_because",
)
for _return in (incident_events.RETURN_INTERVIEW_ASKED, incident_events.RETURN_INTERVIEW_UPDATED):
    register(
        _return,
        lambda said: said.interview,
        models.ReturnInterview,
        "outcome",
        replaces="return interview",
    )
register(
    incident_events.CLOSURE_ASKED,
    lambda said: said.closure,
    models.ClosureRequest,
    "rationale",
    "evidence",
)
register(
    incident_events.CLOSURE_REFUSED,
    lambda said: said.closure,
    models.ClosureRequest,
    "refusal_reason",
)
register_texts(
    incident_events.CLOSURE_AUTHORISED, _of_overrides, holds=[(models.BarrierOverride, "reason")]
)
register(incident_events.REOPENED, lambda said: said.reopening, models.Reopening, "reason")
register_texts(incident_events.NEW_INFORMATION_DECIDED, lambda said: {"reason": said.reason})
