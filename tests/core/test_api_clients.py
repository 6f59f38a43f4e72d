"""Client systems: tokens, scopes, acting for an officer, rate; and an officer's own browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client as Browser
from django.test import override_settings
from oauth2_provider.models import AccessToken

from core.models import Access
from core.tasks import forget_expired_tokens
from officers.models import BCU, Client, Officer
from tests.rest import SECRET, Rest, assert_problem, make_client_system

pytestmark = pytest.mark.django_db

NOTES = "/api/v1/notes/"


def ask_for_token(client: Client, **fields: str) -> Any:
    """The token endpoint's answer."""
    form = {"client_id": client.client_id, "client_secret": SECRET, **fields}
    return Browser().post("/oauth/token/", form)


@pytest.mark.parametrize("grant", [{}, {"grant_type": "client_credentials"}])
def test_a_client_gets_a_token_for_the_scopes_it_asks(
    playground: None, bcu: BCU, grant: dict[str, str]
) -> None:
    client = make_client_system(scopes=["incidents:read", "incidents:write"])
    answer = ask_for_token(client, scope="incidents:read", **grant)
    assert answer.status_code == 200
    assert answer.json()["scope"] == "incidents:read"
    assert answer.json()["token_type"] == "Bearer"
    assert answer.json()["expires_in"] == 3600


def test_a_client_that_names_no_scope_gets_all_of_its_own(playground: None) -> None:
    client = make_client_system(scopes=["incidents:read", "events:read"])
    assert set(ask_for_token(client).json()["scope"].split()) == {"incidents:read", "events:read"}


def test_after_ten_wrong_secrets_even_the_right_one_waits(playground: None) -> None:
    cache.clear()
    client, other = make_client_system(), make_client_system()
    refused = [ask_for_token(client, client_secret="wrong").status_code for _ in range(10)]
    answer = ask_for_token(client)
    assert (set(refused), answer.status_code, answer.headers["Retry-After"]) == ({401}, 429, "900")
    assert ask_for_token(other).status_code == 200
    cache.clear()
    assert ask_for_token(client).status_code == 200


def test_tokens_that_open_nothing_any_more_are_forgotten(playground: None) -> None:
    client = make_client_system()
    for _ in range(2):
        assert ask_for_token(client).status_code == 200
    spent, current = AccessToken.objects.order_by("pk")
    AccessToken.objects.filter(pk=spent.pk).update(expires=datetime(2026, 1, 1, tzinfo=UTC))
    forget_expired_tokens()
    assert list(AccessToken.objects.all()) == [current]


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"scope": "incidents:write"}, 400, "invalid_scope"),
        (
            {"grant_type": "password", "username": "a", "password": "b"},
            400,
            "unsupported_grant_type",
        ),
    ],
)
def test_the_token_endpoint_refuses_in_the_words_of_oauth(
    playground: None, change: dict[str, str], status: int, error: str
) -> None:
    client = make_client_system(scopes=["incidents:read"])
    answer = ask_for_token(client, **change)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_secrets_and_tokens_are_kept_as_digests(playground: None) -> None:
    client = make_client_system()
    token = ask_for_token(client).json()["access_token"]
    client.refresh_from_db()
    assert identify_hasher(client.client_secret)
    assert not AccessToken.objects.filter(token=token).exists()
    assert AccessToken.objects.get().token_checksum


@pytest.mark.parametrize(
    "fields",
    [
        {"client_type": "public"},
        {"authorization_grant_type": "password"},
        {"hash_client_secret": False},
    ],
)
def test_the_database_refuses_any_other_kind_of_client(db: None, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="client_credentials_only"):
        make_client_system(**fields)


def test_a_token_without_the_scope_is_403_and_says_which(
    playground: None, officer: Officer
) -> None:
    rest = Rest(make_client_system(scopes=["incidents:read"], force_wide=True), officer)
    assert rest.get(NOTES).status_code == 200
    response = rest.post(NOTES, {"title": "a"})
    assert_problem(response, 403, "scope_missing")
    assert 'scope="incidents:write"' in response.headers["WWW-Authenticate"]


