"""What the clock offers: high risk to the Safeguarding DI, after 48 hours to the unit."""

from datetime import timedelta

import pytest

from core.models import Event
from mispers.models import Incident
from mispers.services.boundary import pass_boundary
from mispers.services.reopening import reopen_incident
from officers.rules.roles import Role
from ownership.models import Capacity, Handover, HandoverItem
from ownership.models.chain import Basis
from ownership.services.acceptance import accept_handover
from tests.conftest import Unit
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, an_officer, nobody_on
from tests.factories.ownership import an_action, an_offer, chain, held, kinds_on
from tests.factories.risk import an_assessment
from tests.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def incident(cn: Unit) -> Incident:
    return log_incident(cn.frontline, NOW)


def waiting(incident: Incident) -> list[Handover]:
    items = HandoverItem.objects.filter(incident=incident, state="offered")
    return [item.handover for item in items.select_related("handover__receiver")]


def test_a_high_grade_is_offered_to_the_safeguarding_di_at_once(
    cn: Unit, incident: Incident
) -> None:
    an_assessment(incident, cn.frontline, NOW, "high")
    (offer,) = waiting(incident)
    assert (offer.giver, offer.receiver, offer.capacity) == (None, cn.safeguarding_di, "owner")
    assert held(incident, Capacity.OWNER) == cn.frontline
    event = Event.objects.filter(stream=incident.reference, kind="handover.offered").get()
    assert event.actor is None
    assert f"{cn.frontline} stays owner until then" in event.summary
    assert cn.safeguarding_di.inbox.filter(title__startswith="The clock offers you").exists()
    accept_handover(handover_id=offer.pk, by=cn.safeguarding_di, now=LATER, risk="reconfirmed")
    assert held(incident, Capacity.OWNER) == cn.safeguarding_di


@pytest.mark.parametrize("grade", ["low", "medium"])
def test_a_lower_grade_is_offered_to_nobody(cn: Unit, incident: Incident, grade: str) -> None:
    an_assessment(incident, cn.frontline, NOW, grade, differs_because="Seen at ten.")
    assert waiting(incident) == []


def test_high_again_offers_it_once(cn: Unit, incident: Incident) -> None:
    an_assessment(incident, cn.frontline, NOW, "high")
    an_assessment(incident, cn.frontline, LATER, "high")
    assert len(waiting(incident)) == 1
    accept_handover(
        handover_id=waiting(incident)[0].pk, by=cn.safeguarding_di, now=LATER, risk="reconfirmed"
    )
    an_assessment(incident, cn.safeguarding_di, LATER + timedelta(hours=1), "high")
    assert waiting(incident) == []


def test_an_offer_to_somebody_else_is_withdrawn_by_the_clock_first(
    cn: Unit, incident: Incident
) -> None:
    an_offer(cn.frontline, cn.another(), incident, NOW, Capacity.OWNER)
    an_assessment(incident, cn.frontline, LATER, "high")
    assert [offer.receiver for offer in waiting(incident)] == [cn.safeguarding_di]
    kinds = [kind for kind in kinds_on(incident) if kind.startswith("handover")]
    assert kinds == ["handover.offered", "handover.withdrawn", "handover.offered"]
    withdrawn = Event.objects.filter(kind="handover.withdrawn").get()
    assert withdrawn.actor is None
    assert f"It goes to {cn.safeguarding_di} instead" in withdrawn.summary


def test_with_no_safeguarding_di_the_fallback_is_offered_it_and_the_offer_says_so(
    cn: Unit, incident: Incident
) -> None:
    nobody_on(Role.SAFEGUARDING_DI)
    an_assessment(incident, cn.frontline, NOW, "high")
    (offer,) = waiting(incident)
    assert offer.receiver == cn.bcu.fallback_officer
    assert "The rota has a gap" in offer.reason


def test_with_nobody_at_all_the_inspector_is_told_to_find_somebody() -> None:
    bcu = a_bcu("CN", fallback=False)
    logger = an_officer(bcu=bcu)
    incident = log_incident(logger, NOW)
    an_assessment(incident, logger, NOW, "high")
    assert waiting(incident) == []
    assert logger.inbox.filter(title__contains="Find an owner").exists()


def test_at_48_hours_the_unit_is_offered_it_and_the_owner_stays(
    cn: Unit, incident: Incident
) -> None:
    an_assessment(incident, cn.frontline, NOW, "medium")
    pass_boundary(incident.reference, now=NOW + TWO_DAYS)
    (offer,) = waiting(incident)
    assert offer.receiver == cn.missing_persons_unit
    assert held(incident, Capacity.OWNER) == cn.frontline


def test_at_48_hours_high_risk_stays_with_the_safeguarding_di(cn: Unit, incident: Incident) -> None:
    an_assessment(incident, cn.frontline, NOW, "high")
    pass_boundary(incident.reference, now=NOW + TWO_DAYS)
    assert [offer.receiver for offer in waiting(incident)] == [cn.safeguarding_di]


def test_a_grade_lowered_after_48_hours_goes_to_the_unit(cn: Unit, incident: Incident) -> None:
    an_assessment(incident, cn.frontline, NOW, "high")
    accept_handover(
        handover_id=waiting(incident)[0].pk, by=cn.safeguarding_di, now=LATER, risk="reconfirmed"
    )
    pass_boundary(incident.reference, now=NOW + TWO_DAYS)
    an_assessment(incident, cn.safeguarding_di, NOW + TWO_DAYS, "medium")
    assert [offer.receiver for offer in waiting(incident)] == [cn.missing_persons_unit]


def test_a_unit_that_owns_it_already_is_not_offered_it(cn: Unit, incident: Incident) -> None:
    unit = cn.missing_persons_unit
    offer = an_offer(cn.frontline, unit, incident, NOW, Capacity.OWNER)
    accept_handover(handover_id=offer.pk, by=unit, now=LATER)
    pass_boundary(incident.reference, now=NOW + TWO_DAYS)
    assert waiting(incident) == []


def test_closing_withdraws_what_is_on_offer_and_leaves_actions_open(
    cn: Unit, incident: Incident
) -> None:
    action = an_action(incident, cn.frontline, NOW)
    an_offer(cn.frontline, cn.another(), incident, NOW, Capacity.OWNER)
    an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), incident, NOW)
    close(incident, cn.frontline, cn.superintendent, LATER)
    assert waiting(incident) == []
    assert kinds_on(incident).count("handover.withdrawn") == 2
    action.refresh_from_db()
    assert action.state == "open"


def test_reopening_starts_new_links_from_the_rota(cn: Unit, incident: Incident) -> None:
    close(incident, cn.frontline, cn.superintendent, LATER)
    reopened_at = NOW + timedelta(days=12)
    reopen_incident(
        incident.reference, by=cn.another(), now=reopened_at, reason="The informant rang again."
    )
    for capacity in Capacity:
        last = chain(incident, capacity)[-1]
        assert (last.basis, last.taken_at) == (Basis.REOPENED, reopened_at)
    assert held(incident, Capacity.INSPECTOR) == cn.inspector
