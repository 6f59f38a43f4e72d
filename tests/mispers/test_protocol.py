"""The force's figures by version: read with care, never rewritten, each day judged by its own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from assurance.pack.gather import gather
from core.errors import Conflict, Invalid
from mispers.models import Protocol
from mispers.rules.codes import Code
from mispers.rules.protocol_figures import as_length, by_name
from mispers.rules.protocol_versions import Version, in_file, read
from mispers.selectors.protocol import in_force
from mispers.services.reference import load_versions
from officers.models import Officer
from ownership.models import Deadline
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment

ROOT = Path(__file__).resolve().parents[2]
HOUR = timedelta(hours=1)
SignIn = Callable[[Officer], Browser]


def later_version(from_when: datetime, **figures: int) -> Version:
    """A second version: the file's first with some other amounts."""
    first = in_file()[0]
    return Version(
        from_when, "Decided after a review.", replace(first.figures, version="2", **figures)
    )


def entry(version: str = "1", day: int = 1, **figures: Any) -> Mapping[str, Any]:
    """A version as the file has it."""
    moment = datetime(2026, 1, day, tzinfo=UTC)
    return {"version": version, "in_force_from": moment, "note": "", "figures": figures}


def complete(**over: Any) -> dict[str, Any]:
    """Every figure, an hour each."""
    return {name: "1 h" if each.is_time else 1 for name, each in by_name().items()} | over


def test_the_file_says_what_the_product_promises() -> None:
    figures = in_file()[0].figures
    assert figures.allow("boundary") == timedelta(hours=48)
    assert figures.allow("review", "low") == timedelta(hours=24)
    assert figures.allow("review", "high") == timedelta(hours=4)
    assert figures.allow("risk_1", "low") == HOUR
    assert (figures.superintendent_factor, figures.repeat_reports_days) == (4, 90)


def test_every_figure_is_named_for_its_reader_and_used() -> None:
    says = [each.says for each in by_name().values()]
    assert all(says)
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for app in ("mispers", "riskassessment", "ownership", "assurance")
        for path in (ROOT / app).rglob("*.py")
        if path.name != "protocol_figures.py"
    )
    for name in by_name():
        base = re.sub("_(low|medium|high)$", "", name)
        assert re.search(rf'"({name}|{base})"|\.{name}\b', source), name


def test_what_a_later_version_leaves_out_stays_as_it_was() -> None:
    versions = read([entry(**complete(review_low="24 h")), entry("2", 2, review_low="45 min")])
    assert [each.figures.review_low for each in versions] == [24 * 60, 45]
    assert versions[1].figures == replace(versions[0].figures, version="2", review_low=45)


@pytest.mark.parametrize(
    ("figures", "names"),
    [
        ({"revew_low": "24 h"}, {"revew_low"}),
        ({"review_low": "24"}, {"review_low"}),
        ({"review_low": 24}, {"review_low"}),
        ({"review_low": "0 h"}, {"review_low"}),
        ({"review_low": "-1 h"}, {"review_low"}),
        ({"superintendent_factor": "4 h"}, {"superintendent_factor"}),
        ({"superintendent_factor": 0}, {"superintendent_factor"}),
        ({"superintendent_factor": True}, {"superintendent_factor"}),
        ({"review_low": "x", "digest": "y"}, {"review_low", "digest"}),
    ],
)
def test_a_figure_that_is_wrong_is_named(figures: dict[str, Any], names: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        read([entry(**complete(**figures))])
    assert {error.field for error in refused.value.errors} == names
    assert all(error.message.startswith("Protocol version 1:") for error in refused.value.errors)


def test_the_first_version_must_be_whole_and_each_must_come_after_the_last() -> None:
    whole = complete()
    del whole["own_3"]
    with pytest.raises(Invalid, match="own_3"):
        read([entry(**whole)])
    with pytest.raises(Invalid, match="not after"):
        read([entry(**complete()), entry("2", 1, review_low="1 h")])


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (90, "90 minutes"), (2880, "48 hours"),
     (1440, "24 hours"), (28 * 1440, "28 days")],
)  # fmt: skip
def test_a_length_is_said_as_officers_say_it(minutes: int, said: str) -> None:
    assert as_length(minutes) == said


