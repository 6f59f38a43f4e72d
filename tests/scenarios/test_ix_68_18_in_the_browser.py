"""IOPC IX-68-18 on the real pages: each officer signs in and presses the buttons."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from officers.rules.turns import Turn
from tests.browser.fixtures import OpenPage
from tests.moments import london
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import Beat
from tests.scenarios.ix_68_18_in_the_browser.the_end import Fortnight
from tests.scenarios.ix_68_18_story import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def until_the_clock_has_passed_the_boundary(case: Fortnight) -> None:
    # 18 July: reported, graded, and the home checked from outside
    case.given_a_report_by_a_friend()
    case.given_it_is_graded_medium_and_endorsed(case.first, story.GRADED)
    case.given_a_strategy_and_the_hypothesis_that_she_went_abroad()
    case.given_a_named_officer_is_to_enter_the_flat()
    case.when_the_home_is_checked_without_entering()
    case.when_the_beat_strikes_until_the_evening()
    case.then_the_checks_are_what_they_were_and_search_1_is_not_met()
    case.then_the_record_names_who_is_to_enter()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    case.then_their_inboxes_say_so()
    for boundary in ("2018-07-18 23:00", "2018-07-19 07:00"):
        case.when_inspectors_hand_over(london(boundary))
    # 19 July: likely abroad
    case.when_a_telephone_call_says_likely_abroad()
    case.then_likely_abroad_is_a_hypothesis_that_nobody_has_tested()
    case.then_closing_on_it_is_refused_however_senior_the_officer()
    case.when_inspectors_hand_over(london("2018-07-19 15:00"))
    case.when_the_action_is_reassigned(
        story.REASSIGNED, case.cast.frontline[Turn.NIGHT], story.OFF_DUTY
    )
    # 20 July: the clock passes the boundary
    case.when_inspectors_hand_over(london("2018-07-19 23:00"))
    case.when_inspectors_hand_over(london("2018-07-20 07:00"))
    case.when_48_hours_have_passed_and_the_unit_accepts()


def from_the_second_report_to_the_end(case: Fortnight) -> None:
    # 30 July: reported again
    case.when_the_same_informant_reports_her_again()
    case.then_it_is_linked_and_asks_for_a_fresh_grade_within_the_hour()
    case.given_it_is_graded_medium_and_endorsed(
        case.second, story.REPORTED_AGAIN + timedelta(minutes=20)
    )
    case.when_border_force_answers_that_she_never_left()
    # 31 July and 1 August: entered at last, found, closed by another inspector
    case.when_inspectors_hand_over(london("2018-07-31 15:00"))
    case.when_the_action_is_reassigned(
        story.LOCKSMITH, case.cast.frontline[Turn.LATE], story.WITH_A_LOCKSMITH
    )
    case.when_the_flat_is_entered_at_last()
    case.when_inspectors_hand_over(london("2018-07-31 23:00"))
    case.when_inspectors_hand_over(london("2018-08-01 07:00"))
    case.when_she_is_found_dead()
    case.when_the_coroner_confirms_it()
    case.then_another_inspector_alone_closes_it()


def test_iopc_ix_68_18_in_the_browser(
    cast: Cast,
    beat: Beat,
    live_server: LiveServer,
    open_page: OpenPage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = Fortnight(cast, beat, open_page)
    until_the_clock_has_passed_the_boundary(case)
    from_the_second_report_to_the_end(case)
    # Years later
    beat.settle()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    case.then_one_press_names_everybody_who_answered()
    case.then_the_disclosure_pack_says_the_same(tmp_path)
    case.then_the_trail_is_whole(capsys)
