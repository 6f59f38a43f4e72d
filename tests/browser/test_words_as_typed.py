"""Words that may blame the person, told as they are typed, on a phone and by keyboard."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mispers.models import LogEntry
from riskassessment.models import KeptPhrase, PhraseFound
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page
from tests.conftest import a_unit
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "\U0001f600 The home says she absconded from the placement. She has only herself to blame."


def test_a_phrase_is_reworded_put_back_taken_out_and_kept_where_it_is_typed(
    now: datetime, open_page: OpenPage
) -> None:
    # Given an officer who writes in the log of a girl of 14, on a phone
    unit = a_unit("CN")
    child = log_incident(unit.frontline, now, date_of_birth=date(2012, 3, 1))
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("add-log-entry", args=[child.reference]))
    box = page.get_by_label("What is to be logged")
    help_ = page.get_by_role("group", name="Words to think over")
    # When they type phrases that blame her
    box.fill(TYPED)
    # Then each is told, in the field's own place and to whoever listens
    expect(help_.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_text("3 phrases to think over")).to_be_attached()
    check_page(page, "words-as-typed")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    # When one is reworded by keyboard, it stands in the text and the way back has the focus
    help_.get_by_role("button", name="Write \u201cwent missing\u201d").focus()
    page.keyboard.press("Enter")
    expect(box).to_have_value(TYPED.replace("absconded", "went missing"))
    expect(help_.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_have_value(TYPED)
    expect(box).to_be_focused()
    # And reworded again, and another taken out
    help_.get_by_role("button", name="Write \u201cwent missing\u201d").click()
    help_.get_by_role("button", name="Take it out").click()
    expect(box).to_have_value(
        "\U0001f600 The home says she went missing from the placement. She has."
    )
    # When the last is kept with a reason; Enter does not send the form
    help_.get_by_role("button", name="Keep it, with a reason").click()
    why = help_.get_by_label("Why does \u201cplacement\u201d stay?", exact=False)
    expect(why).to_be_focused()
    why.press("Enter")
    expect(why).to_be_focused()
    why.fill("The home\u2019s own word for itself.")
    check_page(page, "words-kept-why")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    why.press("Enter")
    expect(help_).to_contain_text("\u201cplacement\u201d stays")
    check_page(page, "words-kept")
    # Then the entry is recorded with its answer, and nothing waits
    page.get_by_role("button", name="Add to the log").click()
    expect(box).to_have_count(0)
    assert LogEntry.objects.get().text.endswith("She has.")
    assert PhraseFound.objects.get().written == "placement"
    assert KeptPhrase.objects.get().reason == "The home\u2019s own word for itself."


def test_a_reason_to_keep_a_phrase_survives_a_form_that_comes_back(
    now: datetime, open_page: OpenPage
) -> None:
    # Given a search whose place is missing and whose words have been answered
    unit = a_unit("CN")
    incident = log_incident(unit.frontline, now)
    page = open_page(unit.frontline)
    page.goto(reverse("record-search", args=[incident.reference]))
    page.get_by_label("What came of it").fill("Her aunt: she is streetwise.")
    page.get_by_role("button", name="Keep it, with a reason").click()
    page.get_by_label("Why does \u201cstreetwise\u201d stay?", exact=False).fill(
        "Her aunt\u2019s word."
    )
    page.get_by_role("button", name="Keep it (streetwise)", exact=True).click()
    # When it comes back with what must be put right
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    # Then the answer is still there
    expect(page.get_by_text("\u201cstreetwise\u201d stays: Her aunt\u2019s word.")).to_be_visible()
    # And it can be asked about again
    page.get_by_role("button", name="Ask about it again").click()
    expect(page.get_by_role("button", name="Keep it, with a reason")).to_be_visible()