@pytest.mark.django_db
def test_each_day_is_judged_by_its_own_version_and_the_page_shows_both(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    assert load_versions(in_file(), now=now) == 1
    before = log_incident(cn.frontline, now)
    changed_at = now + 24 * HOUR
    second = later_version(changed_at, risk_1=30, review_medium=6 * 60)
    assert load_versions([*in_file(), second], now=now) == 1
    assert load_versions([*in_file(), second], now=now) == 0

    after = log_incident(cn.frontline, changed_at)
    due = {
        each.incident_id: each.due_at - each.opened_at
        for each in Deadline.objects.filter(code=Code.RISK_1)
    }
    assert due == {before.pk: HOUR, after.pk: HOUR / 2}
    assert an_assessment(before, cn.frontline, now).review_due_at == now + 12 * HOUR
    assert an_assessment(after, cn.frontline, changed_at).review_due_at == changed_at + 6 * HOUR

    page = browser_as(cn.frontline).get("/protocol/").content.decode()
    assert "version 1" in page
    assert "6 hours, before 12 hours" in page
    assert "30 minutes, before 1 hour" in page
    then = f"/protocol/?on={changed_at:%Y-%m-%d}"
    assert "version 2" in browser_as(cn.frontline).get(then).content.decode()

    names = [each["version"] for each in gather(before, changed_at)["protocol"]]
    assert names == ["1", "2"]
    assert [each["version"] for each in gather(after, changed_at)["protocol"]] == ["2"]


@pytest.mark.django_db
def test_a_version_that_has_been_loaded_is_never_rewritten(now: datetime) -> None:
    load_versions(in_file(), now=now)
    first = in_file()[0]
    for changed in (
        replace(first, figures=replace(first.figures, review_low=60)),
        replace(first, in_force_from=now),
    ):
        with pytest.raises(Conflict) as refused:
            load_versions([changed], now=now)
        assert refused.value.code == "protocol_changed"
    assert in_force(now) == first.figures


@pytest.mark.django_db
def test_the_past_is_not_judged_anew_but_a_new_system_may_know_its_history(now: datetime) -> None:
    versions = [*in_file(), later_version(now, review_low=60)]
    assert load_versions(versions, now=now) == 2
    third = replace(versions[1], figures=replace(versions[1].figures, version="3"))
    with pytest.raises(Conflict) as refused:
        load_versions([*versions, replace(third, in_force_from=now)], now=now)
    assert refused.value.code == "protocol_in_the_past"
    assert Protocol.objects.count() == 2


@pytest.mark.django_db
def test_a_figure_that_a_release_adds_is_no_change_of_an_old_version(now: datetime) -> None:
    first = in_file()[0]
    figures = {name: getattr(first.figures, name) for name in by_name() if name != "digest"}
    Protocol.objects.create(version="1", in_force_from=first.in_force_from, figures=figures)
    assert load_versions(in_file(), now=now) == 0
    assert in_force(now) == first.figures


@pytest.mark.django_db
def test_whoever_loads_a_changed_file_is_told_in_a_sentence(now: datetime) -> None:
    first = in_file()[0]
    Protocol.objects.create(
        version="1", in_force_from=first.in_force_from, figures={"review_low": 1}
    )
    with pytest.raises(CommandError, match="Put back what it said"):
        call_command("load_reference", verbosity=0)


@pytest.mark.django_db
def test_before_any_version_the_first_one_holds_and_the_page_says_so(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    assert in_force(now) == in_file()[0].figures
    assert (
        "No version has been loaded" in browser_as(cn.frontline).get("/protocol/").content.decode()
    )
    load_versions(in_file(), now=now)
    assert in_force(datetime(1901, 1, 1, tzinfo=UTC)) == in_file()[0].figures
