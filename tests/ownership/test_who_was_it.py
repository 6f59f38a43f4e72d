"""Who was it: chains as charts, answers in sentences, and all that one officer answered for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from core.models import Access
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity
from ownership.presenters.chain_chart import chart_of
from ownership.presenters.sentences import who_answered, who_was_responsible
from ownership.selectors.answered_for import answered_for
from ownership.selectors.answering import chain_of_action
from ownership.selectors.custody import chain_of
from ownership.services.acceptance import accept_handover
from ownership.services.actions import complete_action, reassign_action
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, on_shift
from tests.factories.ownership import an_action, an_offer
from tests.moments import NOW, london
from tests.rest import Rest, assert_problem
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]
HOUR = timedelta(hours=1)


@pytest.fixture
def night(cn: Unit) -> Officer:
    """An inspector whose night begins four hours from NOW."""
    officer = cn.another(Role.DUTY_INSPECTOR, given_name="Night", family_name="Duty")
    on_shift(officer, NOW + 4 * HOUR, NOW + 12 * HOUR)
    return officer


@pytest.fixture
def incident(cn: Unit, night: Officer, now: datetime) -> Incident:
    """Logged at NOW; two hours later the night's inspector accepts it, not yet on duty."""
    made = log_incident(cn.frontline, NOW)
    offer = an_offer(cn.inspector, night, made, NOW + HOUR)
    accept_handover(handover_id=offer.pk, by=night, now=NOW + 2 * HOUR)
    return made


def test_a_sentence_names_who_it_was_why_and_whether_they_were_on_duty(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    owner, inspector = who_answered(incident, NOW + 3 * HOUR)
    assert owner.startswith(
        f"At Sat 18 Jul 2026, 13:00 BST {cn.frontline} answered for {incident.reference} as owner, "
        "since Sat 18 Jul 2026, 10:00 BST (on duty when it was reported); "
        "on duty then as Frontline officer, "
    )
    assert inspector == (
        f"At Sat 18 Jul 2026, 13:00 BST {night} answered for {incident.reference} as inspector, "
        "since Sat 18 Jul 2026, 12:00 BST (accepted a handover); not on duty then."
    )
    before = who_answered(incident, NOW - HOUR)
    assert before == [
        f"At Sat 18 Jul 2026, 09:00 BST {incident.reference} had not been logged yet."
    ]


def test_a_fallback_officer_is_named_as_one(now: datetime) -> None:
    bcu = a_bcu("WA")
    logged = log_incident(bcu.fallback_officer, NOW)  # type: ignore[arg-type]  # it has one
    for sentence in who_answered(logged, NOW):
        assert "(the rota had a gap and they stepped in); not on duty then." in sentence
    chart = chart_of(chain_of(logged), until=NOW + HOUR)
    assert chart is not None
    assert all(bar.is_fallback for lane in chart.lanes for bar in lane.bars)
    assert not any(lane.duty for lane in chart.lanes)


def test_the_chart_has_a_lane_for_each_capacity_and_the_duty_behind_it(
    incident: Incident,
) -> None:
    chart = chart_of(chain_of(incident), until=NOW + 8 * HOUR, asked=NOW + 2 * HOUR)
    assert chart is not None
    owner, inspector = chart.lanes
    assert (owner.title, inspector.title) == ("Owner", "Inspector")
    assert [(bar.number, bar.at.x, bar.at.width) for bar in inspector.bars] == [
        (2, "0.000%", "25.000%"),
        (3, "25.000%", "75.000%"),
    ]
    assert [(each.x, each.width) for each in inspector.duty] == [
        ("0.000%", "25.000%"),
        # Two hours answered for without being on duty, then the night.
        ("50.000%", "50.000%"),
    ]
    assert chart.asked == "25.000%"
    assert [mark.words for mark in chart.marks] == ["12:00", "14:00", "16:00", "18:00"]


@pytest.mark.parametrize(
    ("start", "end", "marks"),
    [
        (
            "2026-10-25 00:30", "2026-10-25 03:30",
            ["01:00 BST", "01:00 GMT", "02:00 GMT", "03:00 GMT"],
        ),
        ("2026-03-29 00:30", "2026-03-29 03:30", ["02:00 BST", "03:00 BST"]),
        (
            "2026-07-18 10:00", "2026-07-28 10:00",
            ["19 Jul", "21 Jul", "23 Jul", "25 Jul", "27 Jul"],
        ),
    ],
)  # fmt: skip
def test_the_marks_are_londons_also_on_the_nights_the_clocks_change(
    cn: Unit, start: str, end: str, marks: list[str]
) -> None:
    logged = log_incident(cn.frontline, london(start))
    chart = chart_of(chain_of(logged), until=london(end))
    assert chart is not None
    assert [mark.words for mark in chart.marks] == marks


def test_an_hour_that_comes_twice_is_asked_about_with_its_zone(
    cn: Unit, browser_as: SignIn, clock_at: Callable[[datetime], datetime]
) -> None:
    # Logged at half past one in the second of the two hours, GMT
    second = london("2026-10-25 00:30") + 2 * HOUR
    clock_at(second + 8 * HOUR)
    logged = log_incident(cn.frontline, second)
    browser = browser_as(cn.inspector)
    path = reverse("incident-ownership", args=[logged.reference])

    def asked(time: str) -> str:
        return text_of(browser.get(path, {"at_day": "25/10/2026", "at_time": time}))

    assert "add BST (first) or GMT (second)" in asked("01:45")
    assert "01:45 BST " + logged.reference + " had not been logged yet" in asked("01:45 BST")
    assert "At Sun 25 Oct 2026, 01:45 GMT" in asked("01:45 GMT")
    assert "Sun 25 Oct 2026, 01:30 GMT" in asked("01:45 GMT")


def test_an_action_has_a_chart_a_table_and_an_answer(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    action = an_action(incident, cn.frontline, NOW, title="Look in the shed")
    other = cn.another()
    reassign_action(action_id=action.pk, by=cn.inspector, now=NOW + HOUR, responsible=other,
                    reason="Going off duty")  # fmt: skip
    complete_action(
        action_id=action.pk, by=other, now=NOW + 2 * HOUR, result="Empty.", version=None
    )
    action.refresh_from_db()
    (sentence,) = who_was_responsible(action, NOW + HOUR)
    assert f"{other} was responsible for the action “Look in the shed”" in sentence
    assert "(it was reassigned to them)" in sentence
    assert who_was_responsible(action, NOW - HOUR)[0].endswith("had not been set yet.")
    assert who_was_responsible(action, NOW + 2 * HOUR)[0].endswith("had ended.")
    assert [each.until for each in chain_of_action(action)] == [NOW + HOUR, NOW + 2 * HOUR]
    path = reverse("action-ownership", args=[incident.reference, action.pk])
    answer = browser_as(cn.frontline).get(path, {"at_day": "18/7/2026", "at_time": "11:30"})
    page = text_of(answer)
    assert f"11:30 BST {other} was responsible" in page
    assert "Reassigned: Going off duty" in page
    assert b'role="img"' in answer.content


def periods(officer: Officer, reader: Officer, start: datetime, end: datetime) -> list[Any]:
    found = answered_for(officer, reader, start, end)
    return [(each.capacity, each.taken_at, each.until) for each in found]


def test_what_an_officer_answered_for_is_what_overlaps_the_period(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    action = an_action(incident, cn.inspector, NOW)
    complete_action(action_id=action.pk, by=cn.inspector, now=NOW + HOUR, result="Done.")
    reader = cn.superintendent
    both = [("inspector", NOW, NOW + 2 * HOUR), ("responsible", NOW, NOW + HOUR)]
    assert sorted(periods(cn.inspector, reader, NOW, NOW + HOUR)) == both
    # A period that ends as the question begins, and one that begins as it ends, are left out.
    assert periods(cn.inspector, reader, NOW + 2 * HOUR, NOW + 3 * HOUR) == []
    assert periods(cn.inspector, reader, NOW - HOUR, NOW) == []
    assert periods(night, reader, NOW, NOW + 5 * HOUR) == [("inspector", NOW + 2 * HOUR, None)]


def test_another_bcus_records_are_left_out(cn: Unit, ne: Unit, incident: Incident) -> None:
    assert periods(cn.frontline, ne.superintendent, NOW, NOW + HOUR) == []
    board = ne.another(Role.ASSURANCE_BOARD)
    assert len(periods(cn.frontline, board, NOW, NOW + HOUR)) == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.FRONTLINE, 403), (Role.DUTY_INSPECTOR, 403), (Role.SAFEGUARDING_DI, 403),
        (Role.MISSING_PERSONS_UNIT, 403), (Role.SUPERINTENDENT, 200),
        (Role.ASSURANCE_BOARD, 200), (Role.RECORDS, 200),
    ],
)  # fmt: skip
def test_who_may_see_what_another_answered_for_and_that_it_is_logged(
    cn: Unit, incident: Incident, browser_as: SignIn, role: Role, status: int
) -> None:
    reader = cn.another(role)
    path = reverse("officer-answered-for", args=[cn.frontline.pk])
    page = browser_as(reader).get(path, {"from_day": "18/7/2026", "to_day": "18/7/2026"})
    assert page.status_code == status
    logged = Access.objects.filter(officer=reader, stream=incident.reference)
    assert logged.exists() is (status == 200)
    if status == 200:
        assert incident.reference in text_of(page)
        assert logged.get().detail["officer"] == cn.frontline.pk


