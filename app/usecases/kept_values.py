"""Plain values as JSON text inside the store, ids told from text: for drafts and for the place to return to."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

_ID: Final = "$id"


def pack(values: Mapping[str, object]) -> str:
    """Values of a form or of a route as text. Whatever was typed is kept as it is, sound or not (half a sign too)."""
    return json.dumps(_plain(values), sort_keys=True)


def unpack(text: str) -> dict[str, Any]:
    """The values that ``pack`` wrote; nothing where the text cannot be read (a draft never stops the program)."""
    try:
        found = json.loads(text, object_hook=_back)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _plain(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return {_ID: value.hex}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _back(found: dict[str, Any]) -> object:
    if found.keys() != {_ID}:
        return found
    return uuid.UUID(hex=found[_ID])
