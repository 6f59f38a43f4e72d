"""Actions: one named officer at every instant, a due time, and an end with a result."""

from datetime import timedelta
from typing import Any

import pytest

from core.barriers import Barrier
from core.errors import Conflict, Invalid, NotPermitted, NotVisible, StaleVersion
from core.models import Event
from mispers.models import Incident
from mispers.registries import barriers_to
from mispers.rules.stages import Stage
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Action
from ownership.selectors.custody import responsible_at
from ownership.services import actions as services
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer
from tests.factories.ownership import an_action, kinds_on
from tests.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def incident(cn: Unit) -> Incident:
    return log_incident(cn.frontline, NOW)


@pytest.fixture
def action(cn: Unit, incident: Incident) -> Action:
    return an_action(incident, cn.frontline, NOW)


def test_an_action_has_somebody_responsible_from_the_moment_it_is_set(
    cn: Unit, incident: Incident
) -> None:
    other = cn.another()
    action = an_action(incident, cn.frontline, NOW, responsible=other)
    link = responsible_at(action, NOW)
    assert link is not None
    assert link.officer == other
    assert kinds_on(incident)[-1] == "action.set"
    assert other.inbox.get().title == f"{cn.frontline} set you an action: {action.title}"


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("due_at", {"due_at": NOW}),
        ("due_at", {"due_at": NOW - timedelta(hours=1)}),
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 201}),
    ],
)
def test_a_wrong_field_is_named(
    cn: Unit, incident: Incident, field: str, over: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as wrong:
        an_action(incident, cn.frontline, NOW, **over)
    assert [error.field for error in wrong.value.errors] == [field]
    assert not Action.objects.exists()


def test_nobody_gets_an_action_on_what_they_cannot_see(
    cn: Unit, ne: Unit, incident: Incident
) -> None:
    for officer in (ne.frontline, cn.another(is_active=False)):
        with pytest.raises(Invalid) as wrong:
            an_action(incident, cn.frontline, NOW, responsible=officer)
        assert wrong.value.errors[0].field == "responsible"


def test_reassigning_keeps_who_was_before(cn: Unit, action: Action) -> None:
    other = cn.another()
    services.reassign_action(
        action_id=action.pk, by=cn.inspector, now=LATER, responsible=other, reason="Off duty at ten"
    )
    action.refresh_from_db()
    assert action.responsible == other
    assert [
        responsible_at(action, at).officer  # type: ignore[union-attr]
        for at in (NOW, LATER - timedelta(seconds=1), LATER)
    ] == [cn.frontline, cn.frontline, other]
    event = Event.objects.filter(kind="action.reassigned").get()
    assert event.data["before"] == cn.frontline.pk
    assert "Off duty at ten" in event.summary


def test_reassigning_needs_a_reason_and_somebody_else(cn: Unit, action: Action) -> None:
    with pytest.raises(Invalid) as wrong:
        services.reassign_action(
            action_id=action.pk, by=cn.inspector, now=LATER, responsible=cn.frontline, reason=" "
        )
    assert {error.field for error in wrong.value.errors} == {"reason", "responsible"}


def test_the_due_time_moves_with_a_reason(cn: Unit, action: Action) -> None:
    due = NOW + timedelta(hours=6)
    services.extend_action(
        action_id=action.pk, by=cn.frontline, now=LATER, due_at=due, reason="Neighbours are at work"
    )
    action.refresh_from_db()
    assert action.due_at == due
    assert action.version == 2


def test_an_action_ends_with_its_result(cn: Unit, action: Action) -> None:
    services.complete_action(
        action_id=action.pk, by=cn.frontline, now=LATER, result="Nobody has seen her."
    )
    action.refresh_from_db()
    assert (action.state, action.ended_by, action.ended_at) == ("completed", cn.frontline, LATER)
    assert action.history.first().history_date == LATER
    with pytest.raises(Conflict, match=f"{cn.frontline} ended this action, Sat 18 Jul 2026, 10:10"):
        services.complete_action(action_id=action.pk, by=cn.inspector, now=LATER, result="Done too")


def test_an_action_without_a_result_does_not_end(cn: Unit, action: Action) -> None:
    with pytest.raises(Invalid):
        services.complete_action(action_id=action.pk, by=cn.frontline, now=LATER, result="\n")


def test_not_pursuing_takes_two_people(cn: Unit, action: Action) -> None:
    services.propose_not_pursued(
        action_id=action.pk, by=cn.inspector, now=NOW, reason="She was seen since"
    )
    with pytest.raises(NotPermitted, match="another inspector"):
        services.approve_not_pursued(action_id=action.pk, by=cn.inspector, now=LATER)
    with pytest.raises(NotPermitted):
        services.approve_not_pursued(action_id=action.pk, by=cn.frontline, now=LATER)
    services.approve_not_pursued(action_id=action.pk, by=cn.superintendent, now=LATER)
    action.refresh_from_db()
    assert (action.state, action.ended_by) == ("not_pursued", cn.superintendent)


def test_nothing_is_approved_that_was_not_proposed(cn: Unit, action: Action) -> None:
    with pytest.raises(Conflict):
        services.approve_not_pursued(action_id=action.pk, by=cn.inspector, now=LATER)


def test_a_new_officer_means_that_it_is_pursued(cn: Unit, action: Action) -> None:
    services.propose_not_pursued(action_id=action.pk, by=cn.frontline, now=NOW, reason="No need")
    services.reassign_action(
        action_id=action.pk, by=cn.inspector, now=LATER, responsible=cn.another(), reason="Need"
    )
    action.refresh_from_db()
    assert action.state == Action.State.OPEN


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("responsible", True),
        ("setter", True),
        ("owner", True),
        ("inspector", True),
        ("superintendent", True),
        ("colleague", False),
        ("records", False),
    ],
)
def test_who_records_a_result(cn: Unit, incident: Incident, who: str, allowed: bool) -> None:
    setter, responsible = cn.another(), cn.another()
    action = an_action(incident, setter, NOW, responsible=responsible)
    officer: Officer = {
        "responsible": responsible,
        "setter": setter,
        "owner": cn.frontline,
        "inspector": cn.inspector,
        "superintendent": cn.superintendent,
        "colleague": cn.another(),
        "records": an_officer(Role.RECORDS, cn.bcu),
    }[who]
    if allowed:
        done = services.complete_action(
            action_id=action.pk, by=officer, now=LATER, result="Done as asked"
        )
        assert done.ended_by == officer
    else:
        with pytest.raises(NotPermitted):
            services.complete_action(action_id=action.pk, by=officer, now=LATER, result="Done")


