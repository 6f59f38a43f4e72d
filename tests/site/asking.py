"""How a row of the table is asked for, and by whom."""

from typing import Any

from officers.rules.roles import Role
from tests.rest import Rest
from tests.site.routes import Row

PREFERRED = (
    Role.SUPERINTENDENT, Role.MISSING_PERSONS_UNIT, Role.ASSURANCE_BOARD, Role.RECORDS
)  # fmt: skip


def send(rest: Rest, row: Row, address: str, body: Any, version: int) -> Any:
    """The request that a row stands for."""
    match row.method:
        case "GET":
            return rest.get(address, body)
        case "PATCH":
            return rest.patch(address, body, If_Match=f'"{version}"')
    return rest.post(address, body)


def who_may(row: Row) -> Role:
    """Somebody for whom the form is meant."""
    return next(role for role in PREFERRED if role in row.may)
