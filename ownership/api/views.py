"""The REST endpoints of chains, handovers and actions."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from core.api.endpoint import Answer, Call, Endpoint, commands, creates, lists, shows
from core.api.fields import Moment
from core.errors import Invalid
from mispers.models import Incident
from mispers.selectors import get_incident
from officers.api.fields import OfficerId
from officers.selectors_training import officer_visible_to
from ownership.api.representations import (
    AcceptIn,
    ActionIn,
    ActionOut,
    AnsweredForOut,
    CompleteIn,
    DeclineIn,
    ExtendIn,
    HandoverIn,
    HandoverOut,
    NotPursuedIn,
    OffDutyOut,
    PeriodOut,
    ReassignIn,
    ReferencesIn,
    ShiftHandedOverOut,
    ShiftHandoverIn,
    ShiftHandoverOut,
    UnattendedActionOut,
)
from ownership.forms.chains import LONGEST, USUAL
from ownership.models import Action, Capacity, Handover
from ownership.permissions import check_may_see_answered_for
from ownership.selectors import actions as action_selectors
from ownership.selectors import handovers as handover_selectors
from ownership.selectors.answered_for import AnsweredFor, answered_for
from ownership.selectors.answering import (
    ActionPeriod,
    chain_of_action,
    everybody_at,
    in_force_at,
)
from ownership.selectors.custody import Period, chain_of
from ownership.selectors.sitting import (
    Sheet,
    SheetLine,
    Unanswered,
    left_unanswered,
    sheet_of,
)
from ownership.services import acceptance
from ownership.services import actions as action_services
from ownership.services import handovers as handover_services
from ownership.services.shifts import hand_over_shift
from ownership.services.signing_off import Left, sign_off


class Ownership(Endpoint):
    """Both responsibility chains of an incident: a period ends where the next begins."""

    resource = "handovers"

    @lists(
        PeriodOut,
        filters={
            "at": Moment(
                help_text="Everybody who answered at this moment, and for each action "
                "that was open then who was responsible."
            )
        },
    )
    def get(self, call: Call, reference: str) -> Sequence[Period | ActionPeriod]:
        """The owner's chain, then the inspector's, each from its start."""
        incident = _consulted(call, reference)
        at = call.query.get("at")
        return chain_of(incident) if at is None else everybody_at(incident, at)


class ActionOwnership(Endpoint):
    """Who was responsible for an action: a period ends where the next begins."""

    resource = "actions"

    @lists(PeriodOut, filters={"at": Moment(help_text="Only who was at this moment.")})
    def get(self, call: Call, pk: int) -> Sequence[ActionPeriod]:
        """From when it was set."""
        action = action_selectors.action_for(call.by, pk)
        call.log_consultation(action.incident.reference)
        at, periods = call.query.get("at"), chain_of_action(action)
        return periods if at is None else in_force_at(periods, at)


class OfficerAnsweredFor(Endpoint):
    """Everything that an officer answered for in a period, in the reader's BCUs."""

    resource = "handovers"

    @lists(
        AnsweredForOut,
        filters={
            "from": Moment(help_text="A week before `to`, if left out."),
            "to": Moment(help_text="Now, if left out; within a year of `from`."),
        },
    )
    def get(self, call: Call, pk: int) -> Sequence[AnsweredFor]:
        """The latest taken on first."""
        reader = call.officer
        whose = reader if pk == reader.pk else officer_visible_to(reader, pk)
        check_may_see_answered_for(reader, whose, call.now)
        end = call.query.get("to", call.now)
        start = call.query.get("from", end - USUAL)
        if not start <= end <= start + LONGEST:
            raise Invalid.field("to", "invalid_period", "Give a period of at most a year.")
        found = answered_for(whose, reader, start, end)
        read = dict.fromkeys(each.incident.reference for each in found)
        call.log_consultation(*read or [""])
        return found


class IncidentActions(Endpoint):
    """The actions of one incident."""

    resource = "actions"

    @lists(
        ActionOut,
        filters={
            "state": serializers.ChoiceField(choices=Action.State.choices),
            "responsible": OfficerId(help_text="Of this officer."),
        },
    )
    def get(self, call: Call, reference: str) -> QuerySet[Action]:
        """Earliest due first."""
        incident = _consulted(call, reference)
        found = action_selectors.actions_visible_to(call.by).filter(incident=incident)
        return found.filter(**call.query)

    @creates(ActionIn, ActionOut)
    def post(self, call: Call, reference: str) -> Answer:
        """Set an action; its chain starts with the officer named."""
        action = action_services.set_action(
            reference=reference, by=call.officer, now=call.now, **call.data
        )
        return Answer(action, location=reverse("api-action", args=[action.pk]))


class ActionDetail(Endpoint):
    """One action."""

    resource = "actions"

    @shows(ActionOut)
    def get(self, call: Call, pk: int) -> Action:
        action = action_selectors.action_for(call.by, pk)
        call.log_consultation(action.incident.reference)
        return action


class ReassignAction(Endpoint):
    """Make somebody else responsible, with the reason."""

    resource = "actions"

    @commands(ReassignIn, ActionOut, versioned=True)
    def post(self, call: Call, pk: int) -> Action:
        return action_services.reassign_action(
            action_id=pk,
            by=call.officer,
            now=call.now,
            version=call.expected_version,
            **call.data,
        )


class ExtendAction(Endpoint):
    """Move the due time, with the reason."""

    resource = "actions"

    @commands(ExtendIn, ActionOut, versioned=True)
    def post(self, call: Call, pk: int) -> Action:
        return action_services.extend_action(
            action_id=pk,
            by=call.officer,
            now=call.now,
            version=call.expected_version,
            **call.data,
        )


