"""No tracked file ties the project to one machine or one package registry, or is hard to read."""

import re
from pathlib import Path

import pytest

import _repository

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
