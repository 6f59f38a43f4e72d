"""The page an officer begins with: what they hold, what they have to do, what waits for them."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from mispers.forms.report_steps import summary_of
from mispers.presenters.header import shown_strips
from mispers.rules.strip import IncidentStrip
from mispers.selectors.drafts import open_drafts_of
from officers.presenters.every_page import signed_in
from ownership.models import Capacity, HandoverItem
from ownership.selectors.actions import running_actions_for
from ownership.selectors.handovers import waiting_for, waiting_from
from ownership.selectors.work import by_urgency, held_by, on_offer, sent_back

# What a card of an incident shows.
CARD = ("name", "age", "grade", "next_due", "overdue")


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What falls due first stands first; what is overdue says so in words."""
    officer, now = signed_in(request), clock.now()
    held = {each: held_by(officer, each) for each in (Capacity.INSPECTOR, Capacity.OWNER)}
    every = {each.pk: each for some in held.values() for each in some}
    strips = shown_strips([*every.values()], now, CARD)
    groups = [
        (
            capacity,
            _with_offers(
                by_urgency(strips[each.pk] for each in incidents),
                on_offer(incidents, capacity),
                sent_back(incidents, capacity),
            ),
        )
        for capacity, incidents in held.items()
    ]
    return render(
        request,
        "ownership/my_work.html",
        {
            "groups": groups,
            "holds_something": any(lines for _, lines in groups),
            "actions": list(running_actions_for(officer)),
            "to_me": list(waiting_for(officer)),
            "by_me": list(waiting_from(officer)),
            "drafts": [(draft, summary_of(draft.data)) for draft in open_drafts_of(officer)],
        },
    )


def _with_offers(
    strips: Sequence[IncidentStrip],
    offers: Mapping[int, HandoverItem],
    returned: Mapping[int, HandoverItem],
) -> list[tuple[IncidentStrip, HandoverItem | None, HandoverItem | None]]:
    return [(each, offers.get(each.incident_id), returned.get(each.incident_id)) for each in strips]
