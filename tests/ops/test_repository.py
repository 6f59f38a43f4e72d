"""No tracked file ties the project to one machine or registry; all are easy to read and true."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import _repository
from tests.ops import house_rules

ROOT = Path(__file__).resolve().parents[2]
# What a reader is sent to: `folder/file.py`, `folder/` and [text](docs/file.md).
A_PLACE = re.compile(r"`([a-z_]+/[\w./-]+)`|\]\(([\w./-]+)\)")
# Made at work, and kept out of the repository.
MADE = {"var/demo.json"}


def test_no_lock_or_package_file_names_a_registry_host() -> None:
    assert _repository.registry_hosts() == []


def test_no_tracked_file_has_a_path_of_one_machine() -> None:
    assert _repository.machine_paths() == []


def test_no_two_migrations_of_an_app_share_a_number() -> None:
    assert _repository.clashing_migrations() == []


def test_no_line_of_a_template_is_too_long_for_a_diff() -> None:
    assert _repository.long_template_lines() == []


def test_a_template_line_that_is_too_long_is_named_with_its_place() -> None:
    fits = "x" * _repository.LONGEST_LINE
    assert _repository.too_long("templates/a.html", f"{fits}\n{fits}x\n") == [
        "templates/a.html:2: 121 characters, at most 120: wrap it"
    ]


def test_the_scan_sees_the_templates_at_all() -> None:
    scanned = {name for name in _repository.tracked() if _repository.TEMPLATES.fullmatch(name)}
    assert {"templates/base.html", "templates/mispers/overview.html"} <= scanned


def test_the_scan_sees_the_lock_files_at_all() -> None:
    scanned = {name for name in _repository.tracked() if _repository.LOCKS.fullmatch(name)}
    assert {"requirements/base.txt", "requirements/dev.txt", "package-lock.json"} <= scanned


@pytest.mark.parametrize(
    "line",
    [
        "--index-url " + "https://" + "packages.example/simple",
        "--find-" + "links /wheels",
        '"resolved": "https://' + "registry.example/left-pad.tgz",
        "https://" + "files.pythonhosted.example/x.whl",
    ],
)
def test_the_scan_would_see_a_host(line: str) -> None:
    assert _repository.HOSTS.search(line)


@pytest.mark.parametrize("path", ["ro" + "ot/mispers", "ho" + "me/anna/x", "tm" + "p/x/y"])
def test_the_scan_would_see_a_machine_path(path: str) -> None:
    assert _repository.MACHINE_PATHS.search(f'open("/{path}")')


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_every_place_that_a_reader_is_sent_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    places = {code or link for code, link in A_PLACE.findall(text)} - MADE
    assert places
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []


@cache
def modules_of_tests() -> dict[str, ast.Module]:
    return {
        name: ast.parse((_repository.ROOT / name).read_text())
        for name in _repository.tracked()
        if re.fullmatch(r"tests/.*\.py", name)
    }


@pytest.mark.parametrize("rule", house_rules.RULES, ids=lambda rule: rule.__name__)
def test_tests_keep_the_rules_of_their_house(rule: house_rules.Rule) -> None:
    broken = [
        f"{name}: {each}"
        for name, module in modules_of_tests().items()
        if name != house_rules.WAITS
        for each in rule(module)
    ]
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (house_rules.imports_of_tests, "from tests.core.test_trail import add"),
        (house_rules.imports_of_tests, "from tests.core import test_trail"),
        (house_rules.imports_of_tests, "import tests.core.test_trail as trail"),
        (house_rules.waits_for_time, "import time\ntime.sleep(1)"),
        (house_rules.waits_for_time, "from time import sleep"),
        (house_rules.waits_for_time, "page.wait_for_timeout(500)"),
        (house_rules.waits_for_time, "barrier.wait(timeout=5)"),
        (house_rules.waits_for_time, "process.wait(20)"),
        (house_rules.reads_once, "assert page.get_by_text('x').is_visible()"),
        (house_rules.reads_once, "assert cell.inner_text() == 'x'"),
        (house_rules.is_too_long, "x = 1\n" * 301),
        (house_rules.is_too_long, "def test_x():\n" + "    x = 1\n" * 50),
    ],
)
def test_each_rule_would_see_what_breaks_it(rule: house_rules.Rule, wrong: str) -> None:
    assert list(rule(ast.parse(wrong)))


@pytest.mark.parametrize(
    "right",
    [
        "from tests.factories.risk import an_assessment",
        "wait()",
        "process.wait(PATIENCE)",
        "expect(page.get_by_text('x')).to_be_visible()",
        "def test_x():\n" + "    x = 1\n" * 49,
    ],
)
def test_no_rule_refuses_what_is_right(right: str) -> None:
    assert not [each for rule in house_rules.RULES for each in rule(ast.parse(right))]
