"""Where free text is written: which words an event brought in, by the names REST gives them.

Each app's wiring lists its own. What no kind brings in is not looked at: a test walks every text of
every record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from core.models import Event
from core.trail import Kind
from riskassessment.models import Endorsement, RiskAssessment

Texts = dict[str, str]
Column = tuple[type[Model], str]


def _always(event: Event) -> bool:
    return True


@dataclass(frozen=True)
class Written:
    """Words that an event of a kind brings in, and the columns that hold them.

    replaces: the later event of a kind with the same name takes the earlier one's place, as a new
    strategy does the last; empty where every entry goes on standing. brings: whether this event
    brought words in at all, as a correction of a telephone number did not.
    """

    kind: Kind
    texts: Callable[[Event], Mapping[str, str]]
    columns: frozenset[Column]
    replaces: str = ""
    brings: Callable[[Event], bool] = _always


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
    kind: Kind,
    key: str,
    model: type[Model],
    *fields: str,
    replaces: str = "",
    brings: Callable[[Event], bool] = _always,
) -> Written:
    """Words in these fields of the row whose id is `event.data[key]`."""

    def texts(event: Event) -> dict[str, Any]:
        found: dict[str, Any] = model._default_manager.values(*fields).get(pk=event.data[key])
        return found

    columns = frozenset((model, field) for field in fields)
    return Written(kind, texts, columns, replaces, brings)


def said(kind: Kind, *keys: str, holds: Iterable[Column] = ()) -> Written:
    """What the event itself says under these keys. holds: where it is kept."""
    return asked_for(
        kind, lambda event: {key: event.data.get(key, "") for key in keys}, holds=holds
    )


def asked_for(
    kind: Kind,
    texts: Callable[[Event], Mapping[str, str]],
    *,
    holds: Iterable[Column],
    replaces: str = "",
) -> Written:
    """Texts that the event has to be asked for in its own way."""
    return Written(kind, texts, frozenset(holds), replaces)


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


def of_assessment(event: Event) -> Texts:
    """The words of the assessment that the event is about."""
    assessment = RiskAssessment.objects.prefetch_related("information", "sources", "prompts").get(
        pk=event.data["assessment"]
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


def of_decision(event: Event) -> Texts:
    """Why the assessment was endorsed or returned."""
    return {"reason": Endorsement.objects.get(assessment=event.data["assessment"]).reason}


def of_overrides(event: Event) -> Texts:
    """Why each barrier was overridden."""
    overrides = enumerate(event.data["overrides"])
    return {f"overrides.{index}.reason": each["reason"] for index, each in overrides}
