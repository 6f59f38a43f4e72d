"""What our first migrations need beside Django's own operations."""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class InstallTriggers(Operation):
    """Install the triggers that the models' states name, all at once.

    The library's AddTrigger changes the state of the project once for each trigger, and Django then
    builds every related model anew: on a bare database that took longer than everything else. Here
    the triggers stand in CreateModel's options, and only their SQL is left to run.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: list[str]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As the migration file spells it."""
        return self.__class__.__name__, [], {"models": self.models}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: CreateModel has told the state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run the SQL of each trigger; it is already interpolated, hence no parameters."""
        for model in self.models:
            for trigger in to_state.models[app_label, model].options["triggers"]:
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop them again."""
        for model in self.models:
            for trigger in from_state.models[app_label, model].options["triggers"]:
                schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Install the triggers of {', '.join(self.models)}"
