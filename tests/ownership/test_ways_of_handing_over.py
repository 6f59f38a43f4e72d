"""Offers, acceptances and refusals in any order leave one holder and an unbroken chain."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import DomainError
from mispers.models import Incident
from officers.models import Officer
from officers.roles import Role
from ownership.models import Capacity, CustodyLink, HandoverItem, Holding
from ownership.selectors.custody import holder_at
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.handovers import withdraw_handover
from tests.conftest import a_unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_offer
from tests.factories.risk import an_assessment
from tests.moments import NOW

INCIDENTS = st.integers(0, 2)
WHO = st.integers(0, 3)


class Handing(RuleBasedStateMachine):
    """Three incidents among four inspectors of one BCU; steps that are refused change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.incidents: list[Incident] = []
        self.expected: dict[tuple[int, str], int] = {}

    @initialize()
    def log_three(self) -> None:
        unit = a_unit("CN")
        self.frontline = unit.frontline
        self.officers: list[Officer] = [
            unit.inspector,
            unit.safeguarding_di,
            unit.another(Role.DUTY_INSPECTOR),
            unit.superintendent,
        ]
        self.incidents = [log_incident(unit.frontline, NOW) for _ in range(3)]
        for incident in self.incidents:
            self.expected[incident.pk, "owner"] = unit.frontline.pk
            self.expected[incident.pk, "inspector"] = unit.inspector.pk

    def attempt(self, service: Any, **given: Any) -> Any:
        try:
            return service(now=self.now, **given)
        except DomainError:
            return None

    @rule(minutes=st.integers(0, 600))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.incidents)
    @rule(chosen=st.sets(INCIDENTS, min_size=1), by=WHO, to=WHO, capacity=st.sampled_from(Capacity))
    def offer(self, chosen: set[int], by: int, to: int, capacity: Capacity) -> None:
        some = [self.incidents[each] for each in sorted(chosen)]
        self.attempt(
            lambda now, **given: an_offer(now=now, incidents=some, **given),
            by=self.officers[by],
            to=self.officers[to],
            capacity=capacity,
        )

    @precondition(lambda self: self.incidents)
    @rule(which=st.integers(0, 20), by=WHO, only=st.none() | INCIDENTS)
    def accept(self, which: int, by: int, only: int | None) -> None:
        item = self.some_item(which)
        if item is None:
            return
        items = None if only is None else [self.incidents[only].reference]
        before = self.offered(item.handover_id)
        officer = self.officers[by]
        done = self.attempt(accept_handover, handover_id=item.handover_id, by=officer, items=items)
        if done is None:
            return
        assert item.handover.receiver_id == officer.pk
        for each in before - self.offered(item.handover_id):
            self.expected[each] = officer.pk

    @precondition(lambda self: self.incidents)
    @rule(which=st.integers(0, 20), by=WHO)
    def send_back(self, which: int, by: int) -> None:
        if (item := self.some_item(which)) is not None:
            self.attempt(
                decline_handover,
                handover_id=item.handover_id,
                by=self.officers[by],
                reason="Who has rung?",
            )

    @precondition(lambda self: self.incidents)
    @rule(which=st.integers(0, 20), by=WHO)
    def withdraw(self, which: int, by: int) -> None:
        if (item := self.some_item(which)) is not None:
            self.attempt(withdraw_handover, handover_id=item.handover_id, by=self.officers[by])

    @precondition(lambda self: self.incidents)
    @rule(which=INCIDENTS, grade=st.sampled_from(["medium", "high"]))
    def grade(self, which: int, grade: str) -> None:
        an_assessment(self.incidents[which], self.frontline, self.now, grade)

    @invariant()
    def one_holder_in_each_capacity_who_accepted(self) -> None:
        held = {(h.incident_id, h.capacity): h.officer_id for h in Holding.objects.all()}
        assert held == self.expected

    @invariant()
    def chains_begin_with_the_report_and_only_grow(self) -> None:
        for incident in self.incidents:
            for capacity in Capacity:
                times = list(
                    CustodyLink.objects.filter(incident=incident, capacity=capacity).values_list(
                        "taken_at", flat=True
                    )
                )
                assert times[0] == NOW
                assert all(a < b for a, b in pairwise(times))
                at = holder_at(incident, capacity, times[-1])
                assert at is not None
                assert at.officer_id == self.expected[incident.pk, capacity]

    @invariant()
    def each_is_on_offer_to_one_officer_at_most(self) -> None:
        offered = list(
            HandoverItem.objects.filter(state="offered").values_list("incident_id", "capacity")
        )
        assert len(offered) == len(set(offered))

    def some_item(self, which: int) -> HandoverItem | None:
        items = list(HandoverItem.objects.select_related("handover").order_by("pk"))
        return items[which % len(items)] if items else None

    def offered(self, handover_id: int) -> set[tuple[int, str]]:
        waiting = HandoverItem.objects.filter(handover=handover_id, state="offered")
        return set(waiting.values_list("incident_id", "capacity"))


class TestHanding(TestCase):
    """Each sequence runs in a transaction of its own that is undone."""

    def test_any_sequence_keeps_one_holder(self) -> None:
        run_state_machine_as_test(
            lambda: _Undone(self),  # type: ignore[arg-type]  # any maker of a machine will do
            settings=settings(
                max_examples=15,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


class _Undone(Handing):
    def __init__(self, case: TestCase) -> None:
        super().__init__()
        self.case = case
        case.setup_example()  # type: ignore[no-untyped-call]  # the library's

    def teardown(self) -> None:
        self.case.teardown_example(None)  # type: ignore[no-untyped-call]  # the library's