def test_a_token_that_is_not_valid_is_401(rest: Rest) -> None:
    rest.headers["Authorization"] = "Bearer made-up"
    response = rest.get(NOTES)
    assert_problem(response, 401, "invalid_token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_client_that_is_switched_off_is_out_at_once(playground: None, officer: Officer) -> None:
    client = make_client_system(force_wide=True)
    rest = Rest(client, officer)
    client.is_active = False
    client.save()
    assert_problem(rest.get(NOTES), 401, "invalid_token")
    assert ask_for_token(client).status_code == 401


def test_a_client_reads_in_its_own_name_and_writes_in_an_officers(
    playground: None, bcu: BCU, officer: Officer
) -> None:
    client = make_client_system(bcus=[bcu])
    assert Rest(client).get(NOTES).status_code == 200
    assert_problem(Rest(client).post(NOTES, {"title": "a"}), 403, "officer_required")
    assert Rest(client, officer).post(NOTES, {"title": "a"}).status_code == 201


def test_what_belongs_to_the_client_itself_needs_no_officer(
    playground: None, officer: Officer
) -> None:
    client = make_client_system(force_wide=True)
    address = Rest(client, officer).post(NOTES, {"title": "a"}).headers["Location"]
    assert Rest(client).post(f"{address}system/", {"title": "b"}).status_code == 200


@pytest.mark.parametrize(
    "refused",
    ["not registered", "no such officer", "not a number", "left the force", "another BCU"],
)
def test_on_behalf_of_is_refused(
    playground: None,
    bcu: BCU,
    other_bcu: BCU,
    make_officer: Callable[..., Officer],
    refused: str,
) -> None:
    client = make_client_system(bcus=[bcu], acts_for_officers=refused != "not registered")
    officer = make_officer(
        is_active=refused != "left the force",
        bcu=other_bcu if refused == "another BCU" else bcu,
    )
    rest = Rest(client, officer)
    if refused == "no such officer":
        rest.headers["On-Behalf-Of"] = "999999999999999999999"
    if refused == "not a number":
        rest.headers["On-Behalf-Of"] = "noor"
    assert_problem(rest.get(NOTES), 403, "on_behalf_of_refused")


def test_a_client_widens_nobodys_view_and_nobody_widens_the_clients(
    db: None, bcu: BCU, other_bcu: BCU, make_officer: Callable[..., Officer]
) -> None:
    """What is seen through a client system is what both may see."""
    anybody, everywhere = make_officer("abara"), make_officer("lim", role="records")
    narrow = make_client_system(bcus=[bcu])
    wide = make_client_system(force_wide=True)

    def seen(client: Client, officer: Officer) -> Any:
        acting = client.officer_acted_for(str(officer.pk))
        assert acting is not None
        return acting.bcus_seen()

    assert everywhere.bcus_seen() is None
    assert seen(narrow, anybody) == seen(narrow, everywhere) == ("ZZ",)
    assert seen(wide, anybody) == ("ZZ",)
    assert seen(wide, everywhere) is None


def test_a_force_wide_client_acts_for_officers_of_every_bcu(
    playground: None, other_bcu: BCU, make_officer: Callable[..., Officer]
) -> None:
    rest = Rest(make_client_system(force_wide=True), make_officer(bcu=other_bcu))
    assert rest.get(NOTES).status_code == 200


@pytest.fixture
def browser(playground: None, officer: Officer) -> Browser:
    """The officer's own browser, signed in, minding CSRF."""
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_an_officers_session_reads_and_writes_with_its_csrf_token(browser: Browser) -> None:
    assert browser.get(NOTES).status_code == 200
    response = browser.post(NOTES, {"title": "a"}, content_type="application/json")
    assert_problem(response, 403, "csrf_failed")
    browser.cookies["csrftoken"] = "a" * 32
    response = browser.post(
        NOTES,
        {"title": "a"},
        content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )
    assert response.status_code == 201
    access_log_before = Access.objects.count()
    assert browser.get(response.headers["Location"]).status_code == 200
    assert Access.objects.count() == access_log_before + 1
    assert Access.objects.get().client == ""


def test_an_officers_session_acts_for_nobody_else(
    browser: Browser, make_officer: Callable[..., Officer]
) -> None:
    other = make_officer("abara")
    response = browser.get(NOTES, headers={"On-Behalf-Of": str(other.pk)})
    assert_problem(response, 403, "on_behalf_of_refused")


def test_a_wrong_token_is_not_made_good_by_a_session(browser: Browser) -> None:
    response = browser.get(NOTES, headers={"Authorization": "Bearer made-up"})
    assert_problem(response, 401, "invalid_token")


def test_a_client_over_its_rate_is_429_with_when_to_try_again(
    playground: None, officer: Officer
) -> None:
    client = make_client_system(force_wide=True, requests_per_minute=2)
    rest, other = Rest(client, officer), Rest(make_client_system(force_wide=True), officer)
    # The minute may turn in between: twice its rate is never enough for that.
    statuses = [rest.get(NOTES).status_code for _ in range(5)]
    assert statuses[:2] == [200, 200]
    assert 429 in statuses
    while (response := rest.get(NOTES)).status_code != 429:
        pass
    assert_problem(response, 429, "throttled")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert other.get(NOTES).status_code == 200


def test_requests_go_on_when_the_counter_is_down(rest: Rest) -> None:
    nowhere = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "unix:///nowhere/at/all.sock",
    }
    with override_settings(CACHES={"default": nowhere}):
        assert rest.get(NOTES).status_code == 200
