"""Whatever happens in whatever order, nobody is dropped and nobody holds what they did not accept.

Sequences of reports, offers, whole shifts handed over, acceptances, refusals, withdrawals, grades,
actions, sign-offs, closures, reopenings and steps of the clock, against the real database. The
suite runs a few; MISPERS_EXAMPLES=2000 runs thousands.
"""

import os
from collections import defaultdict
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
from mispers.services.boundary import pass_boundary
from mispers.services.reopening import reopen_incident
from officers.models import Officer
from officers.rules.roles import Role
from officers.rules.turns import Turn
from ownership.models import Action, ActionLink, Capacity, CustodyLink, HandoverItem, Holding
from ownership.selectors.sitting import sheet_of
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.actions import complete_action, reassign_action
from ownership.services.allocating import Allocation
from ownership.services.handovers import withdraw_handover
from ownership.services.reminders import raise_due_reminders
from ownership.services.shift_ends import watch_changes_of_shift
from ownership.services.shifts import ShiftLine, hand_over_shift
from ownership.services.signing_off import sign_off
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, an_officer, on_turn
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment
from tests.moments import NOW

EXAMPLES = int(os.environ.get("MISPERS_EXAMPLES", "6"))
STEPS = 20
MOST_INCIDENTS = 5
WHICH, WHO = st.integers(0, MOST_INCIDENTS - 1), st.integers(0, 7)
# None stands for whoever it is meant for; anybody else is refused.
RIGHT_ONE = st.sampled_from([*[None] * 12, *range(8)])
DAYS = 4

Key = tuple[int, str]