class CompleteAction(Endpoint):
    """End the action with its result."""

    resource = "actions"

    @commands(CompleteIn, ActionOut, versioned=True)
    def post(self, call: Call, pk: int) -> Action:
        return action_services.complete_action(
            action_id=pk,
            by=call.officer,
            now=call.now,
            version=call.expected_version,
            **call.data,
        )


class ProposeNotPursued(Endpoint):
    """Propose that the action is not pursued."""

    resource = "actions"

    @commands(NotPursuedIn, ActionOut, versioned=True)
    def post(self, call: Call, pk: int) -> Action:
        return action_services.propose_not_pursued(
            action_id=pk,
            by=call.officer,
            now=call.now,
            version=call.expected_version,
            **call.data,
        )


class ApproveNotPursued(Endpoint):
    """An inspector other than the proposer agrees that the action is not pursued."""

    resource = "actions"

    @commands(None, ActionOut, versioned=True)
    def post(self, call: Call, pk: int) -> Action:
        return action_services.approve_not_pursued(
            action_id=pk, by=call.officer, now=call.now, version=call.expected_version
        )


class Shift(Endpoint):
    """A shift handed over in one sitting."""

    resource = "handovers"

    @shows(ShiftHandoverOut)
    def get(self, call: Call) -> Sheet:
        """What the officer holds, briefed from the record, and who is on duty next."""
        sheet = sheet_of(call.officer, call.now)
        call.log_consultation(*{line.incident.reference for line in sheet.lines})
        return sheet

    @creates(ShiftHandoverIn, ShiftHandedOverOut)
    def post(self, call: Call) -> dict[str, list[Handover]]:
        """Offer each line to its officer; each stays with the giver until it is accepted."""
        return {"handovers": hand_over_shift(by=call.officer, now=call.now, **call.data)}


class OffDuty(Endpoint):
    """Going off duty."""

    resource = "handovers"

    @shows(OffDutyOut)
    def get(self, call: Call) -> dict[str, Sequence[SheetLine]]:
        """What would stay with the officer."""
        return {"left": sheet_of(call.officer, call.now).lines}

    @commands(None, OffDutyOut)
    def post(self, call: Call) -> dict[str, list[Left]]:
        """Go off duty; what nobody has accepted stays, and the next rung is told."""
        return {"left": sign_off(by=call.officer, now=call.now)}


class HandoverActions(Endpoint):
    """What falls due in the coming shift of whoever answers a handover."""

    resource = "handovers"

    @lists(UnattendedActionOut)
    def get(self, call: Call, pk: int) -> Sequence[Unanswered]:
        """Of what waits: actions whose officer is off duty then, and who is on duty."""
        handover = handover_selectors.handover_for(call.by, pk)
        items = list(handover.items.all())
        call.log_consultation(*(item.incident.reference for item in items))
        return left_unanswered(items, handover.receiver, call.now)


class Handovers(Endpoint):
    """Offers of incidents to named officers."""

    resource = "handovers"

    @lists(
        HandoverOut,
        filters={
            "waiting": serializers.BooleanField(help_text="Whether something is unanswered."),
            "to": OfficerId(help_text="Offered to this officer."),
            "from": OfficerId(help_text="Offered by this officer."),
            "capacity": serializers.ChoiceField(choices=Capacity.choices),
        },
    )
    def get(self, call: Call) -> QuerySet[Handover]:
        """Latest first."""
        found = handover_selectors.handovers_visible_to(call.by)
        for name, column in (("to", "receiver"), ("from", "giver"), ("capacity", "capacity")):
            if name in call.query:
                found = found.filter(**{column: call.query[name]})
        if "waiting" in call.query:
            found = handover_selectors.narrowed_to_waiting(found, call.query["waiting"])
        return found

    @creates(HandoverIn, HandoverOut)
    def post(self, call: Call) -> Answer:
        """Offer; nothing moves until the officer named accepts."""
        handover = handover_services.offer_handover(by=call.officer, now=call.now, **call.data)
        return Answer(handover, location=reverse("api-handover", args=[handover.pk]))


class HandoverDetail(Endpoint):
    """One handover."""

    resource = "handovers"

    @shows(HandoverOut)
    def get(self, call: Call, pk: int) -> Handover:
        handover = handover_selectors.handover_for(call.by, pk)
        call.log_consultation(*(item.incident.reference for item in handover.items.all()))
        return handover


class AcceptHandover(Endpoint):
    """Take on what was offered to you, high risk one at a time; repeating it does no harm."""

    resource = "handovers"

    @commands(AcceptIn, HandoverOut)
    def post(self, call: Call, pk: int) -> Handover:
        return acceptance.accept_handover(
            handover_id=pk, by=call.officer, now=call.now, **call.data
        )


class DeclineHandover(Endpoint):
    """Send back what was offered to you, with a question or a reason."""

    resource = "handovers"

    @commands(DeclineIn, HandoverOut)
    def post(self, call: Call, pk: int) -> Handover:
        return acceptance.decline_handover(
            handover_id=pk, by=call.officer, now=call.now, **call.data
        )


class WithdrawHandover(Endpoint):
    """Take an offer back before it is accepted."""

    resource = "handovers"

    @commands(ReferencesIn, HandoverOut)
    def post(self, call: Call, pk: int) -> Handover:
        return handover_services.withdraw_handover(
            handover_id=pk, by=call.officer, now=call.now, **call.data
        )


def _consulted(call: Call, reference: str) -> Incident:
    incident = get_incident(call.by, reference)
    call.log_consultation(reference)
    return incident
