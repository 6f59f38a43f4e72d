"""Endorsing and returning: by another inspector, once, and when the words are answered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.language import keeping
from core.models import Event
from mispers.models import Incident
from mispers.services.log import add_log_entry
from officers.rules.roles import Role
from riskassessment.errors import (
    AlreadyDecided,
    NeitherTrained,
    OwnAssessment,
    PhrasesUnanswered,
    Superseded,
)
from riskassessment.models import Endorsement, PhraseFound
from riskassessment.selectors.assessments import get_assessment, waiting_for_endorsement
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.keep import keep_phrase
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment, trained


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def test_an_inspector_endorses(incident: Incident, cn: Unit, now: datetime) -> None:
    trained(cn.frontline, now)
    made = an_assessment(incident, cn.frontline, now)
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now + timedelta(minutes=5))
    said = get_assessment(cn.inspector, made.pk).endorsement
    assert (said.decision, said.by, said.endorser_trained) == ("endorsed", cn.inspector, True)
    event = Event.objects.get(kind="risk.endorsed")
    assert event.data == {"assessment": made.pk, "grade": "medium"}
    assert event.summary == (
        f"{cn.inspector} endorsed the assessment of Sat 18 Jul 2026, 10:00 BST by "
        f"{cn.frontline}, graded medium."
    )


def test_an_untrained_endorser_of_a_trained_assessor_shows(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    trained(cn.frontline, now)
    made = an_assessment(incident, cn.frontline, now)
    endorse_assessment(assessment=made.pk, by=cn.another(Role.DUTY_INSPECTOR), now=now)
    assert not Endorsement.objects.get().endorser_trained
    assert "risk training was not in date" in Event.objects.get(kind="risk.endorsed").summary


@pytest.mark.parametrize("lapsed", [False, True], ids=["never trained", "lapsed"])
def test_an_untrained_officer_grades_and_only_a_trained_inspector_endorses(
    incident: Incident, cn: Unit, now: datetime, *, lapsed: bool
) -> None:
    """RISK-2: whoever is there at three in the morning grades, and the record says what follows."""
    if lapsed:
        trained(cn.frontline, now, lapsed=True)
    made = an_assessment(incident, cn.frontline, now)
    assert (
        "not in date, so that whoever endorses" in Event.objects.get(kind="risk.assessed").summary
    )
    untrained = cn.another(Role.DUTY_INSPECTOR)
    with pytest.raises(NeitherTrained) as refused:
        endorse_assessment(assessment=made.pk, by=untrained, now=now)
    assert str(cn.frontline) in refused.value.message
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    summary = Event.objects.get(kind="risk.endorsed").summary
    assert "The assessor had no risk training in date; the inspector had." in summary


def test_an_untrained_inspector_may_return_what_an_untrained_officer_graded(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    untrained = cn.another(Role.DUTY_INSPECTOR)
    return_assessment(assessment=made.pk, reason="Ask the school.", by=untrained, now=now)
    assert not Endorsement.objects.get().endorser_trained


def test_an_inspector_returns_with_what_to_reconsider(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    with pytest.raises(Invalid) as refused:
        return_assessment(assessment=made.pk, reason="  ", by=cn.inspector, now=now)
    assert refused.value.errors[0].field == "reason"
    return_assessment(assessment=made.pk, reason="Ask the school.", by=cn.inspector, now=now)
    assert Event.objects.get(kind="risk.returned").summary.endswith("“Ask the school.”")


def test_nobody_endorses_their_own(incident: Incident, cn: Unit, now: datetime) -> None:
    made = an_assessment(incident, cn.inspector, now)
    with pytest.raises(OwnAssessment):
        endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    with pytest.raises(OwnAssessment):
        return_assessment(assessment=made.pk, reason="Mine.", by=cn.inspector, now=now)
    endorse_assessment(assessment=made.pk, by=cn.superintendent, now=now)


@pytest.mark.parametrize(
    "role", [Role.FRONTLINE, Role.MISSING_PERSONS_UNIT, Role.RECORDS, Role.ASSURANCE_BOARD]
)
def test_only_an_inspecting_role_endorses(
    incident: Incident, cn: Unit, now: datetime, role: Role
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    with pytest.raises(NotPermitted):
        endorse_assessment(assessment=made.pk, by=cn.another(role), now=now)


def test_an_inspector_of_another_bcu_does_not_see_it(
    incident: Incident, cn: Unit, ne: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    with pytest.raises(NotVisible):
        endorse_assessment(assessment=made.pk, by=ne.inspector, now=now)


def test_the_second_is_told_who_decided_and_when(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    with pytest.raises(AlreadyDecided) as refused:
        return_assessment(assessment=made.pk, reason="No.", by=cn.superintendent, now=now)
    assert refused.value.message == (
        f"{cn.inspector} endorsed this assessment on Sat 18 Jul 2026, 10:00 BST."
    )


def test_only_the_latest_is_endorsed(incident: Incident, cn: Unit, now: datetime) -> None:
    first = an_assessment(incident, cn.frontline, now)
    an_assessment(incident, cn.frontline, now + timedelta(minutes=1), "high")
    with pytest.raises(Superseded):
        endorse_assessment(assessment=first.pk, by=cn.inspector, now=now)


def test_not_on_a_closed_incident(
    incident: Incident, cn: Unit, now: datetime, close: Callable[[Incident], None]
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    close(incident)
    with pytest.raises(Conflict) as refused:
        endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    assert refused.value.code == "incident_closed"


def test_endorsement_waits_for_a_phrase_in_the_assessment(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    made = an_assessment(incident, cn.frontline, now, rationale=f"{RATIONALE} She is streetwise.")
    with pytest.raises(PhrasesUnanswered) as refused:
        endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    assert "“streetwise”" in refused.value.message
    reworded = an_assessment(incident, cn.frontline, now)
    endorse_assessment(assessment=reworded.pk, by=cn.inspector, now=now)


def test_a_phrase_kept_with_a_reason_no_longer_waits(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    add_log_entry(
        incident.reference, by=cn.frontline, now=now, text="Her aunt says she is street-\nwise."
    )
    made = an_assessment(incident, cn.frontline, now)
    with pytest.raises(PhrasesUnanswered):
        endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    found = PhraseFound.objects.get()
    assert (found.field, found.phrase, found.written) == ("text", "streetwise", "street-\nwise")
    keep = partial(keep_phrase, reference=incident.reference, found=found.pk, now=now)
    with pytest.raises(Invalid):
        keep(reason="", by=cn.frontline)
    keep(reason="It is what her aunt said.", by=cn.frontline)
    with pytest.raises(Conflict):
        keep(reason="Again.", by=cn.inspector)
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)


def test_a_phrase_may_be_kept_with_the_assessment(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    with keeping([{"phrase": "Streetwise", "reason": "The school's word, quoted."}]) as kept:
        made = an_assessment(
            incident,
            cn.frontline,
            now,
            rationale=f"{RATIONALE} Her school calls her streetwise.",
        )
    assert kept.heard == {"streetwise"}
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    assert Event.objects.filter(kind="words.kept").count() == 1


def test_the_queue_holds_the_latest_undecided_of_open_incidents(
    cn: Unit, ne: Unit, now: datetime, close: Callable[[Incident], None]
) -> None:
    one, two, three, four = (log_incident(cn.frontline, now) for _ in range(4))
    elsewhere = log_incident(ne.frontline, now)
    an_assessment(one, cn.frontline, now)
    waiting = an_assessment(one, cn.frontline, now, "high")
    decided = an_assessment(two, cn.frontline, now)
    endorse_assessment(assessment=decided.pk, by=cn.inspector, now=now)
    an_assessment(three, cn.frontline, now)
    close(three)
    an_assessment(elsewhere, ne.frontline, now)
    assert list(waiting_for_endorsement(cn.inspector)) == [waiting]
    assert four.pk
