"""What changed from one assessment to the next: word by word, item by item."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident
from officers.models import Officer
from riskassessment.presenters.comparison import Items, Piece, Value, compare, words_compared
from riskassessment.selectors.assessments import get_assessment
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment, grounds
from tests.rest import Rest

MINUTE = timedelta(minutes=1)
BEFORE = "She is with her aunt in Lark Lane. Her aunt rang at noon."
AFTER = "She was with her aunt in Lark Lane until ten. Her aunt rang at noon."


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now - 30 * MINUTE)


@pytest.fixture
def both(incident: Incident, cn: Unit, now: datetime) -> tuple[int, int]:
    """A grade, and a higher one on other grounds."""
    first = an_assessment(incident, cn.frontline, now, rationale=BEFORE)
    told = [*grounds(now)["information"], {"text": "Her phone is off.", "supplier": "Her aunt"}]
    told[1] |= {"obtained_at": now, "contact": "020 7946 0190"}
    second = an_assessment(
        incident,
        cn.frontline,
        now + MINUTE,
        "high",
        rationale=AFTER,
        severity="serious",
        factors=["Her birthday is today"],
        information=told,
        sources_checked=["informant", "pnd"],
        sources_not_checked=[],
        prompts=[{"code": "earlier", "state": "answered", "text": "Never."}],
    )
    return first.pk, second.pk


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "Home by six.", "+Home by six."),
        ("Home by six.", "", "-Home by six."),
        ("Home by six.", "Home by six.", "Home by six."),
        ("Home by six.", "Home  by\nsix.", "Home  by\nsix."),
        ("Home by six.", "Home by ten.", "Home by|- six.|+ ten."),
        (
            "She is with her aunt in Lark Lane. She rang at noon.",
            "She was with her aunt in Lark Lane until ten. She rang at noon.",
            "She|- is|+ was| with her aunt in Lark|- Lane.|+ Lane until ten.| She rang at noon.",
        ),
    ],
)
def test_texts_are_compared_in_whole_words(before: str, after: str, said: str) -> None:
    signs = {"same": "", "removed": "-", "added": "+"}
    pieces = words_compared(before, after)
    assert "|".join(signs[piece.how] + piece.text for piece in pieces) == said


def test_long_texts_of_few_words_are_compared_in_time() -> None:
    """As long as a field takes, of one word and another: nothing grows with the square."""
    pieces = words_compared("yes " * 2_500, "no yes " * 1_400)
    assert "".join(piece.text for piece in pieces if piece.how != "removed") == "no yes " * 1_400


def test_only_what_changed_is_in_a_comparison(both: tuple[int, int], cn: Unit) -> None:
    first, second = (get_assessment(cn.frontline, pk) for pk in both)
    found = compare(first, second)
    assert Value("Grade", "Medium", "High") in found.values
    assert [each.label for each in found.values] == ["Grade", "How bad it would be"]
    items = {each.label: each for each in found.items}
    assert items["Factors"] == Items("Factors", ["Her birthday is today"], ["Out of character"])
    assert items["What is known"].added == ["Her phone is off. (Her aunt)"]
    assert not items["What is known"].removed
    assert items["Sources looked at"].added == ["PND"]
    assert items["Sources looked at"].removed == ["Family", "Earlier reports"]
    assert [text.label for text in found.texts] == [
        "Reasons", "Were they missing before, and what happened each time?"
    ]  # fmt: skip
    assert found.texts[1].pieces == [Piece("added", "Never.")]
    assert compare(second, second).is_empty


def test_the_inspector_sees_a_comparison_that_is_read_aloud_too(
    both: tuple[int, int], cn: Unit, browser_as: Callable[[Officer], Browser]
) -> None:
    page = browser_as(cn.inspector).get(reverse("decide-assessment", args=[both[1]]))
    text = page.content.decode()
    assert '<h2 class="govuk-heading-m govuk-!-margin-bottom-2" id="changes">' in text
    removed = '<span class="govuk-visually-hidden"> (removed: </span> is'
    assert re.search(rf'<del\s+class="house-change"\s*>{re.escape(removed)}', text)
    assert "(added: </span> was" in text
    page = browser_as(cn.inspector).get(reverse("decide-assessment", args=[both[0]]))
    assert 'id="changes"' not in page.content.decode()


def test_a_comparison_breaks_no_line_that_the_officer_did_not_break(
    both: tuple[int, int], cn: Unit, browser_as: Callable[[Officer], Browser]
) -> None:
    page = browser_as(cn.inspector).get(reverse("decide-assessment", args=[both[1]]))
    texts = re.findall(r'<p class="house-changes">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert texts
    assert "\n" not in re.sub(r"<[^>]*>", "", "".join(texts))


def test_it_is_compared_over_rest(
    both: tuple[int, int], cn: Unit, ne: Unit, api: Callable[..., Rest]
) -> None:
    first, second = (f"/api/v1/risk-assessments/{pk}/comparison/" for pk in both)
    answer = api(cn.inspector).get(second)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    assert (found["before"], found["assessment"]) == tuple(map(str, both))
    assert found["values"][0] == {"label": "Grade", "before": "Medium", "after": "High"}
    assert {"how": "removed", "text": " is"} in found["texts"][0]["pieces"]
    nothing: dict[str, Any] = {"before": None, "values": [], "items": [], "texts": []}
    assert api(cn.inspector).get(first).json() == {"assessment": str(both[0]), **nothing}
    assert api(ne.inspector).get(second).status_code == 404
