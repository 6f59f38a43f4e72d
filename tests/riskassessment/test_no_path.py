"""No path to a fourth grade, to a grade without a reason, or to endorsing one's own: all are tried.

Each way is a function that tries and says whether it was let in. The same ways let in what is
right, or the refusals would prove nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, InternalError, connection, transaction
from django.test import Client as Browser
from django.urls import Resolver404, resolve, reverse

from core.errors import DomainError
from mispers.models import Incident
from officers.models import Officer
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.services.endorse import endorse_assessment
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment
from tests.rest import Rest
from tests.riskassessment.gradings import BODY, typed

REFUSED = (DataError, IntegrityError, InternalError, DomainError)
ASSESSMENT_COLUMNS = [
    "incident_id", "grade", "likelihood", "severity", "rationale", "factors", "usually",
    "differs_because", "changes", "repeats_because", "unanswered", "definition_id", "made_by_id",
    "made_at", "assessor_trained", "review_due_at",
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Somebody who may grade and endorse, an incident, and a grade of theirs on it."""

    incident: Incident
    inspector: Officer
    made: RiskAssessment
    now: datetime
    browser: Browser
    rest: Rest


@pytest.fixture
def case(
    cn: Unit,
    now: datetime,
    browser_as: Callable[[Officer], Browser],
    api: Callable[..., Rest],
) -> Case:
    incident = log_incident(cn.frontline, now)
    made = an_assessment(incident, cn.inspector, now)
    return Case(incident, cn.inspector, made, now, browser_as(cn.inspector), api(cn.inspector))


def let_in(act: Callable[[], Any]) -> bool:
    """Whether nothing refused it; what was refused leaves no trace."""
    try:
        with transaction.atomic():
            act()
    except REFUSED:
        return False
    return True


def sql(statement: str, *values: Any) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


# Grading. over: what is wrong, by the names of fields.


def by_form(case: Case, over: dict[str, str]) -> bool:
    url = reverse("assess-risk", args=[case.incident.reference])
    return bool(case.browser.post(url, typed(**over)).status_code == 302)


def over_rest(case: Case, over: dict[str, str]) -> bool:
    path = f"/api/v1/incidents/{case.incident.reference}/risk-assessments/"
    return bool(case.rest.post(path, {**BODY, **over}).status_code == 201)


def by_service(case: Case, over: dict[str, str]) -> bool:
    return let_in(lambda: an_assessment(case.incident, case.inspector, case.now, **over))


def _row(case: Case, over: dict[str, str]) -> dict[str, Any]:
    fields = [field for field in RiskAssessment._meta.concrete_fields if field.name != "id"]
    return {field.attname: getattr(case.made, field.attname) for field in fields} | over


def by_save(case: Case, over: dict[str, str]) -> bool:
    return let_in(RiskAssessment(**_row(case, over)).save)


def by_create(case: Case, over: dict[str, str]) -> bool:
    return let_in(lambda: RiskAssessment.objects.create(**_row(case, over)))


def by_bulk_create(case: Case, over: dict[str, str]) -> bool:
    row = RiskAssessment(**_row(case, over))
    return let_in(lambda: RiskAssessment.objects.bulk_create([row], ignore_conflicts=True))


def by_sql_insert(case: Case, over: dict[str, str]) -> bool:
    values = ", ".join("%s" if name in over else name for name in ASSESSMENT_COLUMNS)
    given = [over[name] for name in ASSESSMENT_COLUMNS if name in over]
    return let_in(
        sql(
            f"INSERT INTO riskassessment_riskassessment ({', '.join(ASSESSMENT_COLUMNS)}) "  # noqa: S608 - own names
            f"SELECT {values} FROM riskassessment_riskassessment WHERE id = %s",
            *given,
            case.made.pk,
        )
    )


def by_queryset_update(case: Case, over: dict[str, str]) -> bool:
    return let_in(lambda: RiskAssessment.objects.filter(pk=case.made.pk).update(**over))


def by_bulk_update(case: Case, over: dict[str, str]) -> bool:
    row = RiskAssessment.objects.get(pk=case.made.pk)
    for name, value in over.items():
        setattr(row, name, value)
    return let_in(lambda: RiskAssessment.objects.bulk_update([row], list(over)))


def by_sql_update(case: Case, over: dict[str, str]) -> bool:
    names = ", ".join(f"{name} = %s" for name in over)
    statement = f"UPDATE riskassessment_riskassessment SET {names} WHERE id = %s"  # noqa: S608 - own names
    return let_in(sql(statement, *over.values(), case.made.pk))


