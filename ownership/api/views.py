"""The REST endpoints of chains and actions; those of handovers are beside."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from core.api.endpoint import Answer, Call, Endpoint, commands, creates, lists, shows
from core.api.fields import Moment
from core.errors import Invalid
from mispers.models import Incident
from mispers.selectors.incidents import get_incident
from officers.api.fields import OfficerId
from officers.selectors.training import officer_visible_to
from ownership.api.action_shapes import (
    ActionIn,
    ActionOut,
    CompleteIn,
    ExtendIn,
    NotPursuedIn,
    ReassignIn,
)
from ownership.api.chain_shapes import AnsweredForOut, PeriodOut
from ownership.models import Action
from ownership.permissions import check_may_see_answered_for
from ownership.rules.periods import LONGEST, USUAL
from ownership.selectors import actions as action_selectors
from ownership.selectors.answered_for import AnsweredFor, answered_for
from ownership.selectors.answering import (
    ActionPeriod,
    chain_of_action,
    everybody_at,
    in_force_at,
)
from ownership.selectors.custody import Period, chain_of
from ownership.services import actions as action_services


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
            reference=reference,
            action=action_services.NewAction(**call.data),
            by=call.officer,
            now=call.now,
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


def _consulted(call: Call, reference: str) -> Incident:
    incident = get_incident(call.by, reference)
    call.log_consultation(reference)
    return incident
