"""The rota over REST: shifts one by one, by the week and from a file, and the gaps ahead."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.api.fields import Id, Moment, Paragraphs
from core.api.serializers import Input, Output
from core.files.decoding import LARGEST
from core.london import day_of
from officers.api.fields import BcuCode, OfficerId
from officers.api.representations import OfficerBrief
from officers.models import BCU, Officer, Shift
from officers.rules.bank_holidays import bank_holiday
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, Turn
from officers.rules.weekly import MOST_WEEKS, WeeklyPattern
from officers.selectors.gaps import AHEAD, gaps_ahead
from officers.selectors.shifts import shifts_seen_by
from officers.services.rota_import import Form, Imported, import_rota
from officers.services.shifts import add_shift, change_shift, cover_shift, take_out_shift
from officers.services.weekly import repeat_shifts

_ROLES = [(role.value, role.label) for role in ROTA_ROLES]


class ShiftTimesIn(Input):
    """Who is on duty, as what, from when until when."""

    role = serializers.ChoiceField(choices=_ROLES)
    officer = OfficerId()
    starts_at = Moment()
    ends_at = Moment()


class ShiftIn(ShiftTimesIn):
    """A shift in a BCU; an officer of another BCU covers."""

    bcu = BcuCode()


class CoverIn(Input):
    """Who stands in."""

    officer = OfficerId()


class RepeatIn(Input):
    """The same turn on some weekdays (Monday is 0) of so many weeks."""

    bcu = BcuCode()
    role = serializers.ChoiceField(choices=_ROLES)
    officer = OfficerId()
    turn = serializers.ChoiceField(choices=Turn.choices)
    first_day = serializers.DateField()
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), allow_empty=False, max_length=7
    )
    weeks = serializers.IntegerField(min_value=1, max_value=MOST_WEEKS)


class RotaFileIn(Input):
    """A BCU's rota as the text of a file.

    partly: take what is right although other lines are wrong; otherwise every line of it, or none.
    """

    bcu = BcuCode()
    form = serializers.ChoiceField(choices=Form.choices, default=Form.CSV)
    content = Paragraphs(max_length=LARGEST, trim_whitespace=False)
    partly = serializers.BooleanField(default=False)


class ShiftOut(Output):
    """A shift. covers and replaces: ids of the shifts in whose place it stands.

    taken_out_at: set in the answer to what took it off the rota; the list has what stands.
    """

    id = Id()
    bcu = serializers.CharField(source="bcu_id")
    role = serializers.ChoiceField(choices=Role.choices)
    officer = OfficerBrief()
    starts_at = Moment()
    ends_at = Moment()
    covers = serializers.SerializerMethodField()
    replaces = serializers.SerializerMethodField()
    taken_out_at = Moment(allow_null=True)

    def get_covers(self, shift: Shift) -> str | None:
        """The id of the absent officer's shift, if it is covered by this one."""
        return str(shift.covers_id) if shift.covers_id else None

    def get_replaces(self, shift: Shift) -> str | None:
        """The id of the shift that this one took the place of."""
        return str(shift.replaces_id) if shift.replaces_id else None


class ShiftsOut(Output):
    """How many shifts were added, and how many were on the rota already."""

    added = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class NotTakenOut(Output):
    """What of one line of a file was not put on the rota, and why.

    starts_first, starts_last: the starts of its first and last shift, null where the file's times
    cannot be read. is_wrong: whether somebody has to mend the line.
    """

    line = serializers.IntegerField()
    reason = serializers.CharField()
    shifts = serializers.IntegerField()
    starts_first = Moment(source="first", allow_null=True)
    starts_last = Moment(source="last", allow_null=True)
    is_wrong = serializers.BooleanField()


class ImportedOut(ShiftsOut):
    """What became of a file. assumed: what was read into lines that did not say it."""

    not_taken = NotTakenOut(many=True)
    assumed = serializers.ListField(child=serializers.CharField())


