"""Who asks when no officer does: a client system reading in its own name."""

from collections.abc import Collection
from functools import cached_property

from officers.models import Client


class ClientPrincipal:
    """A client system in the place of a user. It may read what its registration lets it see."""

    is_authenticated = True
    is_active = True
    pk = None

    def __init__(self, client: Client) -> None:
        self.registration = client
        self.acting_through = client.name

    def __str__(self) -> str:
        return self.registration.name

    @cached_property
    def _bcus(self) -> Collection[str] | None:
        return self.registration.bcus_seen()

    def bcus_seen(self) -> Collection[str] | None:
        """The BCU codes whose records it sees, or None for the whole force."""
        return self._bcus
