"""Values out of a record's document, which may hold anything anywhere where it was imported: then it is no value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Document = Mapping[str, Any]


def read(data: str) -> Document:
    """The values in the text of a record."""
    found = json.loads(data)
    return found if isinstance(found, dict) else {}


def text(document: Document, key: str) -> str:
    """A text or a code; "" where there is none."""
    value = document.get(key)
    return value if isinstance(value, str) else ""


def number(document: Document, key: str) -> int | None:
    """A whole number; None where there is none, which is not zero."""
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def decimal(document: Document, key: str) -> Decimal | None:
    """A number with decimals above zero, kept exactly."""
    try:
        found = Decimal(text(document, key))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None


def codes(document: Document, key: str) -> tuple[str, ...]:
    """Several codes."""
    value = document.get(key)
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, list) else ()


def rows(document: Document, key: str) -> tuple[Document, ...]:
    """The lines of a table."""
    value = document.get(key)
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
