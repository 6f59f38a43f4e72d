"""Looks for what no tracked file may hold: registry hosts, machine paths, lines too long."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = re.compile(
    r"requirements/.*\.(txt|in)|package(-lock)?\.json|\.npmrc|pyproject\.toml|Dockerfile"
)
# Where a package is fetched from is the machine's business; who made it may be named.
HOSTS = re.compile(
    r"(?i)\b(index-url|find-links|trusted-host|\"resolved\"|registry\s*=)"
    r"|https?://[^\s\"]*(pypi|pythonhosted|registry|npmjs|mirror|proxy|localhost|127\.0\.0\.1)"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.~-])/(?:root|home/\w+|Users/\w+|workspace|work|tmp/\w+)/[\w.-]+"
)

# A template's lines are as long as a reviewer can read beside the ones they replace.
TEMPLATES = re.compile(r"templates/.+\.(html|txt|js|css)")
LONGEST_LINE = 120


def tracked() -> list[str]:
    """Return the names of all tracked files that are still there."""
    said = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in said.stdout.decode().split("\0") if (ROOT / name).is_file()]


def registry_hosts() -> list[str]:
    """Return each line of a lock or package file that says where packages come from."""
    return [line for name in tracked() if LOCKS.fullmatch(name) for line in _matches(name, HOSTS)]


def machine_paths() -> list[str]:
    """Return each line of a tracked text file with a path that exists on one machine only."""
    return [line for name in tracked() for line in _matches(name, MACHINE_PATHS)]


def clashing_migrations() -> list[str]:
    """Return each app's migrations that share a number: two people made the next one at once."""
    numbered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in tracked():
        found = re.fullmatch(r"(\w+)/migrations/(\d{4})_\w+\.py", name)
        if found:
            numbered[found[1], found[2]].append(name)
    return [" and ".join(names) for names in numbered.values() if len(names) > 1]


def long_template_lines() -> list[str]:
    """Return each line of a template that is too long to be read in a diff."""
    return [
        complaint
        for name in tracked()
        if TEMPLATES.fullmatch(name)
        for complaint in too_long(name, (ROOT / name).read_text(encoding="utf-8"))
    ]


def too_long(name: str, text: str) -> list[str]:
    """Return where this text's lines are longer than LONGEST_LINE characters."""
    return [
        f"{name}:{number}: {len(line)} characters, at most {LONGEST_LINE}: wrap it"
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]


def complaints() -> list[str]:
    """Return everything that is wrong, each as one line."""
    return [
        *(f"names a registry host: {line}" for line in registry_hosts()),
        *(f"has a machine path: {line}" for line in machine_paths()),
        *(f"share a number: {line}" for line in clashing_migrations()),
    ]


def _matches(name: str, pattern: re.Pattern[str]) -> list[str]:
    try:
        text = (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    lines = enumerate(text.splitlines(), start=1)
    return [f"{name}:{n}: {line.strip()[:120]}" for n, line in lines if pattern.search(line)]
