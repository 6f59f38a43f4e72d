"""The REST endpoints of handovers: a shift at once, one offer, its answers, going off duty."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from core.api.endpoint import Answer, Call, Endpoint, commands, creates, lists, shows
from officers.api.fields import OfficerId
from ownership.api.handover_shapes import AcceptIn, DeclineIn, HandoverIn, HandoverOut, ReferencesIn
from ownership.api.shift_shapes import (
    OffDutyOut,
    ShiftHandedOverOut,
    ShiftHandoverIn,
    ShiftHandoverOut,
    UnattendedActionOut,
)
from ownership.models import Capacity, Handover
from ownership.selectors import handovers as handover_selectors
from ownership.selectors.sitting import (
    Sheet,
    SheetLine,
    Unanswered,
    left_unanswered,
    sheet_of,
)
from ownership.services import acceptance
from ownership.services import handovers as handover_services
from ownership.services.shifts import hand_over_shift
from ownership.services.signing_off import Left, sign_off


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
