"""What the database itself refuses besides what `test_no_path` tries: any change, any removal."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, InternalError, connection, transaction

from mispers.models import Incident
from riskassessment.models import (
    Endorsement,
    GradeDefinition,
    InformationItem,
    PhraseFound,
    Pointed,
    RiskAssessment,
)
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.keep import keep_phrase
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment

REFUSED = (DataError, IntegrityError, InternalError)


@pytest.fixture
def made(cn: Unit, now: datetime) -> RiskAssessment:
    incident = log_incident(cn.frontline, now)
    answer = {"code": "worry", "state": "answered", "text": "Her sister said so."}
    words = f"{RATIONALE} She absconded."
    return an_assessment(incident, cn.frontline, now, rationale=words, prompts=[answer])


def refused(act: Callable[[], Any]) -> None:
    with pytest.raises(REFUSED), transaction.atomic():
        act()


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copied(made: RiskAssessment, **over: Any) -> RiskAssessment:
    row = {
        field.attname: getattr(made, field.attname)
        for field in RiskAssessment._meta.concrete_fields
        if field.name != "id"
    }
    return RiskAssessment(**{**row, **over})


def test_a_definition_of_a_fourth_grade_is_refused(made: RiskAssessment) -> None:
    refused(
        lambda: GradeDefinition.objects.create(
            grade="none", standing="policy", text="x", source="x", in_force_from=made.made_at
        )
    )


@pytest.mark.parametrize("missing", ["text", "supplier", "contact"])
def test_information_without_its_supplier_or_a_way_to_reach_them_is_refused(
    made: RiskAssessment, missing: str
) -> None:
    given = {"text": "Seen at noon.", "supplier": "A porter", "contact": "No telephone: a guess."}
    item = {**given, "assessment": made, "obtained_at": made.made_at}
    InformationItem.objects.create(**item)
    refused(lambda: InformationItem.objects.create(**{**item, missing: " "}))


def test_below_the_usual_without_why_by_orm(made: RiskAssessment) -> None:
    refused(lambda: copied(made, usually=["USUALLY-5"], differs_because=" ").save())


def test_of_two_untrained_officers_none_endorses_by_orm_or_sql(
    made: RiskAssessment, cn: Unit, now: datetime
) -> None:
    """RISK-2: the assessor was not trained, so the endorser must have been."""

    def said(**over: Any) -> Endorsement:
        row = {"decision": "endorsed", "by": cn.inspector, "at": now, "endorser_trained": False}
        return Endorsement(assessment=made, **{**row, **over})

    refused(lambda: said().save())
    refused(lambda: Endorsement.objects.bulk_create([said()]))
    refused(
        lambda: sql(
            "INSERT INTO riskassessment_endorsement "
            "(assessment_id, decision, reason, by_id, at, endorser_trained) "
            "VALUES (%s, 'endorsed', '', %s, now(), false)",
            made.pk,
            cn.inspector.pk,
        )
    )
    said(decision="returned", reason="Ask the school.").save()


def test_only_an_undecided_assessment_of_another_on_this_record_is_graded_again(
    made: RiskAssessment, cn: Unit, now: datetime
) -> None:
    def again(**over: Any) -> RiskAssessment:
        return copied(made, **{"made_by_id": cn.inspector.pk, "regrades_id": made.pk, **over})

    refused(lambda: again(made_by_id=made.made_by_id).save())
    refused(lambda: again(incident_id=log_incident(cn.frontline, now).pk).save())
    refused(lambda: RiskAssessment.objects.bulk_create([again(made_by_id=made.made_by_id)]))
    with transaction.atomic():
        again().save()
        refused(lambda: again(made_by_id=cn.superintendent.pk).save())
        transaction.set_rollback(True)
    return_assessment(assessment=made.pk, reason="Why?", by=cn.inspector, now=now)
    refused(lambda: again().save())


@pytest.mark.parametrize(
    "table",
    [
        "riskassessment",
        "endorsement",
        "informationitem",
        "promptanswer",
        "sourcelookedat",
        "gradedefinition",
        "phrasefound",
        "keptphrase",
        "pointed",
    ],
)
def test_nothing_is_changed_or_removed(
    made: RiskAssessment, cn: Unit, now: datetime, table: str
) -> None:
    (found,) = PhraseFound.objects.all()
    incident = Incident.objects.get()
    Pointed.objects.create(assessment=made, kind="short")
    keep_phrase(
        reference=incident.reference,
        found=found.pk,
        reason="A quotation.",
        by=cn.frontline,
        now=now,
    )
    endorse_assessment(assessment=made.pk, by=cn.inspector, now=now)
    # So that no deferred check is pending, which alone would refuse to empty a table.
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    name = f"riskassessment_{table}"
    refused(lambda: sql(f"UPDATE {name} SET id = id"))  # noqa: S608 - own names
    refused(lambda: sql(f"DELETE FROM {name}"))  # noqa: S608 - own names
    refused(lambda: sql(f"TRUNCATE {name} CASCADE"))


def test_an_update_of_the_grade_is_refused_in_python_too(made: RiskAssessment) -> None:
    refused(lambda: RiskAssessment.objects.update(grade="low"))
    refused(lambda: RiskAssessment.objects.filter(pk=made.pk)._raw_delete("default"))
