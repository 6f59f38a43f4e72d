"""A superintendent reads the standards, draws a dip sample and reviews it; records make a pack."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assurance.services.standards import refresh_everything
from mispers.models import Incident
from officers.rules.roles import Role
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page
from tests.conftest import Unit
from tests.factories.assurance import HOUR, answers, endorse, search
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def incident(cn: Unit, ne: Unit, now: datetime) -> Incident:
    """One record worked on well, two with nothing on them, and one in another BCU."""
    started = now - 6 * HOUR
    incident = log_incident(cn.frontline, started, given_name="Tamsin", family_name="Carrow")
    made = an_assessment(incident, cn.frontline, started + HOUR / 2)
    an_action(incident, cn.frontline, started + HOUR / 2)
    endorse(made, cn.inspector, started + 6 * HOUR - HOUR / 4)
    search(incident, cn.frontline, started + HOUR)
    for by in (cn.frontline, cn.frontline, ne.frontline):
        log_incident(by, now - 2 * HOUR)
    refresh_everything(now=now)
    return incident


def test_every_standard_is_on_the_record_with_its_proof(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given an officer who looks at a record
    page = open_page(cn.frontline)
    page.goto(f"/incidents/{incident.reference}/standards/")
    check_page(page, "incident-standards")
    # When they follow the proof of a standard
    late = page.locator("li", has=page.get_by_role("heading", name="RISK-3"))
    expect(late.get_by_text("Met late")).to_be_visible()
    late.get_by_role("link").click()
    # Then they stand at the event in the timeline
    expect(page.locator("li:target")).to_contain_text("endorsed")


def test_a_superintendent_reads_the_counts_and_the_records_behind_one(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.superintendent)
    page.goto("/standards/")
    check_page(page, "standards")
    page.get_by_role("link", name="2 not met, RISK-1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not met: RISK-1")
    check_page(page, "standards-records")


def test_the_board_sees_every_bcu(open_page: OpenPage, cn: Unit, incident: Incident) -> None:
    page = open_page(an_officer(Role.ASSURANCE_BOARD, cn.bcu))
    page.goto("/standards/")
    expect(page.get_by_role("region", name="Not met, by BCU")).to_be_visible()
    check_page(page, "standards-board")


def test_a_superintendent_draws_a_sample_and_reviews_a_record(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given a superintendent who sees what worries before drawing
    page = open_page(cn.superintendent)
    page.goto("/dip-samples/")
    check_page(page, "dip-samples-empty")
    page.get_by_role("button", name="Draw a sample").or_(
        page.get_by_role("link", name="Draw a sample")
    ).click()
    expect(page.get_by_text("did not meet RISK-1")).to_be_visible()
    check_page(page, "dip-sample-draw")
    # When they draw and open the first record
    page.get_by_label("How many records").fill("3")
    page.get_by_label("Seed").fill("July")
    page.get_by_role("button", name="Draw the sample").click()
    expect(page.get_by_text("0 of 3 reviewed")).to_be_visible()
    check_page(page, "dip-sample")
    page.get_by_role("link", name=f"Review {incident.reference}").click()
    check_page(page, "dip-sample-review")
    _fill_in(page, cn)
    # Then saving without one answer keeps every word and takes them to the field
    page.get_by_label("Were the risks identified").fill("")
    page.get_by_role("button", name="Record the review").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_page(page, "dip-sample-review-errors")
    page.get_by_role("link", name="Answer in words: Were the risks identified").click()
    page.keyboard.type("The college was not asked about risk.")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    expect(page.get_by_role("link", name="Ask the college, and record its answer.")).to_be_visible()
    page.get_by_role("link", name=f"Reviewed {incident.reference}").click()
    check_page(page, "dip-sample-reviewed")


def _fill_in(page: Page, cn: Unit) -> None:
    for name, words in answers().items():
        page.locator(f"textarea[name={name}]").fill(words)
    page.get_by_label("What was found, and what is to be done").first.fill(
        "Ask the college, and record its answer."
    )
    page.locator("select[name=findings-0-responsible]").select_option(
        str(cn.inspector.pk), force=True
    )
    page.locator("[name=findings-0-due_at_day]").fill("25/7/2026")
    page.locator("[name=findings-0-due_at_time]").fill("14:00")


def test_records_make_a_pack_and_download_it(
    open_page: OpenPage, cn: Unit, incident: Incident, tmp_path: Path
) -> None:
    # Given records, asked for everything by a coroner
    page = open_page(an_officer(Role.RECORDS, cn.bcu))
    page.goto(f"/incidents/{incident.reference}/disclosure/")
    check_page(page, "disclosure-empty")
    # When they make a pack without a place that names somebody else
    page.get_by_label("Purpose").fill("Ordered for the inquest")
    page.get_by_label("Who receives it").fill("His Majesty's Coroner")
    page.get_by_label("Words to take out").first.fill("Lark Lane")
    page.get_by_label("Why").first.fill("an address of others")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_text("Pack made for His Majesty's Coroner")).to_be_visible()
    check_page(page, "disclosure")
    # Then the file they download does not hold it
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the pack for His Majesty's Coroner").click()
    place = tmp_path / "pack.zip"
    download.value.save_as(place)
    with zipfile.ZipFile(io.BytesIO(place.read_bytes())) as archive:
        assert b"Lark Lane" not in archive.read("record.html")
        assert b"Tamsin Carrow" in archive.read("record.html")
