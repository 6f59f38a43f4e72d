"""Everything that officers registers elsewhere: events, menu, reference data, the API's schema."""

from core import trail
from core.registries.navigation import NavItem, register_nav
from core.registries.reference import ReferenceData, register_reference
from officers import events
from officers.api.schema import BrowserScheme, ClientScheme
from officers.rules.permitted import MAY, Permission
from officers.services import reference

KINDS = trail.kinds_in(events)

NAV = (
    NavItem("Rota", "rota", order=80, seldom=True),
    NavItem("Training", "training", order=85, roles=MAY[Permission.SEE_TRAINING], seldom=True),
)

REFERENCE = (
    ReferenceData("BCUs and teams", 10, reference.load_bcus),
    ReferenceData("Officers", 20, reference.load_officers),
    ReferenceData("Training", 30, reference.load_training),
    ReferenceData("Shifts on the rota", 40, reference.load_rota),
)

# How one signs in, as OpenAPI describes it: the library finds each by its class.
API_SCHEMES = (ClientScheme, BrowserScheme)


def wire() -> None:
    """Called once, when the site starts."""
    register_nav(*NAV)
    register_reference(*REFERENCE)
