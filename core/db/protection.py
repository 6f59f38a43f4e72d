"""Database triggers that several apps put on their tables."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """Refuse every update and delete, whoever asks: a row once written stays as it is."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def no_truncate() -> pgtrigger.Trigger:
    """Refuse to empty the table in one stroke, which row triggers would not see."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
    )


def never_erased() -> list[pgtrigger.Trigger]:
    """Both: for tables that are evidence."""
    return [append_only(), no_truncate()]
