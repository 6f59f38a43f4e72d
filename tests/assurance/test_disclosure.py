"""A pack holds everything, hides what is taken out, and can be checked with nothing but Python."""

import hashlib
import html
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance.models import Disclosure
from assurance.pack.archive import build
from assurance.pack.gather import gather, gather_trail
from assurance.pack.redact import Redaction
from assurance.services.disclosure import disclose, fetch_pack
from core import trail
from core.errors import Invalid, NotPermitted
from core.models import Access
from mispers.models import Incident
from mispers.services.contacts import record_family_contact
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.roles import Role
from ownership.selectors.custody import chain_of
from ownership.services.acceptance import accept_handover
from tests.conftest import Unit
from tests.factories.assurance import HOUR, search
from tests.factories.endings import suppose_abroad
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db
SECRET = 'Ziggy "O\'Brien" & Co'


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """A record with something of each kind on it."""
    incident = log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")
    an_assessment(incident, cn.frontline, now)
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


def pack_of(incident: Incident, records: Officer, now: datetime, *texts: str) -> Disclosure:
    return disclose(
        reference=incident.reference,
        by=records,
        now=now,
        purpose="Ordered for the inquest",
        recipient="His Majesty's Coroner, Inner North London",
        redactions=[Redaction(text, "a third party") for text in texts],
    )


