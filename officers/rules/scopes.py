"""What a client system may be allowed: a scope for reading and one for writing each resource."""

from collections.abc import Iterable
from typing import Any

from oauth2_provider.scopes import BaseScopes

RESOURCES: dict[str, str] = {
    "incidents": "incidents and what is recorded under them",
    "people": "people who have been reported missing",
    "risk-assessments": "risk assessments and their endorsement",
    "actions": "strategies, hypotheses and actions",
    "handovers": "ownership and handovers",
    "notices": "what an officer was told",
    "officers": "officers and who is on duty",
    "training": "officers' training",
    "rota": "shifts, absences, swaps and gaps in the rota",
    "standards": "how far the standards are met",
    "samples": "dip samples and their findings",
    "disclosure": "disclosure packs",
    "events": "the feed of events",
    "webhooks": "a client's own subscriptions to events",
}
_VERBS = {"read": "Read", "write": "Write"}


def all_scopes() -> dict[str, str]:
    """Every scope with its description."""
    return {
        f"{resource}:{verb}": f"{label} {description}"
        for resource, description in RESOURCES.items()
        for verb, label in _VERBS.items()
    }


class ResourceScopes(BaseScopes):
    """The OAuth library's questions about scopes, answered from the client's registration."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope there is."""
        return all_scopes()

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> Iterable[str]:
        """What this client may ask for; a scope that no longer exists is left out."""
        if application is None:
            return list(all_scopes())
        known = all_scopes()
        return [scope for scope in application.scopes if scope in known]

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> Iterable[str]:
        """What a client gets that names no scope: all that it is registered for."""
        return self.get_available_scopes(application, request)
