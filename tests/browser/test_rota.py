"""The rota: who is on duty, where nobody is, and how an inspector closes a gap."""

from datetime import datetime, timedelta

from playwright.sync_api import FilePayload, expect

from officers.rules.roles import Role
from officers.services.rota import fill_rota
from tests.browser.conftest import OpenPage
from tests.browser.seeing import at_a_desk, check_page, on_a_phone
from tests.conftest import Unit
from tests.factories.officers import a_bcu, an_officer, nobody_on, on_shift
from tests.rota_text import calendar_of, event


def test_an_inspector_sees_a_gap_and_fills_it(open_page: OpenPage, now: datetime, db: None) -> None:
    # Given a BCU whose Safeguarding DIs leave a gap tomorrow night
    bcu = a_bcu("CN", name="Central North", boroughs="Camden, Islington")
    for role in (
        Role.FRONTLINE,
        Role.DUTY_INSPECTOR,
        Role.SAFEGUARDING_DI,
        Role.MISSING_PERSONS_UNIT,
    ):
        for _ in range(4):
            an_officer(role, bcu)
    an_officer(Role.SUPERINTENDENT, bcu)
    fill_rota(bcu="CN", start=(now - timedelta(days=1)).date(), days=5, now=now)
    nobody_on(Role.SAFEGUARDING_DI, now + timedelta(hours=30))
    a_bcu("NE", name="North East", boroughs="Newham, Waltham Forest")
    inspector = an_officer(Role.DUTY_INSPECTOR, bcu)
    on_shift(inspector, now - timedelta(hours=1), now + timedelta(hours=7))
    page = open_page(inspector)
    # When they look at the rota
    page.goto("/rota/")
    expect(page.get_by_text("Nobody as Safeguarding DI").first).to_be_visible()
    check_page(page, "rota")
    # Then they can put somebody on
    page.get_by_role("link", name="Add a shift as Safeguarding DI").first.click()
    check_page(page, "rota-add")
    expect(page.get_by_role("group", name="From").get_by_label("Time")).to_have_value("23:00")
    page.get_by_label("Officer", exact=True).select_option(index=1)
    page.get_by_role("group", name="From").get_by_label("Date").fill("19/7/2026")
    page.get_by_role("group", name="From").get_by_label("Time").fill("15:00")
    page.get_by_role("group", name="Until").get_by_label("Date").fill("19/7/2026")
    page.get_by_role("group", name="Until").get_by_label("Time").fill("14:00")
    page.get_by_role("button", name="Add shift").click()
    expect(page.get_by_role("link", name="The end must be after the start")).to_be_visible()
    page.get_by_role("group", name="Until").get_by_label("Date").fill("20/7/2026")
    page.get_by_role("button", name="Add shift").click()
    expect(page.get_by_text("is on the rota as safeguarding di")).to_be_visible()
    # And on a phone the week shows that day alone
    on_a_phone(page)
    expect(page.get_by_role("heading", name="Sun 19 Jul 2026")).to_be_visible()
    expect(page.get_by_role("heading", name="Sat 18 Jul 2026")).to_be_hidden()
    check_page(page, "rota-week")
    # And they take it out again
    at_a_desk(page)
    late = page.get_by_role("table", name="Sunday 19 July").get_by_role("row", name="Late turn")
    late.get_by_role("link").nth(3).click()
    check_page(page, "rota-shift")
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("is off the rota for this shift")).to_be_visible()


def test_a_file_is_read_and_what_was_not_taken_is_listed(
    open_page: OpenPage, cn: Unit, now: datetime
) -> None:
    # Given a calendar in which one event is right, one over, one cancelled and one names nobody
    officer = cn.another(number="77Q")
    night = ("DTSTART:20260801T220000Z", "DURATION:PT8H")
    over = ("DTSTART:20260703T060000Z", "DURATION:PT8H", "RRULE:FREQ=WEEKLY;COUNT=2")
    unnamed = ("BEGIN:VEVENT", "SUMMARY:EARLY - 77Q", *over[:2], "END:VEVENT")
    content = calendar_of(
        event(officer.email, *night),
        event(officer.email, *over),
        event(officer.email, "STATUS:CANCELLED", *night),
        "\r\n".join(unnamed).replace("0703", "0903"),
        event("nobody@example.test", *night),
    )
    file: FilePayload = {"name": "rota.ics", "mimeType": "text/calendar", "buffer": content}
    page = open_page(cn.inspector)
    page.goto("/rota/CN/import/")
    check_page(page, "rota-import")
    # When it is read, every line that was not taken is named, and nothing is kept
    page.get_by_label("iCalendar").check()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("link", name="Line 29: there is no officer")).to_be_visible()
    check_page(page, "rota-import-refused")
    # And when what is right is to be taken, the page says what was and what was not
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Take the lines that are right").check()
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("2 shifts added")).to_be_visible()
    expect(page.get_by_text("Line 10: 2 shifts, Fri 3 Jul 2026, 07:00")).to_be_visible()
    expect(
        page.get_by_text("It is cancelled in the file: another line of the file has")
    ).to_be_visible()
    expect(page.get_by_text(f"taken for {officer}, whom its title names")).to_be_visible()
    check_page(page, "rota-read")


def test_a_frontline_officer_sees_the_rota_and_no_form(
    open_page: OpenPage, cn: Unit, now: datetime
) -> None:
    page = open_page(cn.frontline)
    page.goto("/rota/")
    expect(page.get_by_text("None: somebody is on duty in every role.")).to_be_visible()
    expect(page.get_by_role("link", name="Add a shift")).to_have_count(0)
    assert page.goto("/rota/CN/add/").status == 403  # type: ignore[union-attr]  # there is an answer
    check_page(page, "refused")
