"""Opening, meeting, moving and ending deadlines, inside the transaction of the event."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property

from core.models import Event
from core.text import cut
from mispers.models import Incident
from mispers.reactions.reading import figures_of, incident_of
from mispers.rules.codes import Code, due_of
from mispers.selectors.protocol import Figures
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, Deadline
from ownership.rules.rungs import Rung, next_falls_at
from ownership.rules.subjects import WHOLE, Subject
from riskassessment.selectors.assessments import current_grade

_CHANGING = [
    "due_at", "title", "because", "late_from", "officer", "met_at", "met_by", "cancelled_at",
    "next_rung", "next_rung_at",
]  # fmt: skip
LONGEST_TITLE = 200


@contextmanager
def opened(event: Event) -> Iterator["Ledger"]:
    """The ledger of the event's incident; what changed in it is written on leaving."""
    ledger = Ledger(event)
    yield ledger
    ledger.write()


class Ledger:
    """The open deadlines of one incident, read once and written once for one event.

    The incident's own lock, which the event's service holds, keeps others out meanwhile.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.now: datetime = event.recorded_at
        self.incident: Incident = incident_of(event)
        self._changed: dict[int, Deadline] = {}
        self._new: list[Deadline] = []

    @cached_property
    def figures(self) -> Figures:
        """The protocol's figures at this moment."""
        return figures_of(self.event)

    @cached_property
    def grade(self) -> str | None:
        """The incident's grade, by which reminders climb."""
        return current_grade(self.incident)

    def is_owned_by(self, role: Role) -> bool:
        """Whether an officer posted in the role owns the incident."""
        held = self.incident.holdings.filter(capacity=Capacity.OWNER, officer__role=role)
        return held.exists()

    def is_open(self, code: Code) -> bool:
        """Whether anything of the code is due."""
        return bool(self._of([code]))

    def subjects(self, code: Code) -> list[Subject]:
        """What each open deadline of the code is about."""
        return [deadline.about for deadline in self._of([code])]

    def set_due(
        self,
        code: Code,
        due_at: datetime,
        *,
        subject: Subject = WHOLE,
        title: str = "",
        officer: Officer | None = None,
    ) -> Deadline:
        """Open a deadline, or move the open one of the same code and subject to this due time."""
        deadline = next(iter(self._of([code], subject)), None)
        if deadline is None:
            due = due_of(code)
            deadline = Deadline(
                incident=self.incident,
                code=code,
                subject=subject.spelled,
                title=_fitting(title or due.title),
                due_from=due.due_from,
                opened_at=self.now,
                opened_by=self.event,
            )
            self._new.append(deadline)
            self._open.append(deadline)
        deadline.due_at, deadline.because, deadline.late_from = due_at, None, None
        if officer is not None:
            deadline.officer = officer
        deadline.next_rung = Rung.BEFORE
        self._time_next_rung(deadline)
        self._note(deadline)
        return deadline

    def name_officer(self, code: Code, *, subject: Subject, officer: Officer) -> None:
        """Say that an open deadline is now due from somebody else."""
        for deadline in self._of([code], subject):
            deadline.officer = officer
            self._note(deadline)

    def bring_forward(self, code: Code, to: datetime) -> None:
        """Make an open deadline due earlier; never later."""
        for deadline in self._of([code]):
            if to < deadline.due_at:
                deadline.due_at = to
                self._time_next_rung(deadline)
                self._note(deadline)

    def make_due_at_once(self, code: Code, title: str, *, because: Event, grace: timedelta) -> None:
        """Make an open deadline due now because of an event, and name it so; never later.

        grace: how long from now its standard counts it as missed, if it was not due before.
        """
        for deadline in self._of([code]):
            if self.now < deadline.due_at:
                deadline.late_from = min(deadline.due_at, self.now + grace)
                deadline.due_at, deadline.because = self.now, because
                deadline.title = _fitting(title)
                self._time_next_rung(deadline)
                self._note(deadline)

    def climb_at_once(self, code: Code, *, subject: Subject) -> None:
        """Let the ladder of an open deadline go on with the rung above who it is due from."""
        for deadline in self._of([code], subject):
            if deadline.next_rung < Rung.INSPECTOR:
                deadline.due_at = min(deadline.due_at, self.now)
                deadline.next_rung, deadline.next_rung_at = Rung.INSPECTOR, self.now
                self._note(deadline)

    def climb_by_grade(self) -> None:
        """Re-time the next rung of every open deadline after a new grade."""
        for deadline in self._open:
            self._time_next_rung(deadline)
            self._note(deadline)

    def meet(self, code: Code, *, subject: Subject | None = None) -> None:
        """Mark open deadlines of the code met, proved by the event."""
        for deadline in self._of([code], subject):
            deadline.met_at, deadline.met_by = self.now, self.event
            self._end(deadline)

    def cancel(self, codes: Iterable[Code], *, subject: Subject | None = None) -> None:
        """End open deadlines that no longer apply."""
        for deadline in self._of(codes, subject):
            deadline.cancelled_at = self.now
            self._end(deadline)

    def resume(self, codes: Iterable[Code]) -> None:
        """Open again what ended unmet, due when it was: a refused closure gives no new hours."""
        latest = (
            Deadline.objects.filter(incident=self.incident, code__in=codes)
            .select_related("officer", "because")
            .order_by("code", "-opened_at", "-pk")
            .distinct("code")
        )
        for last in latest:
            if last.cancelled_at is not None:
                again = self.set_due(
                    Code(last.code),
                    last.due_at,
                    subject=last.about,
                    title=last.title,
                    officer=last.officer,
                )
                again.because, again.late_from = last.because, last.late_from

    def write(self) -> None:
        """Store what changed: first what ended, so that its like may be open again."""
        if self._changed:
            Deadline.objects.bulk_update(self._changed.values(), _CHANGING)
        if self._new:
            Deadline.objects.bulk_create(self._new)

    @cached_property
    def _open(self) -> list[Deadline]:
        return list(
            Deadline.objects.filter(
                incident=self.incident, met_at__isnull=True, cancelled_at__isnull=True
            )
        )

    def _of(self, codes: Iterable[Code], subject: Subject | None = None) -> list[Deadline]:
        wanted = set(codes)
        return [
            deadline
            for deadline in self._open
            if deadline.code in wanted and subject in {None, deadline.about}
        ]

    def _time_next_rung(self, deadline: Deadline) -> None:
        deadline.next_rung_at = next_falls_at(
            deadline.next_rung, deadline, self.grade, self.figures
        )

    def _end(self, deadline: Deadline) -> None:
        deadline.next_rung_at = None
        self._open.remove(deadline)
        self._note(deadline)

    def _note(self, deadline: Deadline) -> None:
        if deadline.pk is not None:
            self._changed[deadline.pk] = deadline


def _fitting(title: str) -> str:
    """The title as long as its column."""
    return cut(title, LONGEST_TITLE)
