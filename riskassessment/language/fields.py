"""Where free text is written: which words an event brought in, by the names REST gives them.

Each app's wiring lists its own. What no kind brings in is not looked at: a test walks every text of
every record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from core.models import Event
from core.trail import Kind, Payload
from mispers import events as incident_events
from riskassessment import events
from riskassessment.models import Endorsement, RiskAssessment

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

    kind: Kind[Any]
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


def look_for_phrases(*written: Written) -> None:
    """Look for phrases in these words, whenever an event brings them in."""
    _written.update({each.kind.code: each for each in written})


def in_row(
    kind: Kind[P],
    row: Callable[[P], int],
    model: type[Model],
    *fields: str,
    replaces: str = "",
    brings: Callable[[P], bool] = _always,
) -> Written:
    """Words in these fields of the row whose id the event says."""

    def texts(said: P) -> dict[str, Any]:
        found: dict[str, Any] = model._default_manager.values(*fields).get(pk=row(said))
        return found

    columns = [(model, field) for field in fields]
    return asked_for(kind, texts, holds=columns, replaces=replaces, brings=brings)


def asked_for(
    kind: Kind[P],
    texts: Callable[[P], Mapping[str, str]],
    *,
    holds: Iterable[Column] = (),
    replaces: str = "",
    brings: Callable[[P], bool] = _always,
) -> Written:
    """Words that the event says itself, or that it leads to. holds: the columns that keep them."""
    return Written(
        kind,
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


def of_assessment(said: events.Assessed) -> Texts:
    """The words of the assessment that the event is about."""
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


def of_decision(said: events.OfAssessment) -> Texts:
    """Why the assessment was endorsed or returned."""
    return {"reason": Endorsement.objects.get(assessment=said.assessment).reason}


def of_overrides(said: incident_events.ClosureAuthorised) -> Texts:
    """Why each barrier was overridden."""
    overrides = enumerate(said.overrides)
    return {f"overrides.{index}.reason": each.reason for index, each in overrides}
