"""What the tests of assurance share: the people who look at other people's records."""

from datetime import datetime

import pytest

from core import trail
from core.models import Access
from mispers.models import Incident
from mispers.services.contacts import record_family_contact
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.rules.roles import Role
from ownership.services.acceptance import accept_handover
from tests.assurance.packs import SECRET
from tests.conftest import Unit
from tests.factories.assurance import HOUR, search
from tests.factories.endings import suppose_abroad
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment


@pytest.fixture
def board(cn: Unit) -> Officer:
    """A member of the assurance board: sees every BCU, posted to CN."""
    return an_officer(Role.ASSURANCE_BOARD, cn.bcu)


@pytest.fixture
def records(cn: Unit) -> Officer:
    """A member of records and disclosure: sees every BCU, posted to CN."""
    return an_officer(Role.RECORDS, cn.bcu)


@pytest.fixture
def worked_on(cn: Unit, now: datetime) -> Incident:
    """A record with something of each kind on it."""
    incident = log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")
    answer = {"code": "tried", "state": "answered", "text": "Her sister has not heard."}
    an_assessment(incident, cn.frontline, now, prompts=[answer])
    an_action(incident, cn.frontline, now, cn.inspector)
    search(incident, cn.frontline, now)
    suppose_abroad(incident, cn.frontline, now)
    offer = an_offer(cn.inspector, cn.superintendent, incident, now + HOUR)
    accept_handover(handover_id=offer.pk, by=cn.superintendent, now=now + HOUR)
    add_log_entry(
        incident.reference,
        by=cn.frontline,
        now=now + HOUR,
        text=f'Her friend ziggy\n"O\'BRIEN" & co rang. {SECRET} will ring again.',
        source=SECRET,
    )
    record_family_contact(
        incident.reference,
        by=cn.frontline,
        now=now + HOUR,
        contact_with="Rowan Ashgrove",
        made_by=str(cn.frontline),
        at=now + HOUR,
        text="She is an attention seeker, says her mother.",
    )
    trail.log_access(
        Access.Kind.CONSULTATION,
        by=cn.superintendent,
        now=now + HOUR,
        stream=incident.reference,
        reason="Supervisor review",
    )
    return incident
