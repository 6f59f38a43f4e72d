"""The benchmark runs: every case gives figures, and an altered event is named."""

import pytest

from benchmarks.run import Plan, run
from tests.moments import NOW

pytestmark = pytest.mark.django_db

CASES = {
    "open list",
    "duty board",
    "duty board, what changes",
    "incident page",
    "timeline",
    "standards",
    "check for repeats",
    "repeats while typing",
    "API list of 25",
    "report over REST",
    "report in a browser",
    "sweep of 40 due",
}


def test_a_small_run_gives_figures_for_every_case_and_finds_the_altered_event() -> None:
    said: list[str] = []
    plan = Plan(incidents=30, events=1_500, assessments=50, rounds=1, open_items=2_000, due=40)
    figures = run(plan, now=NOW, say=said.append)
    names = {each.name for each in figures}
    assert names >= CASES
    assert [name for name in names - CASES if name.startswith("sweep raising ")]
    for each in figures:
        assert 0 < each.p50 <= each.p95
        assert each.raw_p50 > 0
        assert each.queries > 0
    table = next(text for text in said if "ratio to its SQL" in text)
    assert all(name in table for name in names)
    assert any("2,000 open" in text and "40 of them due" in text for text in said)
    assert any("40 rungs raised" in text and "using" in said[said.index(text) - 1] for text in said)
    assert "0 faults" in said[-2]
    altered = said[-1].split()[1]
    assert f"names {altered} (" in said[-1]
