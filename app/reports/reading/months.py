"""Under which months services stand in the store."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

# From one month to the next by the index, and not over every service.
_ALL: Final = """
    WITH RECURSIVE found(month) AS (
        SELECT MIN(month) FROM service
        UNION ALL SELECT (SELECT MIN(month) FROM service WHERE month > found.month) FROM found
        WHERE found.month IS NOT NULL
    ) SELECT month FROM found WHERE month IS NOT NULL
"""


def in_store(session: Session) -> list[str]:
    """Every month, bare year or "" under which a service stands, in order."""
    return [month for (month,) in session.connection().exec_driver_sql(_ALL)]