class Shifts(Endpoint):
    """The shifts on the rota."""

    resource = "rota"

    @lists(
        ShiftOut,
        filters={
            "bcu": BcuCode(help_text="In this BCU."),
            "role": serializers.ChoiceField(choices=_ROLES, help_text="In this role."),
            "officer": OfficerId(help_text="Of this officer."),
            "starts_before": Moment(help_text="Beginning before this time."),
            "ends_after": Moment(help_text="Ending after this time."),
        },
    )
    def get(self, call: Call) -> QuerySet[Shift]:
        """The first to begin first."""
        return shifts_seen_by(call.by, **call.query)

    @creates(ShiftIn, ShiftOut)
    def post(self, call: Call) -> Shift:
        """Put an officer on duty."""
        return add_shift(by=call.officer, now=call.now, **call.data)


class RepeatShifts(Endpoint):
    """Put an officer on a turn week by week."""

    resource = "rota"

    @commands(RepeatIn, ShiftsOut)
    def post(self, call: Call) -> Imported:
        pattern = WeeklyPattern.taken_from(call.data)
        added = repeat_shifts(pattern=pattern, by=call.officer, now=call.now, **call.data)
        return Imported(added=len(added), unchanged=0)


class ImportShifts(Endpoint):
    """Read a BCU's rota from a file's text."""

    resource = "rota"
    field_names = {"file": "content"}

    @commands(RotaFileIn, ImportedOut)
    def post(self, call: Call) -> Imported:
        """Each line that is not taken is named by its number and date, with the reason.

        Nothing is kept when one line is wrong, unless `partly` is true.
        """
        content = call.data.pop("content").encode()
        return import_rota(by=call.officer, now=call.now, content=content, **call.data)


class ChangeShift(Endpoint):
    """Put another shift in the place of one; both stay on the record."""

    resource = "rota"

    @commands(ShiftTimesIn, ShiftOut)
    def post(self, call: Call, pk: int) -> Shift:
        return change_shift(shift=pk, by=call.officer, now=call.now, **call.data)


class TakeOutShift(Endpoint):
    """Take a shift off the rota, or the rest of one that runs."""

    resource = "rota"

    @commands(None, ShiftOut)
    def post(self, call: Call, pk: int) -> Shift:
        return take_out_shift(shift=pk, by=call.officer, now=call.now)


class CoverShift(Endpoint):
    """Have an officer stand in for what was taken off the rota."""

    resource = "rota"

    @commands(CoverIn, ShiftOut)
    def post(self, call: Call, pk: int) -> Shift:
        return cover_shift(shift=pk, by=call.officer, now=call.now, **call.data)


class RotaGapOut(Output):
    """A stretch in which nobody is on duty in a role, and who would answer."""

    bcu = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    starts_at = Moment()
    ends_at = Moment()
    fallback = OfficerBrief(allow_null=True)
    bank_holiday = serializers.SerializerMethodField()

    def get_bank_holiday(self, gap: dict[str, Any]) -> str:
        """The bank holiday of England and Wales on which it begins, or nothing."""
        return bank_holiday(day_of(gap["starts_at"]))


class RotaGaps(Endpoint):
    """Gaps in the rota ahead, the first to begin first."""

    resource = "rota"

    @lists(
        RotaGapOut,
        filters={
            "bcu": BcuCode(help_text="In this BCU."),
            "days": serializers.IntegerField(
                min_value=1, max_value=AHEAD.days, help_text="So many days ahead."
            ),
        },
    )
    def get(self, call: Call) -> list[dict[str, object]]:
        """Of the BCUs that are seen; an officer sees every BCU's rota."""
        bcus = BCU.objects.select_related("fallback_officer").order_by("pk")
        seen = None if isinstance(call.by, Officer) else call.by.bcus_seen()
        found = {each.pk: each for each in (bcus if seen is None else bcus.filter(pk__in=seen))}
        if "bcu" in call.query:
            found = {pk: each for pk, each in found.items() if pk == call.query["bcu"]}
        ahead = timedelta(days=call.query.get("days", AHEAD.days))
        return [
            {
                "bcu": gap.bcu,
                "role": gap.role,
                "starts_at": gap.starts_at,
                "ends_at": gap.ends_at,
                "fallback": found[gap.bcu].fallback_officer,
            }
            for gap in gaps_ahead(list(found), call.now, call.now + ahead)
        ]
