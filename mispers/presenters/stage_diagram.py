"""The stage diagram, drawn from the declared moves once they agree with the state machine's."""

from typing import Any

from mispers.models import Incident
from mispers.rules.stages import MOVES, Stage

_FRAME = """# Stages of an incident

Drawn by `manage.py stage_diagram` from `mispers/rules/stages.py`; do not edit it by hand.
Services alone change the stage, each change with its event; the database refuses any other way.

```mermaid
stateDiagram-v2
{lines}
```

| from | to | brought about by | transition |
|---|---|---|---|
{rows}
"""


class Disagreement(Exception):
    """The declared moves and the state machine's transitions are not the same."""


def machine_moves() -> set[tuple[str, str, str]]:
    """(method, source, target) of every transition that the state machine allows."""
    field: Any = Incident._meta.get_field("stage")
    return {
        (transition.name, str(transition.source), str(transition.target))
        for transition in field.get_all_transitions(Incident)
    }


def check_agreement() -> None:
    """Raise Disagreement, naming each difference, unless both lists allow the same moves.

    A move that leads two ways is two methods, named after the stage they lead to.
    """
    declared = {(move.name, move.source.value, move.target.value) for move in MOVES}
    machine = {(_move_of(name, target), source, target) for name, source, target in machine_moves()}
    differences = [f"declared only: {move}" for move in sorted(declared - machine)]
    differences += [f"state machine only: {move}" for move in sorted(machine - declared)]
    if differences:
        raise Disagreement("\n".join(differences))


def diagram() -> str:
    """The document with the diagram and its table. Raises Disagreement."""
    check_agreement()
    lines = [f"    {stage.value}: {stage.label}" for stage in Stage]
    lines.append(f"    [*] --> {Stage.PRE_48H.value}: reported")
    lines += [f"    {m.source.value} --> {m.target.value}: {m.label}" for m in MOVES]
    lines.append(f"    {Stage.CLOSED.value} --> [*]")
    rows = [f"| {m.source.label} | {m.target.label} | {m.label} | `{m.name}` |" for m in MOVES]
    return _FRAME.format(lines="\n".join(lines), rows="\n".join(rows))


def _move_of(method: str, target: str) -> str:
    return method.removesuffix(f"_to_{target}")