class Handing(RuleBasedStateMachine):
    """Up to five incidents among the three turns of one BCU; a refused step changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.incidents: list[Incident] = []
        self.expected: dict[Key, int] = {}

    @initialize()
    def start(self) -> None:
        bcu = a_bcu("CN")
        self.officers: list[Officer] = []
        for role in (Role.DUTY_INSPECTOR, Role.FRONTLINE):
            for turn in Turn:
                officer = an_officer(role, bcu)
                self.officers.append(officer)
                for day in range(-1, DAYS):
                    on_turn(officer, NOW + timedelta(days=day), turn)
        for role in (Role.SAFEGUARDING_DI, Role.SUPERINTENDENT):
            self.officers.append(an_officer(role, bcu))
        self.report(3)
        self.report(4)

    def attempt(self, service: Any, **given: Any) -> Any:
        try:
            return service(now=self.now, **given)
        except DomainError:
            return None

    def a(self, which: int) -> Incident:
        found = self.incidents[which % len(self.incidents)]
        return Incident.objects.select_related("person").get(pk=found.pk)

    def item(self, which: int) -> HandoverItem | None:
        """One that waits, mostly; now and then one that was answered long ago."""
        items = HandoverItem.objects.select_related("handover", "incident").order_by("-pk")
        some = list(items.filter(state="offered")) if which % 4 else []
        some = some or list(items)
        return some[which % len(some)] if some else None

    @precondition(lambda self: 0 < len(self.incidents) < MOST_INCIDENTS)
    @rule(by=st.integers(3, 5))
    def report(self, by: int) -> None:
        incident = log_incident(self.officers[by], self.now)
        self.incidents.append(incident)
        self.follow_start(incident)

    def follow_start(self, incident: Incident) -> None:
        """The report, or the reopening, names who answers: nobody need accept that."""
        for holding in Holding.objects.filter(incident=incident):
            self.expected[incident.pk, holding.capacity] = holding.officer_id

    @rule(minutes=st.integers(1, 600))
    def clock_steps(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        watch_changes_of_shift(now=self.now)
        raise_due_reminders(now=self.now)
        for incident in self.incidents:
            if incident.boundary_48h_at <= self.now:
                self.attempt(pass_boundary, reference=incident.reference)

    @rule(which=WHICH, to=WHO, capacity=st.sampled_from(Capacity), by=RIGHT_ONE)
    def offer(self, which: int, to: int, capacity: Capacity, by: int | None) -> None:
        incident = self.a(which)
        holder = Officer.objects.get(pk=self.expected[incident.pk, capacity])
        self.attempt(
            lambda now, **given: an_offer(now=now, incidents=incident, **given),
            by=holder if by is None else self.officers[by],
            to=self.officers[to],
            capacity=capacity,
        )

    @rule(by=WHO, to=WHO)
    def hand_over_a_shift(self, by: int, to: int) -> None:
        holders = sorted(set(self.expected.values()))
        officer, other = Officer.objects.get(pk=holders[by % len(holders)]), self.officers[to]
        sheet = sheet_of(officer, self.now)
        lines = [
            ShiftLine(line.incident.reference, line.capacity, sheet.to[line.role] or other)
            for line in sheet.lines
            if line.waiting is None
        ]
        actions = [Allocation(each.action.pk, each.there[0]) for each in sheet.actions]
        self.attempt(hand_over_shift, by=officer, lines=lines, actions=actions)

    @rule(
        which=st.integers(0, 12),
        by=RIGHT_ONE,
        is_single=st.booleans(),
        risk=st.sampled_from(["", "reconfirmed", "review_asked"]),
    )
    def accept(self, which: int, by: int | None, is_single: bool, risk: str) -> None:
        item = self.item(which)
        if item is None:
            return
        officer = item.handover.receiver if by is None else self.officers[by]
        before = self.offered(item.handover_id)
        done = self.attempt(
            accept_handover,
            handover_id=item.handover_id,
            by=officer,
            items=[item.incident.reference] if is_single else None,
            risk=risk,
        )
        if done is not None:
            for key in before - self.offered(item.handover_id):
                self.expected[key] = officer.pk

    @rule(which=st.integers(0, 12), by=RIGHT_ONE)
    def send_back(self, which: int, by: int | None) -> None:
        if (item := self.item(which)) is not None:
            officer = item.handover.receiver if by is None else self.officers[by]
            given = {"handover_id": item.handover_id, "by": officer, "reason": "Who has rung?"}
            self.attempt(decline_handover, **given)

    @rule(which=st.integers(0, 12), by=RIGHT_ONE)
    def withdraw(self, which: int, by: int | None) -> None:
        if (item := self.item(which)) is not None:
            officer = self.officers[by] if by is not None else item.handover.giver
            if officer is not None:
                self.attempt(withdraw_handover, handover_id=item.handover_id, by=officer)

    @rule(which=WHICH, by=WHO, grade=st.sampled_from(["medium", "high"]))
    def grade(self, which: int, by: int, grade: str) -> None:
        incident = self.a(which)
        self.attempt(
            lambda now: an_assessment(incident, self.officers[by], now, grade),
        )

    @rule(which=WHICH, by=WHO, to=WHO, hours=st.integers(1, 20))
    def set_an_action(self, which: int, by: int, to: int, hours: int) -> None:
        incident, due_at = self.a(which), self.now + timedelta(hours=hours)
        officers = self.officers[by], self.officers[to]
        self.attempt(lambda now: an_action(incident, officers[0], now, officers[1], due_at=due_at))

    @rule(which=st.integers(0, 4), by=WHO, to=WHO, is_done=st.booleans())
    def act(self, which: int, by: int, to: int, is_done: bool) -> None:
        actions = list(Action.objects.order_by("-pk"))
        if not actions:
            return
        common = {"action_id": actions[which % len(actions)].pk, "by": self.officers[by]}
        if is_done:
            self.attempt(complete_action, result="Nobody at home.", **common)
        else:
            responsible = self.officers[to]
            self.attempt(reassign_action, responsible=responsible, reason="Off duty.", **common)

    @rule(by=WHO)
    def go_off_duty(self, by: int) -> None:
        self.attempt(sign_off, by=self.officers[by])

    @rule(which=WHICH, by=st.integers(0, 2))
    def end(self, which: int, by: int) -> None:
        incident = self.a(which)
        self.attempt(lambda now: close(incident, self.officers[3], self.officers[by], now))

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        incident = self.a(which)
        done = self.attempt(
            lambda now, by: reopen_incident(incident.reference, by=by, now=now, reason="Again."),
            by=self.officers[3],
        )
        if done is not None:
            self.follow_start(incident)

    def offered(self, handover_id: int) -> set[Key]:
        waiting = HandoverItem.objects.filter(handover=handover_id, state="offered")
        return set(waiting.values_list("incident_id", "capacity"))

    @invariant()
    def one_holder_in_each_capacity_who_accepted(self) -> None:
        held = {(h.incident_id, h.capacity): h.officer_id for h in Holding.objects.all()}
        assert held == self.expected
        assert len(held) == 2 * len(self.incidents)

    @invariant()
    def chains_are_unbroken_since_the_report(self) -> None:
        chains: dict[Key, list[CustodyLink]] = defaultdict(list)
        for link in CustodyLink.objects.order_by("taken_at", "pk"):
            chains[link.incident_id, link.capacity].append(link)
        for incident in self.incidents:
            for capacity in Capacity:
                links = chains[incident.pk, capacity.value]
                assert links[0].taken_at == incident.recorded_at
                assert all(a.taken_at < b.taken_at for a, b in pairwise(links))
                assert links[-1].officer_id == self.expected[incident.pk, capacity]

    @invariant()
    def every_action_is_answered_for(self) -> None:
        last = {link.action_id: link for link in ActionLink.objects.order_by("taken_at", "pk")}
        first = {link.action_id: link for link in ActionLink.objects.order_by("-taken_at", "-pk")}
        for action in Action.objects.all():
            assert first[action.pk].taken_at == action.set_at
            assert last[action.pk].officer_id == action.responsible_id

    @invariant()
    def each_is_on_offer_to_one_officer_at_most_and_nothing_closed_is(self) -> None:
        waiting = HandoverItem.objects.filter(state="offered").select_related("incident")
        keys = [(item.incident_id, item.capacity) for item in waiting]
        assert len(keys) == len(set(keys))
        assert all(item.incident.is_open for item in waiting)


class TestHanding(TestCase):
    """Each sequence runs in a transaction of its own that is undone."""

    def test_any_sequence_keeps_one_holder(self) -> None:
        run_state_machine_as_test(
            lambda: _Undone(self),  # type: ignore[arg-type]  # any maker of a machine will do
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
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
