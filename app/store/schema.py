"""What tables a store has, how many rows each, and which of them come from the models."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

_OWN_OF_ALEMBIC = "alembic_version"


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of each table. Not of the inner tables of a search index: they change with its upkeep."""
    counts: dict[str, int] = {}
    for name, kind in _tables(connection):
        if kind in {"table", "virtual"}:
            quoted = connection.dialect.identifier_preparer.quote_identifier(name)
            counts[name] = connection.execute(text(f"SELECT count(*) FROM {quoted}")).scalar_one()  # noqa: S608 - a quoted identifier of our own schema
    return counts


def is_modelled_in(connection: Connection) -> Callable[[str | None, str, object], bool]:
    """Alembic's ``include_name``: leave out search indexes, which are written by hand in a revision."""
    by_hand = {name for name, kind in _tables(connection) if kind in {"virtual", "shadow"}}

    def include(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and name in by_hand)

    return include


def _tables(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.execute(text("SELECT name, type FROM pragma_table_list WHERE schema = 'main'"))
    return [(name, kind) for name, kind in rows if not name.startswith("sqlite_") and name != _OWN_OF_ALEMBIC]
