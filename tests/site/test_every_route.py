"""Every route, method and role, in their own BCU and another, against the table in routes.py."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from core.api.views import UnknownAddress
from officers.rules.roles import FORCE_WIDE, Role
from tests.rest import Rest, make_client_system
from tests.site.asking import send
from tests.site.endpoints import ENDPOINTS
from tests.site.routes import PAGES, PUBLIC, Row
from tests.site.world import PERSONAL, World, named_routes, signed_in, undone

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
GRANTED = "granted"
FORM = "application/x-www-form-urlencoded"
# An empty form as a browser sends it.
EMPTY_FORM = "csrfmiddlewaretoken=x"
Ask = Callable[[Row, str], Any]


def test_the_table_lists_every_route_and_no_other() -> None:
    routes = {
        name
        for name, pattern in named_routes().items()
        if getattr(pattern.callback, "cls", None) is not UnknownAddress
    }
    listed = {row.name for row in (*PAGES, *ENDPOINTS)} | set(PUBLIC)
    missing = sorted(routes - listed)
    assert not missing, (
        f"Say in tests/site/routes.py or endpoints.py who may use these new routes: {missing}"
    )
    gone = sorted(listed - routes)
    assert not gone, f"The tables list what is no route any more: {gone}"


def test_the_table_lists_each_method_of_a_route_once() -> None:
    keys = [(row.name, row.method) for row in (*PAGES, *ENDPOINTS)]
    assert sorted(keys) == sorted(set(keys))


def expected(row: Row, role: Role, *, own: bool) -> int | str:
    """What the table says: out of scope comes before out of role, so that nothing is told."""
    is_scoped = row.of in PERSONAL or not (role in FORCE_WIDE or row.everywhere)
    if row.of and not own and is_scoped:
        return 404
    return GRANTED if role in row.may else 403


def judged(status: int, row: Row) -> int | str:
    """A refusal is its number; everything else that is no defect is a grant."""
    if status in {401, 403, 404, 405} or status >= 500:
        return status
    return status if row.method == "GET" and status not in {200, 302} else GRANTED


def differences(
    rows: Iterable[Row], world: World, role: Role, ask: Ask, *, own: bool
) -> Iterator[str]:
    """Where the site does not do what the table says."""
    for row in rows:
        if not own and not row.of:
            continue
        with undone():
            response = ask(row, world.address(row, role, own=own))
        got, wanted = judged(response.status_code, row), expected(row, role, own=own)
        if got != wanted:
            where = "own BCU" if own else "another BCU"
            yield f"{row} as {role.label}, {where}: {got} ({response.status_code}) not {wanted}"


@pytest.mark.parametrize("own", [True, False], ids=["own BCU", "another BCU"])
@pytest.mark.parametrize("role", list(Role))
def test_pages(world: World, role: Role, own: bool) -> None:
    browser = signed_in(world.officers[role])

    def ask(row: Row, address: str) -> Any:
        return browser.generic(row.method, address, EMPTY_FORM, content_type=FORM)

    wrong = list(differences(PAGES, world, role, ask, own=own))
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("own", [True, False], ids=["own BCU", "another BCU"])
@pytest.mark.parametrize("role", list(Role))
def test_endpoints(world: World, role: Role, own: bool) -> None:
    cache.clear()  # The limit of requests a minute is not what is tested.
    with undone():
        client = make_client_system(bcus=[world.cn.bcu, world.ne.bcu])
        rest = Rest(client, world.officers[role])

        def ask(row: Row, address: str) -> Any:
            body = world.body(row, role, own=own)
            names = world.names(role, own=own)
            return send(rest, row, address, body, names["version"])

        wrong = list(differences(ENDPOINTS, world, role, ask, own=own))
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_client_system_by_itself_reads_its_bcu_and_writes_nothing(world: World) -> None:
    cache.clear()
    wrong = []
    with undone():
        rest = Rest(make_client_system(bcus=[world.cn.bcu]))
        for row in ENDPOINTS:
            for own in (True, False) if row.of else (True,):
                wanted: int | str = 403
                if row.client:
                    wanted = GRANTED if own else 404
                body, version = world.body(row), world.own["version"]
                with undone():
                    response = send(rest, row, world.address(row, own=own), body, version)
                got = judged(response.status_code, row)
                if got != wanted:
                    wrong.append(f"{row}, own {own}: {got} not {wanted}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_nobody_signed_out_gets_further_than_the_sign_in_page(world: World) -> None:
    browser, wrong = signed_in(None), []
    for row in PAGES:
        response = browser.generic(row.method, world.address(row), EMPTY_FORM, content_type=FORM)
        to_sign_in = response.headers.get("Location", "").startswith(reverse("sign-in"))
        if response.status_code != 302 or not to_sign_in:
            wrong.append(f"{row}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_nobody_without_a_token_gets_anything_of_the_interface(world: World) -> None:
    browser, wrong = signed_in(None), []
    for row in ENDPOINTS:
        response = browser.generic(
            row.method, world.address(row), "{}", content_type="application/json"
        )
        if response.status_code != 401:
            wrong.append(f"{row}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_token_without_the_scope_gets_nothing(world: World) -> None:
    cache.clear()
    wrong = []
    with undone():
        client = make_client_system(bcus=[world.cn.bcu], scopes=["webhooks:read"])
        rest = Rest(client, world.officers[Role.SUPERINTENDENT])
        for row in ENDPOINTS:
            response = send(rest, row, world.address(row), world.body(row), 1)
            if (response.status_code, response.json()["code"]) != (403, "scope_missing"):
                wrong.append(f"{row}: {response.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("rows", [PAGES, ENDPOINTS], ids=["pages", "endpoints"])
def test_a_method_that_the_table_does_not_list_is_refused(world: World, rows: list[Row]) -> None:
    cache.clear()
    browser, wrong = signed_in(world.officers[Role.SUPERINTENDENT]), []
    for name, listed in _methods(rows).items():
        row = next(row for row in rows if row.name == name)
        address = world.address(row, Role.SUPERINTENDENT)
        for method in METHODS:
            if method not in listed:
                wrong += _answered(browser, method, name, address)
    assert not wrong, "\n" + "\n".join(wrong)


def test_what_needs_no_sign_in_takes_only_its_methods() -> None:
    """Whether it asks for one or answers otherwise is tested where it is made."""
    browser, wrong = signed_in(None), []
    for name, listed in PUBLIC.items():
        for method in METHODS:
            if method not in listed:
                wrong += _answered(browser, method, name, reverse(name))
    assert not wrong, "\n" + "\n".join(wrong)


def _methods(rows: list[Row]) -> dict[str, set[str]]:
    listed: dict[str, set[str]] = {}
    for row in rows:
        listed.setdefault(row.name, set()).add(row.method)
    return listed


def _answered(browser: Browser, method: str, name: str, address: str) -> list[str]:
    with undone():
        response = browser.generic(method, address, "{}", content_type="application/json")
    if response.status_code == 405:
        return []
    return [f"{method} {name}: {response.status_code} not 405"]
