"""A full grading, as its form posts it and as REST is sent it."""

from typing import Any

from tests.factories.risk import RATIONALE

# What REST is sent.
BODY: dict[str, Any] = {
    "grade": "medium",
    "likelihood": "likely",
    "severity": "moderate",
    "rationale": RATIONALE,
    "factors": ["out_of_character", "Her birthday is today"],
    "information": [
        {
            "text": "She left at three.",
            "supplier": "Rowan Ashgrove",
            "contact": "020 7946 0001",
            "obtained_at": "2026-07-18T08:40:00Z",
        }
    ],
    "sources_checked": ["informant", "family"],
    "sources_not_checked": [{"source": "pnd", "reason": "Terminal down"}],
}


def typed(**over: object) -> dict[str, object]:
    """What a browser posts for a full grading form."""
    return {
        "rationale": RATIONALE,
        "likelihood": "likely",
        "severity": "moderate",
        "factors": ["out_of_character"],
        "other_factor": "Her birthday is today",
        "sources_checked": ["informant", "family"],
        "grade": "medium",
        "differs_because": "",
        "information-TOTAL_FORMS": "1",
        "information-INITIAL_FORMS": "0",
        "information-0-text": "She left at three.",
        "information-0-supplier": "Rowan Ashgrove",
        "information-0-contact": "No contact details, because she rang from a box.",
        "information-0-obtained_at_day": "today",
        "information-0-obtained_at_time": "0930",
        "sources_not_checked-TOTAL_FORMS": "1",
        "sources_not_checked-INITIAL_FORMS": "0",
        "sources_not_checked-0-source": "pnd",
        "sources_not_checked-0-reason": "Terminal down",
        **over,
    }
