"""A pack is checked with nothing but Python, and whatever was done to it is named."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from assurance.services.disclosure import fetch_pack
from core.models import Access
from mispers.models import Incident
from officers.models import Officer
from tests.assurance.packs import checked, pack_of, rewrite, unpacked
from tests.factories.assurance import HOUR

pytestmark = pytest.mark.django_db


def test_a_pack_checks_as_made_and_its_digest_is_kept(
    worked_on: Incident, records: Officer, now: datetime, tmp_path: Path
) -> None:
    pack = pack_of(worked_on, records, now + 2 * HOUR)
    assert hashlib.sha256(bytes(pack.content)).hexdigest() == pack.sha256
    code, said = checked(unpacked(bytes(pack.content), tmp_path))
    assert (code, said[:14]) == (0, "Nothing wrong:"), said
    made = Access.objects.get(kind=Access.Kind.DISCLOSURE)
    assert (made.officer, made.reason) == (records, "Ordered for the inquest")
    fetched = fetch_pack(reference=worked_on.reference, pk=pack.pk, by=records, now=now + 3 * HOUR)
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
    worked_on: Incident,
    records: Officer,
    now: datetime,
    tmp_path: Path,
    tamper: Callable[[Path], None],
    named: str,
) -> None:
    where = unpacked(bytes(pack_of(worked_on, records, now + 2 * HOUR).content), tmp_path)
    tamper(where)
    code, said = checked(where)
    assert code == 1
    assert named.format(reference=worked_on.reference) in said.splitlines()
