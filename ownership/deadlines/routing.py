"""To whom a rung goes: read for many incidents at once, then answered from memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from mispers.models import Incident
from mispers.rules.codes import DueFrom
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from ownership.models import Capacity, Deadline, Holding
from ownership.rules.rungs import Rung


class Routing:
    """Who answers for these incidents, and who is on duty in their BCUs at one moment (UTC).

    Two queries, however many incidents; two more where a rung asks for the BCU's own officers.
    """

    def __init__(self, incidents: Sequence[Incident], now: datetime) -> None:
        self._now = now
        self._bcus = {incident.bcu_id for incident in incidents}
        self._holders = {
            (each.incident_id, Capacity(each.capacity)): each.officer
            for each in Holding.objects.filter(incident__in=incidents).select_related("officer")
        }
        self._by_rota: dict[tuple[str, str], Officer] = {}
        self._on_duty: set[int] = set()
        shifts = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now)
        # Where shifts overlap, whoever started last: the later overwrites the earlier.
        for shift in shifts.select_related("officer").order_by("starts_at", "pk"):
            self._on_duty.add(shift.officer_id)
            if shift.officer.is_active:
                self._by_rota[shift.bcu_id, shift.role] = shift.officer

    def told(self, deadline: Deadline, rung: Rung, incident: Incident) -> list[Officer]:
        """The one it is due from, or a rung above; off duty, also who holds the role on duty now.

        For the inspector's chain that role is the duty inspector's, whatever the posting; for
        anybody else it is their posting.
        """
        if rung is Rung.SUPERINTENDENT:
            return self.superintendents(incident)
        if rung is Rung.INSPECTOR:
            return self.inspectors(incident)
        if deadline.officer is not None:
            return self._with_stand_in(deadline.officer, Role(deadline.officer.role), incident)
        if deadline.due_from == DueFrom.INSPECTOR:
            return self.inspectors(incident)
        owner = self._holders[incident.pk, Capacity(deadline.due_from)]
        return self._with_stand_in(owner, Role(owner.role), incident)

    def inspectors(self, incident: Incident) -> list[Officer]:
        """The inspector of the incident's chain; off duty, also the duty inspector."""
        holder = self._holders[incident.pk, Capacity.INSPECTOR]
        return self._with_stand_in(holder, Role.DUTY_INSPECTOR, incident)

    def superintendents(self, incident: Incident) -> list[Officer]:
        """Whoever the rota has on duty as superintendent; else those posted to the BCU."""
        by_rota = self._by_rota.get((incident.bcu_id, Role.SUPERINTENDENT))
        if by_rota is not None:
            return [by_rota]
        return self._posted[incident.bcu_id] or _present([self._fallback.get(incident.bcu_id)])

    def is_on_duty(self, officer: Officer) -> bool:
        """Whether the rota has the officer on duty anywhere."""
        return officer.pk in self._on_duty

    @cached_property
    def _fallback(self) -> dict[str, Officer | None]:
        found = BCU.objects.filter(pk__in=self._bcus).select_related("fallback_officer")
        return {bcu.pk: bcu.fallback_officer for bcu in found}

    @cached_property
    def _posted(self) -> dict[str, list[Officer]]:
        posted: dict[str, list[Officer]] = defaultdict(list)
        for officer in Officer.objects.filter(
            bcu__in=self._bcus, role=Role.SUPERINTENDENT, is_active=True
        ).order_by("pk"):
            posted[officer.bcu_id].append(officer)
        return posted

    def _with_stand_in(self, named: Officer, role: Role, incident: Incident) -> list[Officer]:
        if self.is_on_duty(named):
            return [named]
        by_rota = self._by_rota.get((incident.bcu_id, role))
        return _present([named, by_rota or self._fallback.get(incident.bcu_id)])


def _present(officers: Iterable[Officer | None]) -> list[Officer]:
    """Without gaps, each once."""
    return list({each.pk: each for each in officers if each is not None}.values())
