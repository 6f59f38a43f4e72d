"""An inspector grades again themselves, rather than endorse or return (RISK-3)."""

from datetime import datetime
from typing import Unpack

from django.db import transaction

from core.london import in_london
from mispers.services.gateway import check_open
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from riskassessment.models import RiskAssessment, RiskDraft
from riskassessment.permissions import check_may_decide
from riskassessment.rules.factors import is_listed
from riskassessment.rules.prompts import field_prefix
from riskassessment.selectors.assessments import get_assessment
from riskassessment.services.assess import assess_risk
from riskassessment.services.endorse import check_still_to_decide
from riskassessment.services.grounds import Grounds


def regrade_assessment(
    *,
    assessment: int,
    by: Officer,
    now: datetime,
    **grounds: Unpack[Grounds],
) -> RiskAssessment:
    """Replace somebody else's undecided assessment by one of the inspector's own.

    Another inspector then endorses that one. Raises what endorsing and `assess_risk` raise.
    """
    reference = get_assessment(by, assessment).incident.reference
    check_may(by, Permission.ENDORSE_RISK, now)
    return assess_risk(reference=reference, by=by, now=now, regrades=assessment, **grounds)


@transaction.atomic
def begin_regrading(*, assessment: int, by: Officer, now: datetime) -> RiskDraft:
    """Put the grounds of the assessment at hand into the inspector's own draft, to be changed.

    What they have typed there already stays instead. Raises as endorsing does.
    """
    given = get_assessment(by, assessment)
    check_may_decide(by, given, now)
    check_open(given.incident)
    check_still_to_decide(given)
    RiskDraft.objects.bulk_create(
        [RiskDraft(officer=by, incident=given.incident, saved_at=now)], ignore_conflicts=True
    )
    draft = RiskDraft.objects.select_for_update().get(officer=by, incident=given.incident)
    draft.data = draft.data or as_fields(given)
    draft.regrades, draft.saved_at = given, now
    draft.save(update_fields=["data", "regrades", "saved_at"])
    return draft


def as_fields(given: RiskAssessment) -> dict[str, list[str]]:
    """The grounds by the names of the grading page's fields, as somebody would have typed them.

    What changed since the last and why words repeat are the inspector's to say, so not taken over.
    """
    sources = list(given.sources.all())
    typed = {
        "grade": [given.grade],
        "likelihood": [given.likelihood],
        "severity": [given.severity],
        "rationale": [given.rationale],
        "differs_because": [given.differs_because],
        "factors": [code for code in given.factors if is_listed(code)],
        "other_factor": [", ".join(code for code in given.factors if not is_listed(code))],
        "sources_checked": [each.source for each in sources if each.checked],
    }
    for answer in given.prompts.all():
        prefix = field_prefix(answer.code)
        typed |= {f"{prefix}-text": [answer.text], f"{prefix}-state": [answer.state]}
    for number, item in enumerate(given.information.all()):
        at = in_london(item.obtained_at)
        typed |= {
            f"information-{number}-text": [item.text],
            f"information-{number}-supplier": [item.supplier],
            f"information-{number}-contact": [item.contact],
            f"information-{number}-obtained_at_day": [at.strftime("%d/%m/%Y")],
            f"information-{number}-obtained_at_time": [at.strftime("%H:%M")],
        }
    not_checked = [each for each in sources if not each.checked]
    for number, source in enumerate(not_checked):
        typed |= {
            f"sources_not_checked-{number}-source": [source.source],
            f"sources_not_checked-{number}-reason": [source.reason],
        }
    return typed
