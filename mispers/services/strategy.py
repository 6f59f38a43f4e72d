"""The investigation strategy (PLAN-1) and its hypotheses, each tested or open."""

from datetime import datetime

from core.checks import Complaints
from core.errors import NotVisible
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.errors import AlreadyConcluded
from mispers.models import Hypothesis, Strategy
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


def write_strategy(
    reference: str, *, by: Officer, now: datetime, text: str, version: int | None = None
) -> Strategy:
    """Write the strategy for finding this person; it replaces the one before, which stays.

    Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    text = wrong.text("text", text, required="Write the strategy for finding this person.")
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.RECORD, version=version
    ) as incident:
        check_open(incident)
        wrong.check()
        strategy = Strategy.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, text=text
        )
        record(
            incident,
            events.STRATEGY_WRITTEN,
            events.StrategyWritten(strategy=strategy.pk),
            by=by,
            now=now,
            summary=f"{by} wrote the investigation strategy: {quoted(text)}",
        )
    return strategy


def state_hypothesis(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    statement: str,
    would_confirm: str,
    would_refute: str,
) -> Hypothesis:
    """State what may have happened, with what would confirm and what would refute it.

    It is open until concluded; while open it is no ground for a closure (HYP-1).
    Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    statement = wrong.text("statement", statement, required="Say what may have happened.")
    would_confirm = wrong.text(
        "would_confirm", would_confirm, required="Say what would confirm this."
    )
    would_refute = wrong.text("would_refute", would_refute, required="Say what would refute this.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        wrong.check()
        hypothesis = Hypothesis.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            statement=statement,
            would_confirm=would_confirm,
            would_refute=would_refute,
        )
        record(
            incident,
            events.HYPOTHESIS_STATED,
            events.HypothesisStated(hypothesis=hypothesis.pk),
            by=by,
            now=now,
            summary=(
                f"{by} stated a hypothesis, not yet tested: {quoted(statement)} "
                f"It would be confirmed by {quoted(would_confirm)} "
                f"and refuted by {quoted(would_refute)}"
            ),
        )
    return hypothesis


def conclude_hypothesis(
    reference: str,
    *,
    hypothesis: int,
    by: Officer,
    now: datetime,
    status: str,
    evidence: str,
    supplier: str,
) -> Hypothesis:
    """Say whether a hypothesis is supported or refuted, by what evidence and from whom.

    Raises Invalid, NotVisible when it is not this incident's, Conflict when it is concluded already
    (naming by whom and when) or the incident is closed.
    """
    wrong = Complaints(now)
    concluded = [Hypothesis.Status.SUPPORTED.value, Hypothesis.Status.REFUTED.value]
    wrong.one_of("status", status, concluded)
    evidence = wrong.text("evidence", evidence, required="Say what the evidence is.")
    supplier = wrong.line("supplier", supplier, required="Say who supplied the evidence.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        found = (
            Hypothesis.objects.select_related("concluded_by")
            .filter(incident=incident, pk=hypothesis)
            .first()
        )
        if found is None:
            raise NotVisible
        _check_untested(found)
        wrong.check()
        found.status, found.evidence, found.supplier = status, evidence, supplier
        found.concluded_by, found.concluded_at = by, now
        found.save()
        record(
            incident,
            events.HYPOTHESIS_CONCLUDED,
            events.HypothesisConcluded(hypothesis=found.pk, status=status),
            by=by,
            now=now,
            summary=(
                f"{by} concluded that the hypothesis {quoted(without_stop(found.statement))} is "
                f"{found.get_status_display().lower()}, by evidence from "
                f"{without_stop(supplier)}: {quoted(evidence)}"
            ),
        )
    return found


def _check_untested(hypothesis: Hypothesis) -> None:
    if hypothesis.concluded_by is None or hypothesis.concluded_at is None:
        return
    raise AlreadyConcluded(
        f"{hypothesis.concluded_by} concluded on {at_time(hypothesis.concluded_at)} that this "
        f"hypothesis is {hypothesis.get_status_display().lower()}. State a new one to go on."
    )
