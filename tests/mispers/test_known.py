"""What is known about a person: its supplier, its meaning, corrections that erase nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from core.errors import Conflict, Invalid, NotVisible
from core.models import Event
from mispers.models import Clothing, HealthCondition, Incident, Medication
from mispers.rules import markers
from mispers.rules.conditions import condition_of, conditions
from mispers.selectors.critical_times import critical_times
from mispers.selectors.known import get_known, known_entries, known_now, standing
from mispers.services.known import record_clothing
from officers.models import Training
from tests.conftest import Unit
from tests.factories.endings import close
from tests.factories.incidents import a_person, log_incident
from tests.factories.known import a_condition, a_medication, an_investigation, supplied, the_weather
from tests.factories.risk import trained

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def wrong_fields(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        act()
    return {error.field: error.code for error in refusal.value.errors}


def refused_by_the_database(act: Callable[[], Any]) -> None:
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        act()


def test_the_catalogue_says_what_each_condition_means_and_who_says_so() -> None:
    catalogue = conditions()
    assert len({each.code for each in catalogue}) == len(catalogue) >= 15
    marked = {marker.code for marker in markers.markers()}
    for each in catalogue:
        assert each.meaning
        assert each.source
        assert each.standing in {"policy", "guidance"}
        assert each.hours is None or 0 < each.hours <= 48
        assert set(each.counts_as) <= marked
    for marker in markers.markers():
        assert marker.matters
        assert marker.source
        assert marker.standing in {"policy", "guidance"}
        assert marker.record_as in {"", "condition", "medication"}


def test_sickle_cell_disease_is_not_anaemia() -> None:
    listed = condition_of("sickle_cell")
    assert listed is not None
    assert "anaemia" in listed.not_the_same
    assert "hospital within hours" in listed.meaning


def test_a_condition_keeps_its_meaning_of_that_day_and_names_its_supplier(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    said = a_condition(incident, cn.frontline, now, details="In hospital in May.")
    kept = HealthCondition.objects.get(pk=said.pk)
    listed = condition_of("sickle_cell")
    assert listed is not None
    assert (kept.label, kept.meaning, kept.hours) == (listed.label, listed.meaning, listed.hours)
    assert (kept.supplier, kept.contact) == ("Dr Quill, her GP", "020 7946 0002")
    event = Event.objects.get(kind="known.condition")
    assert event.data["supplier_kind"] == "professional"
    assert event.summary == (
        f"{cn.frontline} recorded: Sickle cell disease. From Dr Quill, her GP (a professional), "
        "020 7946 0002, on Sat 18 Jul 2026, 10:00 BST."
    )


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"code": "other"}, {"label": "required", "meaning": "required"}),
        ({"code": "", "label": "Wilson's disease"}, {"meaning": "required"}),
        ({"code": "anaemia"}, {"code": "unknown_condition", "label": "required",
                               "meaning": "required"}),
        ({"supplier": " "}, {"supplier": "required"}),
        ({"contact": ""}, {"contact": "required"}),
        ({"supplier_kind": "rumour"}, {"supplier_kind": "invalid_choice"}),
        ({"obtained_at": None}, {"obtained_at": "required"}),
        ({"obtained_at": datetime.fromisoformat("2026-07-18T10:00:00Z")},
         {"obtained_at": "in_future"}),
        ({"counts": False}, {"corrects": "required"}),
        ({"corrects": 999_999, "because": "Wrong."}, {"corrects": "unknown_entry"}),
    ],
)  # fmt: skip
def test_a_name_alone_or_nobody_who_said_so_is_refused(
    incident: Incident, cn: Unit, now: datetime, given: dict[str, Any], wrong: dict[str, str]
) -> None:
    assert wrong_fields(lambda: a_condition(incident, cn.frontline, now, **given)) == wrong
    assert not HealthCondition.objects.exists()


def test_another_condition_is_recorded_with_its_meaning_in_words(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    said = a_condition(
        incident, cn.frontline, now,
        code="other", label="Wilson's disease", meaning="Liver fails within weeks untreated.",
    )  # fmt: skip
    assert (said.code, said.hours, said.label) == ("", None, "Wilson's disease")


def test_the_informant_need_not_be_typed_again(incident: Incident, cn: Unit, now: datetime) -> None:
    from_informant = {"supplier_kind": "informant", "supplier": "", "contact": ""}
    said = a_condition(incident, cn.frontline, now, **from_informant)
    assert (said.supplier, said.contact) == ("Rowan Ashgrove, parent", "020 7946 0001")
    nobody = log_incident(cn.frontline, now, informant={"unknown": True})
    wrong = wrong_fields(lambda: a_condition(nobody, cn.frontline, now, **from_informant))
    assert wrong == {"supplier": "required", "contact": "required"}


def test_a_correction_takes_the_place_of_an_entry_once_and_both_stay(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    first = a_condition(incident, cn.frontline, now, code="asthma")
    wrong = wrong_fields(lambda: a_condition(incident, cn.frontline, now, corrects=first.pk))
    assert wrong == {"because": "required"}
    again = {"corrects": first.pk, "because": "The mother mixed them up."}
    second = a_condition(incident, cn.frontline, now + HOUR, **again)
    assert list(standing(HealthCondition, incident)) == [second]
    assert list(known_entries(HealthCondition, incident)) == [second, first]
    with pytest.raises(Conflict, match="corrected this on Sat 18 Jul 2026, 11:00 BST"):
        a_condition(incident, cn.frontline, now + 2 * HOUR, **again)
    gone = {"corrects": second.pk, "because": "It was her sister's.", "counts": False}
    a_condition(incident, cn.frontline, now + 2 * HOUR, **gone)
    assert list(standing(HealthCondition, incident)) == []
    assert "recorded that this is no longer so" in Event.objects.latest("pk").summary


def test_the_database_keeps_every_entry_as_it_was_and_refuses_one_without_its_meaning(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    said = a_condition(incident, cn.frontline, now)
    other = a_condition(log_incident(cn.frontline, now), cn.frontline, now)
    connection.check_constraints()
    table = HealthCondition._meta.db_table
    for statement in (
        f"UPDATE {table} SET meaning = 'Nothing.'",  # noqa: S608 - our own table
        f"DELETE FROM {table}",  # noqa: S608 - the same
        f"TRUNCATE {table}",
    ):
        refused_by_the_database(partial(connection.cursor().execute, statement))

    def copied(**over: Any) -> HealthCondition:
        names = [field.attname for field in HealthCondition._meta.concrete_fields]
        kept = {name: getattr(said, name) for name in names if name != "id"}
        return HealthCondition(**{**kept, **over})

    because = "Wrong."
    for over in (
        {"meaning": " "},
        {"label": ""},
        {"supplier": ""},
        {"contact": " "},
        {"counts": False},
        {"corrects_id": said.pk},
        {"corrects_id": other.pk, "because": because},
    ):
        refused_by_the_database(copied(**over).save)
    copied(corrects_id=said.pk, because=because).save()
    refused_by_the_database(lambda: copied(corrects_id=said.pk, because=because).save())


@pytest.mark.parametrize(
    ("given", "hours", "why"),
    [
        ({"last_taken_at": -2 * HOUR}, 10, "Computed: 12 h after the last dose"),
        ({"last_taken_at": -2 * HOUR, "condition": "", "what_for": "Pain"}, None, ""),
        ({}, None, ""),
        (
            {"last_taken_at": -2 * HOUR, "critical_at": 3 * HOUR, "critical_because": "Ill."},
            3,
            "Ill.",
        ),
    ],
)
def test_when_a_dose_matters_is_given_with_its_reason_or_computed(
    incident: Incident,
    cn: Unit,
    now: datetime,
    given: dict[str, Any],
    hours: int | None,
    why: str,
) -> None:
    moments = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in given.items()
    }
    said = a_medication(incident, cn.frontline, now, **moments)
    assert said.critical_at == (None if hours is None else now + hours * HOUR)
    assert said.critical_because.startswith(why)
    assert bool(said.critical_because) is (hours is not None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"critical_at": datetime.fromisoformat("2026-07-18T12:00:00Z")}, "critical_because"),
        ({"critical_because": "The GP said so."}, "critical_at"),
        ({"last_taken_at": datetime.fromisoformat("2026-07-18T12:00:00Z")}, "last_taken_at"),
        ({"condition": "", "what_for": ""}, "what_for"),
        ({"condition": "anaemia", "what_for": "Anaemia"}, "condition"),
    ],
)
def test_a_medicine_that_leaves_something_open_is_refused_at_its_field(
    incident: Incident, cn: Unit, now: datetime, given: dict[str, Any], field: str
) -> None:
    assert list(wrong_fields(lambda: a_medication(incident, cn.frontline, now, **given))) == [field]
    assert not Medication.objects.exists()


def test_what_matters_first_comes_first_and_a_condition_counts_from_when_last_seen(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    a_condition(incident, cn.frontline, now)
    a_condition(incident, cn.frontline, now, code="diabetes_insulin")
    a_medication(incident, cn.frontline, now, last_taken_at=now - HOUR)
    cold = {"critical_at": now + HOUR, "critical_because": "No coat."}
    the_weather(incident, cn.frontline, now, critical_at=now - HOUR, critical_because="Wet.")
    the_weather(incident, cn.frontline, now + HOUR, **cold)
    times = critical_times(incident)
    assert [(each.kind, each.at) for each in times] == [
        ("weather", now + HOUR),
        # Last seen three hours before the report, six hours untreated; insulin has its own time.
        ("untreated", now + 3 * HOUR),
        ("medication", now + 11 * HOUR),
    ]
    assert times == critical_times(incident, known_now(incident))


def test_whether_the_officer_is_trained_is_kept_as_of_that_day(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    officer = cn.safeguarding_di
    assert not an_investigation(incident, cn.frontline, now, officer).officer_trained
    trained(officer, now, course=Training.Course.EXPLOITATION)
    assert an_investigation(incident, cn.frontline, now, officer).officer_trained
    assert not an_investigation(incident, cn.frontline, now).officer_trained
    wrong = wrong_fields(lambda: an_investigation(incident, cn.frontline, now, marker="dementia"))
    assert wrong == {"marker": "invalid_choice"}


def test_it_stays_with_the_person_and_weather_and_clothing_with_the_absence(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    person = a_person()
    before = log_incident(ne.frontline, now - 48 * HOUR, person=person)
    known = a_condition(before, ne.frontline, now - 47 * HOUR)
    dose = a_medication(before, ne.frontline, now - 47 * HOUR, last_taken_at=now - 47 * HOUR)
    the_weather(before, ne.frontline, now - 47 * HOUR)
    record_clothing(
        before.reference, by=ne.frontline, now=now, description="A red coat.", **supplied(now)
    )
    again = log_incident(cn.frontline, now, person=person)
    stranger = log_incident(cn.frontline, now)
    held = known_now(again)
    assert (held.conditions, held.medication) == ([known], [dose])
    assert (held.clothing, held.weather) == ([], [])
    assert [each.kind for each in critical_times(again)] == ["untreated"]
    corrected = a_condition(again, cn.frontline, now, corrects=known.pk, because="She is better.")
    assert list(standing(HealthCondition, before)) == [corrected]
    assert known_now(stranger).conditions == []
    with pytest.raises(NotVisible):
        get_known(HealthCondition, stranger, known.pk)
    assert wrong_fields(
        lambda: a_condition(stranger, cn.frontline, now, corrects=known.pk, because="Hers.")
    ) == {"corrects": "unknown_entry"}


def test_on_a_closed_record_it_belongs_in_the_log(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    close(incident, cn.frontline, cn.inspector, now + HOUR)
    with pytest.raises(Conflict, match="add what you know to its log"):
        record_clothing(
            incident.reference, by=cn.frontline, now=now + 3 * HOUR, description="Red.",
            **supplied(now),
        )  # fmt: skip
    assert not Clothing.objects.exists()