MAKING = [
    by_form, over_rest, by_service, by_save, by_create, by_bulk_create, by_sql_insert,
]  # fmt: skip
CHANGING = [by_queryset_update, by_bulk_update, by_sql_update]
WRONG = {
    "a grade below low": {"grade": "no_apparent_risk"},
    "a grade above high": {"grade": "very_high"},
    "no grade": {"grade": ""},
    "a grade in other letters": {"grade": "LOW"},
    "a grade with a space after it": {"grade": "medium "},
    "no reason": {"rationale": ""},
    "a blank reason": {"rationale": " \n\t"},
}


@pytest.mark.parametrize("way", [*MAKING, *CHANGING], ids=lambda way: way.__name__)
def test_no_path_to_it(case: Case, way: Callable[[Case, Any], bool]) -> None:
    found = [wrong for wrong, over in WRONG.items() if way(case, over)]
    assert found == []
    kept = RiskAssessment.objects.get()
    assert (kept.grade, kept.rationale) == ("medium", case.made.rationale)


@pytest.mark.parametrize("way", MAKING, ids=lambda way: way.__name__)
def test_what_is_right_is_let_in(case: Case, way: Callable[[Case, Any], bool]) -> None:
    assert way(case, {"grade": "high", "rationale": "She is out in the cold."}) is True
    assert RiskAssessment.objects.filter(grade="high").count() == 1


@pytest.mark.parametrize("way", CHANGING, ids=lambda way: way.__name__)
def test_what_is_right_is_not_edited_either(case: Case, way: Callable[[Case, Any], bool]) -> None:
    assert way(case, {"grade": "high"}) is False


# Endorsing. by: who endorses.


def endorsed_by_form(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    url = reverse("decide-assessment", args=[case.made.pk])
    return bool(browser.post(url, {"decision": "endorsed"}).status_code == 302)


def endorsed_over_rest(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    answer = rest.post(f"/api/v1/risk-assessments/{case.made.pk}/endorse/")
    return bool(answer.status_code == 200)


def endorsed_by_service(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    return let_in(lambda: endorse_assessment(assessment=case.made.pk, by=by, now=case.now))


def _endorsement(case: Case, by: Officer) -> Endorsement:
    given = {"assessment": case.made, "decision": "endorsed", "by": by, "at": case.now}
    return Endorsement(**given, endorser_trained=True)


def endorsed_by_save(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    return let_in(_endorsement(case, by).save)


def endorsed_by_bulk_create(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    return let_in(lambda: Endorsement.objects.bulk_create([_endorsement(case, by)]))


def endorsed_by_sql(case: Case, by: Officer, browser: Browser, rest: Rest) -> bool:
    return let_in(
        sql(
            "INSERT INTO riskassessment_endorsement "
            "(assessment_id, decision, reason, by_id, at, endorser_trained) "
            "VALUES (%s, 'endorsed', '', %s, now(), true)",
            case.made.pk,
            by.pk,
        )
    )


ENDORSING = [
    endorsed_by_form, endorsed_over_rest, endorsed_by_service, endorsed_by_save,
    endorsed_by_bulk_create, endorsed_by_sql,
]  # fmt: skip


@pytest.mark.parametrize("way", ENDORSING, ids=lambda way: way.__name__)
def test_nobody_endorses_their_own(
    case: Case,
    cn: Unit,
    way: Callable[..., bool],
    browser_as: Callable[[Officer], Browser],
    api: Callable[..., Rest],
) -> None:
    assert way(case, case.inspector, case.browser, case.rest) is False
    assert not Endorsement.objects.exists()
    other = cn.superintendent
    assert way(case, other, browser_as(other), api(other)) is True
    assert Endorsement.objects.get().by == other


def test_an_endorsement_is_not_turned_into_ones_own_afterwards(case: Case, cn: Unit) -> None:
    endorse_assessment(assessment=case.made.pk, by=cn.superintendent, now=case.now)
    grades, decisions = RiskAssessment.objects.all(), Endorsement.objects.all()
    assert not let_in(lambda: decisions.update(by=case.inspector))
    assert not let_in(lambda: grades.update(made_by=cn.superintendent))
    tables = {"endorsement": "by_id", "riskassessment": "made_by_id"}
    for table, column in tables.items():
        statement = f"UPDATE riskassessment_{table} SET {column} = %s"  # noqa: S608 - own names
        assert not let_in(sql(statement, case.inspector.pk))


def test_there_is_no_admin_site_and_nobody_who_may_do_everything() -> None:
    assert not apps.is_installed("django.contrib.admin")
    for path in ("/admin/", "/admin/riskassessment/riskassessment/add/"):
        with pytest.raises(Resolver404):
            resolve(path)
    assert {"is_staff", "is_superuser"}.isdisjoint(
        field.name for field in Officer._meta.get_fields()
    )
