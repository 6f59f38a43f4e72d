"""Registers the app of officers and client systems."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Who people are; knows nothing of incidents."""

    name = "officers"
    verbose_name = "Officers, roles and the duty rota"

    def ready(self) -> None:
        """Describe to OpenAPI how one signs in; put the rota into the menu."""
        from core.registries.navigation import NavItem, register_nav
        from officers import events  # noqa: F401 - events register themselves
        from officers.api import schema  # noqa: F401 - registers itself; needs the models
        from officers.rules.permitted import MAY, Permission
        from officers.services import reference

        register_nav(NavItem("Rota", "rota", order=80, seldom=True))
        trainers = frozenset(role.value for role in MAY[Permission.SEE_TRAINING])
        register_nav(NavItem("Training", "training", order=85, roles=trainers, seldom=True))
        reference.register()