def unpacked(content: bytes, where: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(where)
    return where


def checked(where: Path) -> tuple[int, str]:
    """What the pack's own program says, run by a Python that finds nothing of ours."""
    ran = subprocess.run(
        [sys.executable, "-I", where / "check_pack.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def part(where: Path, name: str) -> Any:
    return json.loads((where / name).read_text("utf-8"))


def rewrite(where: Path, name: str, change: Callable[[Any], None]) -> None:
    data = part(where, name)
    change(data)
    (where / name).write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def test_a_pack_checks_as_made_and_its_digest_is_kept(
    incident: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = pack_of(incident, records, now + 2 * HOUR)
    assert hashlib.sha256(bytes(pack.content)).hexdigest() == pack.sha256
    code, said = checked(unpacked(bytes(pack.content), tmp_path))
    assert (code, said[:14]) == (0, "Nothing wrong:"), said
    made = Access.objects.get(kind=Access.Kind.DISCLOSURE)
    assert (made.officer, made.reason) == (records, "Ordered for the inquest")
    fetched = fetch_pack(reference=incident.reference, pk=pack.pk, by=records, now=now + 3 * HOUR)
    assert bytes(fetched.content) == bytes(pack.content)
    assert Access.objects.filter(kind=Access.Kind.DISCLOSURE).count() == 2


def alter_event(where: Path) -> None:
    rewrite(where, "trail.json", lambda events: events[2].update(summary="Nothing happened."))


def remove_event(where: Path) -> None:
    rewrite(where, "trail.json", lambda events: events.pop(2))


def cut_the_end_off(where: Path) -> None:
    rewrite(where, "trail.json", lambda events: events.__delitem__(slice(3, None)))


def alter_file(where: Path) -> None:
    with (where / "record.html").open("a") as page:
        page.write(" ")


def remove_file(where: Path) -> None:
    (where / "record.json").unlink()


def add_file(where: Path) -> None:
    (where / "extra.txt").write_text("Something more.")


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (alter_event, "event {reference}#3: its content does not give its hash"),
        (remove_event, "event {reference}#4: number 3 is missing"),
        (cut_the_end_off, "trail: the events after number 3 are missing"),
        (alter_file, "record.html: altered"),
        (remove_file, "record.json: missing"),
        (add_file, "extra.txt: not in the manifest"),
    ],
)
def test_what_was_tampered_with_is_named(
    incident: Incident,
    records: Officer,
    now: datetime,
    tmp_path: Path,
    tamper: Callable[[Path], None],
    named: str,
) -> None:
    where = unpacked(bytes(pack_of(incident, records, now + 2 * HOUR).content), tmp_path)
    tamper(where)
    code, said = checked(where)
    assert code == 1
    assert named.format(reference=incident.reference) in said.splitlines()


def test_words_taken_out_are_in_no_file_in_any_spelling(
    incident: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = pack_of(incident, records, now + 2 * HOUR, SECRET, "Carrow", "Coroner", "inquest")
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
    later = unpacked(bytes(pack_of(incident, records, now + 3 * HOUR).content), tmp_path / "later")
    assert "redactions" not in part(later, "record.json")["earlier_packs"][0]


def test_one_redaction_does_not_cut_into_another_or_into_its_mark(
    incident: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = disclose(
        reference=incident.reference,
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
    incident: Incident, records: Officer, now: datetime, text: str, reason: str, field: str,
    code: str,
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        disclose(
            reference=incident.reference,
            by=records,
            now=now,
            purpose="For the review",
            recipient="The IOPC",
            redactions=[Redaction(text, reason)],
        )
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == (field, code)
    assert not Disclosure.objects.exists()


def test_the_chains_in_the_pack_are_those_of_the_ownership_page(
    incident: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    where = unpacked(bytes(pack_of(incident, records, now + 2 * HOUR).content), tmp_path)
    chains = part(where, "record.json")["chains"]
    shown = [
        (period.capacity, str(period.officer), period.taken_at, period.until)
        for period in chain_of(incident)
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
    incident: Incident, records: Officer, cn: Unit, now: datetime, tmp_path: Path
) -> None:
    where = unpacked(bytes(pack_of(incident, records, now + 2 * HOUR).content), tmp_path)
    record = part(where, "record.json")
    assert record["entries"]["family contacts"][0]["contact_with"] == "Rowan Ashgrove"
    assert record["entries"]["hypotheses"][0]["status"] == "open"
    assert record["phrases"][0]["written"]
    assert record["told"][0]["officer"] == str(cn.inspector)
    assert record["consulted"][0]["reason"] == "Supervisor review"
    assert record["consulted"][0]["officer"] == str(cn.superintendent)
    assert record["handovers"][0]["handover"]["receiver"] == str(cn.superintendent)
    assert record["risk_assessments"][0]["information"][0]["supplier"] == "Rowan Ashgrove, parent"
    assert record["actions"][0]["chain"][0]["officer"] == str(cn.inspector)
    assert {each["code"] for each in record["standards"]} >= {"OWN-1", "END-4"}
    page = (where / "record.html").read_text("utf-8")
    assert "She is an attention seeker" in page
    assert "18 Jul 2026, 09:00:00 UTC" in page


def test_the_same_record_at_the_same_time_gives_the_same_bytes(
    incident: Incident, now: datetime
) -> None:
    def made() -> bytes:
        fresh = Incident.objects.select_related("person", "bcu").get(pk=incident.pk)
        return build(
            record=gather(fresh, now + 2 * HOUR),
            trail=gather_trail(fresh),
            made={"reference": fresh.reference, "made_at": now + 2 * HOUR},
            redactions=[Redaction(SECRET, "a third party")],
        )

    assert made() == made()


def test_the_number_of_queries_does_not_depend_on_the_length_of_the_record(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    def queries() -> int:
        fresh = Incident.objects.select_related("person", "bcu").get(pk=incident.pk)
        with CaptureQueriesContext(connection) as asked:
            gather(fresh, now + 2 * HOUR)
            gather_trail(fresh)
        return len(asked)

    few = queries()
    for number in range(10):
        add_log_entry(
            incident.reference, by=cn.another(), now=now + HOUR, text=f"Note {number}", source=""
        )
        an_action(incident, cn.frontline, now + HOUR, cn.another())
    an_assessment(incident, cn.frontline, now + HOUR + timedelta(minutes=1))
    assert queries() == few


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RECORDS}))
def test_nobody_else_makes_a_pack(cn: Unit, incident: Incident, now: datetime, role: Role) -> None:
    with pytest.raises(NotPermitted):
        pack_of(incident, cn.another(role), now)
