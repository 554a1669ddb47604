"""Many rows in one statement, past the ORM and its parameters by name, which cost more than the rows themselves.

The text of a statement is made from the model's table, so it cannot name a column that is not there. A value goes as
SQLite keeps it: an id as its 16 bytes (``app.models.base.Uid``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from app.models import Base

CHUNK = 500  # SQLite's bound on variables in one statement is far above; this keeps statements small


def insert_text(model: type[Base], columns: Sequence[str], *, or_ignore: bool = False) -> str:
    """The INSERT of these columns; raises KeyError where the table has no such column."""
    table = _table(model)
    names = ", ".join(_quoted(table.columns[name].name) for name in columns)
    verb = "INSERT OR IGNORE INTO" if or_ignore else "INSERT INTO"
    return f"{verb} {_quoted(table.name)} ({names}) VALUES ({_marks(len(columns))})"


def update_text(model: type[Base], columns: Sequence[str], key: str) -> str:
    """The UPDATE of these columns where ``key`` (the last value of each row) is met."""
    table = _table(model)
    sets = ", ".join(f"{_quoted(table.columns[name].name)} = ?" for name in columns)
    return f"UPDATE {_quoted(table.name)} SET {sets} WHERE {_quoted(table.columns[key].name)} = ?"  # noqa: S608 - names of our own tables


def delete_text(model: type[Base], key: str) -> str:
    """The DELETE of the rows whose ``key`` is the one value."""
    table = _table(model)
    return f"DELETE FROM {_quoted(table.name)} WHERE {_quoted(table.columns[key].name)} = ?"  # noqa: S608 - names of our own tables


def run(session: Session, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Carry ``statement`` out for each of ``rows``; nothing where there is none."""
    if rows:
        _driver(session).executemany(statement, rows)


def look_up(session: Session, statement: str, keys: Collection[Any]) -> Iterator[tuple[Any, ...]]:
    """What ``statement`` finds, its one ``{}`` being the list of ``keys``; asked some at a time."""
    asked = list(keys)
    for start in range(0, len(asked), CHUNK):
        chunk = asked[start : start + CHUNK]
        yield from _driver(session).execute(statement.format(_marks(len(chunk))), chunk).fetchall()


def _driver(session: Session) -> Any:
    """The driver's own connection, in the session's transaction. Its errors are put in words like SQLAlchemy's."""
    return session.connection().connection.driver_connection


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
