"""The first version of the protocol's figures, which a force replaces by later ones."""

from dataclasses import asdict
from datetime import UTC, datetime

from mispers.models import Protocol
from mispers.selectors.protocol import Figures

# Earlier than any record: every day has a version in force.
IN_FORCE_FROM = datetime(2010, 1, 1, tzinfo=UTC)


def load_protocol(now: datetime) -> int:
    """The project's own figures as version 1."""
    figures = asdict(Figures())
    version = figures.pop("version")
    _, is_new = Protocol.objects.get_or_create(
        version=version,
        defaults={
            "in_force_from": IN_FORCE_FROM,
            "figures": figures,
            "note": "The project's own figures, in minutes unless the name says otherwise.",
        },
    )
    return int(is_new)
