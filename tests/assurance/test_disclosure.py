"""A pack holds everything on a record and hides what is taken out."""

import html
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance.models import Disclosure
from assurance.pack.archive import build
from assurance.pack.gather import gather, gather_trail
from assurance.pack.redact import Redaction
from assurance.services.disclosure import disclose
from core.errors import Invalid, NotPermitted
from mispers.models import Incident
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.rules.roles import Role
from ownership.selectors.custody import chain_of
from tests.assurance.packs import SECRET, checked, pack_of, part, unpacked
from tests.conftest import Unit
from tests.factories.assurance import HOUR
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db


def test_words_taken_out_are_in_no_file_in_any_spelling(
    worked_on: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = pack_of(worked_on, records, now + 2 * HOUR, SECRET, "Carrow", "Coroner", "inquest")
    where = unpacked(bytes(pack.content), tmp_path)
    for path in where.iterdir():
        text = path.read_text("utf-8")
        plain = html.unescape(text).casefold()
        for hidden in ("carrow", "coroner", "inquest", "ziggy", "o'brien"):
            assert hidden not in plain, f"{hidden} in {path.name}"
            assert json.dumps(hidden)[1:-1] not in text.casefold()
    assert "[redacted: a third party]" in (where / "record.html").read_text("utf-8")
    events = part(where, "trail.json")
    assert any(event["redacted"] for event in events)
    assert not all(event["redacted"] for event in events)
    code, said = checked(where)
    assert code == 0, said
    # What was taken out of this pack does not come into the next one by its own traces.
    later = unpacked(bytes(pack_of(worked_on, records, now + 3 * HOUR).content), tmp_path / "later")
    assert "redactions" not in part(later, "record.json")["earlier_packs"][0]


def test_one_redaction_does_not_cut_into_another_or_into_its_mark(
    worked_on: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = disclose(
        reference=worked_on.reference,
        by=records,
        now=now + 2 * HOUR,
        purpose="For the review",
        recipient="The IOPC",
        redactions=[Redaction("Tam", "a nickname"), Redaction("Tamsin Carrow", "the name")],
    )
    record = part(unpacked(bytes(pack.content), tmp_path), "record.json")
    assert record["person"]["name"] == "[redacted: the name]"
    assert record["person"]["given_name"] == "[redacted: a nickname]sin"


@pytest.mark.parametrize(
    ("text", "reason", "field", "code"),
    [
        ("x", "too short", "redactions[0].text", "too_short"),
        ("Ziggy", " ", "redactions[0].reason", "required"),
        ("Ziggy", "ziggy is a witness", "redactions[0].reason", "repeats_words"),
        ("CN-26", "the place", "redactions[0].text", "in_reference"),
    ],
)
def test_a_redaction_that_cannot_stand_names_its_field(
    worked_on: Incident, records: Officer, now: datetime, text: str, reason: str, field: str,
    code: str,
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        disclose(
            reference=worked_on.reference,
            by=records,
            now=now,
            purpose="For the review",
            recipient="The IOPC",
            redactions=[Redaction(text, reason)],
        )
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == (field, code)
    assert not Disclosure.objects.exists()


def test_the_chains_in_the_pack_are_those_of_the_ownership_page(
    worked_on: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    where = unpacked(bytes(pack_of(worked_on, records, now + 2 * HOUR).content), tmp_path)
    chains = part(where, "record.json")["chains"]
    shown = [
        (period.capacity, str(period.officer), period.taken_at, period.until)
        for period in chain_of(worked_on)
    ]

    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    packed = [
        (capacity, each["officer"], moment(each["from"]), moment(each["until"]))
        for capacity in ("owner", "inspector")
        for each in chains[capacity]
    ]
    assert packed == shown
    assert len(chains["inspector"]) == 2


def test_everything_on_the_record_is_in_the_pack(
    worked_on: Incident, records: Officer, cn: Unit, now: datetime, tmp_path: Path
) -> None:
    where = unpacked(bytes(pack_of(worked_on, records, now + 2 * HOUR).content), tmp_path)
    record = part(where, "record.json")
    assert record["entries"]["family contacts"][0]["contact_with"] == "Rowan Ashgrove"
    assert record["entries"]["hypotheses"][0]["status"] == "open"
    assert record["phrases"][0]["written"]
    assert record["told"][0]["officer"] == str(cn.inspector)
    assert record["consulted"][0]["reason"] == "Supervisor review"
    assert record["consulted"][0]["officer"] == str(cn.superintendent)
    assert record["handovers"][0]["handover"]["receiver"] == str(cn.superintendent)
    assert record["risk_assessments"][0]["information"][0]["supplier"] == "Rowan Ashgrove, parent"
    assert record["risk_assessments"][0]["prompts"][0]["text"] == "Her sister has not heard."
    assert record["actions"][0]["chain"][0]["officer"] == str(cn.inspector)
    assert {each["code"] for each in record["standards"]} >= {"OWN-1", "END-4"}
    page = (where / "record.html").read_text("utf-8")
    assert "She is an attention seeker" in page
    assert "18 Jul 2026, 09:00:00 UTC" in page


def test_the_same_record_at_the_same_time_gives_the_same_bytes(
    worked_on: Incident, now: datetime
) -> None:
    def made() -> bytes:
        fresh = Incident.objects.select_related("person", "bcu").get(pk=worked_on.pk)
        return build(
            record=gather(fresh, now + 2 * HOUR),
            trail=gather_trail(fresh),
            made={"reference": fresh.reference, "made_at": now + 2 * HOUR},
            redactions=[Redaction(SECRET, "a third party")],
        )

    assert made() == made()


def test_the_number_of_queries_does_not_depend_on_the_length_of_the_record(
    worked_on: Incident, cn: Unit, now: datetime
) -> None:
    def queries() -> int:
        fresh = Incident.objects.select_related("person", "bcu").get(pk=worked_on.pk)
        with CaptureQueriesContext(connection) as asked:
            gather(fresh, now + 2 * HOUR)
            gather_trail(fresh)
        return len(asked)

    few = queries()
    for number in range(10):
        add_log_entry(
            worked_on.reference, by=cn.another(), now=now + HOUR, text=f"Note {number}", source=""
        )
        an_action(worked_on, cn.frontline, now + HOUR, cn.another())
    an_assessment(worked_on, cn.frontline, now + HOUR + timedelta(minutes=1))
    assert queries() == few


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RECORDS}))
def test_nobody_else_makes_a_pack(cn: Unit, worked_on: Incident, now: datetime, role: Role) -> None:
    with pytest.raises(NotPermitted):
        pack_of(worked_on, cn.another(role), now)
