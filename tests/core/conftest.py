"""What the tests of the API's common parts stand on: notes, two BCUs, officers, a client."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from core.registries import navigation, typing_help
from core.registries.navigation import NavItem
from officers.models import BCU, Officer
from tests.core.playground import Note
from tests.rest import Rest, make_client_system


@pytest.fixture(scope="session")
def notes_table(django_db_setup: None, django_db_blocker: Any) -> None:
    """The playground's one table."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Note)


@pytest.fixture
def playground(notes_table: None, settings: Any) -> Iterator[None]:
    """The playground's addresses beside the real ones; requests are counted from nought."""
    settings.ROOT_URLCONF = "tests.core.playground"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pages_playground(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages to try the front end on, with a menu of their own and no app's help with words."""
    settings.ROOT_URLCONF = "tests.core.pages_playground"
    monkeypatch.setattr(navigation, "_items", [NavItem("My work", "my-work", order=1)])
    monkeypatch.setattr(typing_help, "_helpers", [])


@pytest.fixture
def bcu(db: None) -> BCU:
    """The BCU in which the tests play."""
    return BCU.objects.create(code="ZZ", name="Test Central", boroughs="Nowhere")


@pytest.fixture
def other_bcu(db: None) -> BCU:
    """Another one."""
    return BCU.objects.create(code="ZY", name="Test North", boroughs="Elsewhere")


@pytest.fixture
def make_officer(bcu: BCU) -> Callable[..., Officer]:
    """A function that makes officers."""

    def make(username: str = "noor", **fields: Any) -> Officer:
        return Officer.objects.create_user(
            username,
            **{
                "given_name": "Amal",
                "family_name": username.title(),
                "rank": "ps",
                "role": "frontline",
                "bcu": bcu,
                "email": f"{username}@example.test",
                **fields,
            },
        )

    return make


@pytest.fixture
def officer(make_officer: Callable[..., Officer]) -> Officer:
    """An officer of the BCU."""
    return make_officer()


@pytest.fixture
def rest(playground: None, officer: Officer, bcu: BCU) -> Rest:
    """A client system acting for the officer."""
    return Rest(make_client_system(bcus=[bcu]), officer)
