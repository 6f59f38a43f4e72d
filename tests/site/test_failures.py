"""Each failure that an app foresees is a class in its errors.py, with a stable code."""

import ast
from collections import Counter
from importlib import import_module
from inspect import getdoc, getmembers, isclass
from pathlib import Path

import pytest

from core import errors

HOUSE = Path(__file__).parents[2]
APPS = ("officers", "mispers", "riskassessment", "ownership", "assurance")
# What any app may raise as it stands: its code says what kind of failure it is, and no more.
GENERAL = {name for name, _ in getmembers(errors, isclass)}


@pytest.mark.parametrize("app", APPS)
def test_no_failure_is_given_its_code_where_it_is_raised(app: str) -> None:
    given = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in (HOUSE / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in GENERAL
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    ]
    assert given == []


@pytest.mark.parametrize("app", APPS)
def test_each_has_a_code_of_its_own_and_says_when_it_is_raised(app: str) -> None:
    module = import_module(f"{app}.errors")
    own: list[type[errors.DomainError]] = [
        each
        for each in vars(module).values()
        if isclass(each)
        and issubclass(each, errors.DomainError)
        and each.__module__ == module.__name__
    ]
    assert own
    assert all(getdoc(each) for each in own)
    assert set(Counter(each.code for each in own).values()) == {1}
    general = {getattr(getattr(errors, name), "code", None) for name in GENERAL}
    assert not {each.code for each in own} & general
