"""docs/reactions.md: complete, with every link leading somewhere, and checked for being current."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands import reactions as command
from config.reactions_page import KINDS, Missing, page
from config.recorded_in import services_recording
from core import trail
from core.models import Event
from core.trail import Reaction, reacting
from ownership import events


@pytest.fixture(scope="module")
def drawn() -> str:
    return page()


def test_every_kind_of_event_has_one_place_and_every_link_leads_to_one(drawn: str) -> None:
    places = re.findall(r'<a id="([^"]+)"></a>', drawn)
    headings = {
        words.lower().replace(" ", "-") for words in re.findall(r"^## (.+)$", drawn, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", drawn))
    assert len(places) == len(set(places))
    assert {kind.code for kinds in KINDS.values() for kind in kinds} <= set(places)
    assert links <= set(places) | headings


def test_a_reader_finds_what_happens_when_a_report_is_logged_in_its_order(drawn: str) -> None:
    section = drawn.split("`incident.reported`", 1)[1].split("####", 1)[0]
    steps = re.findall(r"^(\d)\. .*?`([a-z_.]+)`$", section, re.MULTILINE | re.DOTALL)
    assert [(number, name.rsplit(".", 1)[1]) for number, name in steps] == [
        ("1", "start_when_reported"),
        ("2", "on_reported"),
    ]
    assert "[Responsibility taken](#ownership.taken)" in " ".join(section.split())


def test_what_the_clock_does_is_told_with_how_often(drawn: str) -> None:
    clock = drawn.split("## By the clock", 1)[1]
    assert "**Every 20 seconds** `ownership.tasks.raise_reminders`" in clock
    assert "**Every minute** `mispers.tasks.pass_48h_boundaries`" in clock
    assert "**Every 15 minutes** `officers.tasks.note_rota_gaps`" in clock
    assert "**Every day at 00:05 (UTC)** `core.tasks.seal_trail`" in clock


def test_the_services_that_record_a_kind_are_found_in_their_source() -> None:
    recorded = services_recording(KINDS)
    assert recorded["sighting.recorded"] == ["mispers/services/sightings.py"]
    assert recorded["rota.gaps_found"] == ["officers/services/rota_gaps.py"]
    assert recorded["ownership.taken"] == ["ownership/services/chains.py"]


def test_a_reaction_that_does_not_say_what_it_does_has_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(event: Event) -> None: ...

    monkeypatch.setitem(reacting._reactions, events.READ.code, [])
    trail.react(Reaction(events.READ, silent))
    with pytest.raises(Missing, match="silent does not say"):
        page()


def test_the_check_is_content_with_what_was_written_and_with_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "reactions.md"
    monkeypatch.setattr(command, "PLACE", place)
    with pytest.raises(CommandError, match="out of date"):
        call_command("reactions", "--check")
    call_command("reactions")
    call_command("reactions", "--check")
    place.write_text(place.read_text().replace("OWN-5", "OWN-6"))
    with pytest.raises(CommandError, match="out of date"):
        call_command("reactions", "--check")
