"""No tracked file ties the project to one machine or one package registry."""

import pytest

import _repository


def test_no_lock_or_package_file_names_a_registry_host() -> None:
    assert _repository.registry_hosts() == []


def test_no_tracked_file_has_a_path_of_one_machine() -> None:
    assert _repository.machine_paths() == []


def test_no_two_migrations_of_an_app_share_a_number() -> None:
    assert _repository.clashing_migrations() == []


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
