"""What chains and actions add to an incident: owner and inspector as facts and filters, two pages."""

from mispers.extensions import Fact, Tab, register_fact, register_filter, register_tab
from ownership.models import Capacity
from ownership.selectors.custody import Held, holders_of, narrowed_by_holder


def _as_json(held: Held | None) -> dict[str, str] | None:
    return held.as_json() if held else None


for capacity in Capacity:
    register_fact(
        Fact(
            capacity.value,
            load=lambda incidents, now, capacity=capacity: holders_of(incidents, capacity),
            as_json=_as_json,
        )
    )
    register_filter(
        capacity.value,
        lambda incidents, value, now, capacity=capacity: narrowed_by_holder(
            incidents, capacity, value
        ),
    )

register_tab(Tab("Actions", "incident-actions", order=40))
register_tab(Tab("Ownership", "incident-ownership", order=50))
