"""No page and no endpoint asks the database more often because there are more rows."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from officers.models import Officer
from officers.rules.roles import Role
from tests.rest import Rest, make_client_system
from tests.site.endpoints import ENDPOINTS
from tests.site.growing import grow
from tests.site.routes import PAGES, Row
from tests.site.world import World, signed_in

pytestmark = pytest.mark.django_db
SIZES = (1, 10, 50)
# Every GET of the table is counted, a new one too, but for these.
NOT_COUNTED = {
    "board-changes": "a stream that does not end",
    "boards": "leads who sees one BCU to its board; counted in tests/ownership/test_board.py",
    "disclosure-pack": "the bytes of one file",
    "kept-post": "what is kept in the session",
    "inbox-follow": "it leads on to another page",
}
# Looks for names and words are asked for something that every invented record has.
ASKED = {"search": {"q": "CN-26"}, "people": {"name": "Tamsin Ashgrove"}}
HOLDERS = (Role.DUTY_INSPECTOR, Role.SUPERINTENDENT)


def reader(world: World, row: Row) -> Officer:
    """Who has most to see there: whoever was on duty when the incidents came in."""
    for role in HOLDERS:
        if role in row.may:
            return world.cn.crew[role]
    return world.officers[Role.RECORDS]


def session(world: World, officer: Officer, rows: list[Row]) -> Any:
    """A browser that is signed in, or a client with its token: what that costs is not counted."""
    if rows is not ENDPOINTS:
        browser = signed_in(officer)
        browser.get("/inbox/")
        return browser
    return Rest(make_client_system(bcus=[world.cn.bcu]), officer)


def counted(rows: list[Row], world: World) -> dict[str, int]:
    """How many queries each GET makes."""
    counts, sessions = {}, {}
    for row in rows:
        if row.method != "GET" or row.name in NOT_COUNTED:
            continue
        officer = reader(world, row)
        if officer.pk not in sessions:
            sessions[officer.pk] = session(world, officer, rows)
        asked = world.body(row) if rows is ENDPOINTS else ASKED.get(row.name)
        with CaptureQueriesContext(connection) as queries:
            response = sessions[officer.pk].get(world.address(row), asked)
        assert response.status_code == 200, f"{row}: {response.status_code}"
        counts[str(row)] = len(queries)
    return counts


# What only services make takes its time to be made: the suite stops at ten of each.
MADE = [10, pytest.param(50, marks=pytest.mark.soak)]
# By turns, so that what is slow is shared out.
SHARES = {"pages": PAGES[::2], "further pages": PAGES[1::2], "endpoints": ENDPOINTS}


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("rows", SHARES.values(), ids=SHARES)
def test_as_many_queries_for_fifty_rows_as_for_one(
    world: World, rows: list[Row], made: int
) -> None:
    cache.clear()
    counts = {}
    for size in SIZES:
        own = {**world.own, **grow(world, size, made=made)}
        mine = {role: {"draft": own["draft"], "step": "who"} for role in Role}
        counts[size] = counted(rows, replace(world, own=own, mine=mine))
    grown = {
        name: [counts[size][name] for size in SIZES]
        for name in counts[1]
        if len({counts[size][name] for size in SIZES}) > 1
    }
    assert not grown, f"Queries at N = {SIZES}: {grown}"