def test_everybody_sees_their_own_and_a_wrong_period_is_said_at_its_field(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    path = reverse("officer-answered-for", args=[cn.frontline.pk])
    assert incident.reference in text_of(browser.get(path))
    wrong = {"from_day": "18/7/2026", "to_day": "17/7/2026"}
    assert "To must not be before From" in text_of(browser.get(path, wrong))
    assert "within a year" in text_of(browser.get(path, {"from_day": "1/1/2020"}))


def test_the_same_over_rest(
    cn: Unit, incident: Incident, night: Officer, api: Callable[..., Rest]
) -> None:
    action = an_action(incident, cn.frontline, NOW)
    path = f"/api/v1/actions/{action.pk}/ownership/"
    (period,) = api(cn.frontline).get(path, {"at": "2026-07-18T09:30:00Z"}).json()["results"]
    assert period["officer"]["id"] == str(cn.frontline.pk)
    assert period["action"]["id"] == str(action.pk)
    assert api(cn.frontline).get(path, {"at": "2026-07-18T08:30:00Z"}).json()["results"] == []
    path = f"/api/v1/officers/{night.pk}/answered-for/"
    asked = {"from": "2026-07-18T09:00:00Z", "to": "2026-07-18T12:00:00Z"}
    (row,) = api(cn.superintendent).get(path, asked).json()["results"]
    assert row == {
        "incident": incident.reference,
        "capacity": Capacity.INSPECTOR.value,
        "action": None,
        "taken_at": "2026-07-18T11:00:00Z",
        "until": None,
        "basis": "accepted",
        "is_fallback": False,
        "shift": None,
    }
    assert_problem(api(cn.frontline).get(path), 403, "not_permitted")
    backwards = {"from": asked["to"], "to": asked["from"]}
    assert_problem(api(cn.superintendent).get(path, backwards), 400, "invalid")
