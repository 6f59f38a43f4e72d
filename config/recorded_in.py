"""Which services record which kind of event, as their source says."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.conf import settings

from core.trail import Kind

EVENTS = "events"


def services_recording(apps: Iterable[str]) -> dict[str, list[str]]:
    """{code of a kind of these apps: the modules of services that name it}, as paths in the house.

    A service that names a kind records it; one that only looks for such events on the trail reads
    the kind's code.
    """
    codes = {app: _codes_by_name(import_module(f"{app}.{EVENTS}")) for app in apps}
    found: dict[str, list[str]] = defaultdict(list)
    for app in codes:
        for path in sorted((Path(settings.ROOT) / app / "services").glob("*.py")):
            place = path.relative_to(settings.ROOT).as_posix()
            for code in sorted(set(_named_in(ast.parse(path.read_text()), codes))):
                found[code].append(place)
    return dict(found)


def _codes_by_name(events: ModuleType) -> dict[str, str]:
    return {name: each.code for name, each in vars(events).items() if isinstance(each, Kind)}


def _named_in(module: ast.Module, codes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The codes of the kinds that a module names as such."""
    modules, constants = _imported(module)
    read = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "code"
    }
    for node in ast.walk(module):
        if id(node) in read:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            app, name = modules.get(node.value.id, ""), node.attr
        elif isinstance(node, ast.Name):
            app, name = constants.get(node.id, ("", ""))
        else:
            continue
        if code := codes.get(app, {}).get(name):
            yield code


def _imported(module: ast.Module) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """By what names a module knows the apps' events.py, and single kinds of theirs."""
    modules: dict[str, str] = {}
    constants: dict[str, tuple[str, str]] = {}
    for node in ast.walk(module):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        app, _, rest = node.module.partition(".")
        for each in node.names:
            known_as = each.asname or each.name
            if not rest and each.name == EVENTS:
                modules[known_as] = app
            elif rest == EVENTS:
                constants[known_as] = (app, each.name)
    return modules, constants
