"""END-1 as one rule over plain values, which barriers and standards both ask."""

import pytest

from mispers.rules.being_seen import Condition, counts_as_seen


@pytest.mark.parametrize(
    ("condition", "seen_by", "coroner_reference", "counts"),
    [
        (Condition.SAFE, 7, "", True),
        (Condition.SAFE, None, "", False),
        (Condition.HARMED, 7, "", True),
        (Condition.HARMED, None, "", False),
        (Condition.SAFE, None, "2026/118", False),
        (Condition.DECEASED, None, "2026/118", True),
        (Condition.DECEASED, 7, "", False),
        (Condition.DECEASED, None, "", False),
    ],
)
def test_only_an_officers_eyes_or_a_coroner_answer_the_report(
    condition: Condition, seen_by: int | None, coroner_reference: str, counts: bool
) -> None:
    seen = counts_as_seen(condition, seen_by=seen_by, coroner_reference=coroner_reference)
    assert seen is counts
