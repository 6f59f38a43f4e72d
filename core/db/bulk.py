"""Writing a few columns of many rows in one statement, each row with values of its own."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def update_each(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Store the named fields of rows of one model; what is not named stays as it is.

    Django's own bulk_update writes a CASE with a branch a row, whose cost grows with the square.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [meta.pk, *(meta.get_field(name) for name in names)]
    quoted = [connection.ops.quote_name(str(field.column)) for field in fields]
    kinds = [str(field.rel_db_type(connection)) for field in fields]
    sets = ", ".join(f"{name} = given.{name}" for name in quoted[1:])
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS stored SET {sets} FROM unnest({arrays}) "  # noqa: S608 - our names
            f"AS given ({', '.join(quoted)}) WHERE stored.{quoted[0]} = given.{quoted[0]}",
            [
                [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
                for field in fields
            ],
        )