def test_a_stale_version_is_refused(cn: Unit, action: Action) -> None:
    due = NOW + timedelta(hours=6)
    services.extend_action(
        action_id=action.pk, by=cn.frontline, now=NOW, due_at=due, reason="Later", version=1
    )
    with pytest.raises(StaleVersion):
        services.complete_action(
            action_id=action.pk, by=cn.frontline, now=LATER, result="Done", version=1
        )


def test_another_bcus_action_is_not_there(ne: Unit, action: Action) -> None:
    with pytest.raises(NotVisible):
        services.complete_action(action_id=action.pk, by=ne.inspector, now=LATER, result="Done")


def _closing(incident: Incident, by: Officer, code: str) -> list[Barrier]:
    return [each for each in barriers_to(incident, Stage.CLOSED, by, NOW) if each.code == code]


def test_an_open_action_stands_in_the_way_of_closing_until_it_is_ended(
    cn: Unit, incident: Incident, action: Action
) -> None:
    (barrier,) = _closing(incident, cn.superintendent, "ACT-2")
    assert action.title in barrier.message
    assert barrier.overridable
    services.complete_action(action_id=action.pk, by=cn.frontline, now=LATER, result="Done")
    assert _closing(incident, cn.superintendent, "ACT-2") == []


def test_the_owner_does_not_authorise_closing(cn: Unit, incident: Incident) -> None:
    assert any("own this incident" in b.message for b in _closing(incident, cn.frontline, "END-4"))
    assert not any(
        "own this incident" in b.message for b in _closing(incident, cn.superintendent, "END-4")
    )
