"""What every module of tests keeps to, each rule a look at its syntax."""

import ast
from collections.abc import Callable, Iterator

Rule = Callable[[ast.Module], Iterator[str]]

WAITS = "tests/waiting.py"  # the one module that may sleep
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50
# Playwright's reads of one moment: what it expects, it looks for again until it is there.
ONE_MOMENT = {
    "is_visible", "is_hidden", "is_enabled", "is_disabled", "is_checked", "inner_text",
    "text_content", "input_value", "inner_html", "all_inner_texts", "all_text_contents",
}  # fmt: skip


def imports_of_tests(module: ast.Module) -> Iterator[str]:
    """What two modules of tests share stands in a third that is named for what is in it."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        room = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for each in node.names:
            if f"{room}{each.name}".startswith("tests.") and ".test_" in f"{room}{each.name}":
                yield f"line {node.lineno} imports {room}{each.name}"


def waits_for_time(module: ast.Module) -> Iterator[str]:
    """Nothing waits for time to pass, nor counts on something being done within a time."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            if any(each.name == "sleep" for each in node.names):
                yield f"line {node.lineno} imports sleep"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, given = node.func.attr, [*node.args, *(each.value for each in node.keywords)]
            is_figure = any(isinstance(each, ast.Constant) and each.value for each in given)
            if called in {"sleep", "wait_for_timeout"} or (called == "wait" and is_figure):
                yield f"line {node.lineno} waits for time: {ast.unparse(node)}"


def reads_once(module: ast.Module) -> Iterator[str]:
    """A browser test expects, so that it looks again until what it expects is there."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr=read)) if read in ONE_MOMENT:
                yield f"line {node.lineno} reads one moment: {ast.unparse(node)}"


def is_too_long(module: ast.Module) -> Iterator[str]:
    """A module is read in a few screens, a function on one."""
    last = max((node.end_lineno or 0 for node in module.body), default=0)
    if last > LONGEST_MODULE:
        yield f"{last} lines"
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} has {lines} lines"


RULES: list[Rule] = [imports_of_tests, waits_for_time, reads_once, is_too_long]
