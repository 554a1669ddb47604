"""Plain SQL, plain tuples: a row object for each of a million costs as much as the reading."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session


def run(session: Session, text: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[Any]:
    """All rows of a question."""
    cursor = session.connection().exec_driver_sql(text, values).cursor
    return list(cursor.fetchall()) if cursor is not None else []


def marks(values: Collection[Any]) -> str:
    """Places for ``values`` in an IN; nothing is in an empty one."""
    return ", ".join("?" * len(values)) or "NULL"


def listed(keys: Collection[int]) -> str:
    """Keys for an IN of any length: ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(keys))


def text_of(uid: bytes | None) -> str:
    """An id as text; "" for none."""
    return str(uuid.UUID(bytes=uid)) if uid else ""
