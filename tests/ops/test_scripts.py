"""The scripts say in one line what they miss, and never pass by leaving tests out."""

import subprocess
import sys

from tests.ops import processes


def test_script_test_refuses_to_run_without_the_chromium_it_was_told_of() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import _chromium; _chromium.ensure()"],
        cwd=processes.ROOT / "script",
        env=processes.clean_environment(CHROMIUM="/nowhere/chromium"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "CHROMIUM names /nowhere/chromium, which cannot be run.\n"


def test_a_demo_explains_itself_without_setting_anything_up() -> None:
    done = subprocess.run(
        [sys.executable, "script/demo", "--help"],
        cwd=processes.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("--reset", "PORT", "DATABASE_URL", "REDIS_URL"):
        assert word in done.stdout
