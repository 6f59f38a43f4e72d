"""What the tests of assurance share: the people who look at other people's records."""

import pytest

from officers.models import Officer
from officers.roles import Role
from tests.conftest import Unit
from tests.factories.officers import an_officer


@pytest.fixture
def board(cn: Unit) -> Officer:
    """A member of the assurance board: sees every BCU, posted to CN."""
    return an_officer(Role.ASSURANCE_BOARD, cn.bcu)


@pytest.fixture
def records(cn: Unit) -> Officer:
    """A member of records and disclosure: sees every BCU, posted to CN."""
    return an_officer(Role.RECORDS, cn.bcu)
