"""The strict reader of rows written with the standard library alone: slow, and the measure of the fast one."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn
from uuid import UUID

from app.sync.manifest import MAX_LINE

MAX_INTEGER = 1 << 40
MAX_DEPTH = 16
KEYS = (
    "changed_at", "changed_by", "changed_seq", "data", "epoch", "id", "kind", "owner", "revision", "state",
)  # fmt: skip


class Refused(Exception):
    """These bytes are not canonical, or not a row."""


def _no_float(_text: str) -> NoReturn:
    raise Refused


def _integer(text: str) -> int:
    if len(text) > len(str(MAX_INTEGER)) or not 0 <= int(text) <= MAX_INTEGER:
        raise Refused
    return int(text)


_decoder = json.JSONDecoder(parse_float=_no_float, parse_int=_integer, parse_constant=_no_float)


def decode(data: bytes, *, sort_keys: bool = False, limit: int = 4 << 20) -> Any:
    """The value whose only spelling is ``data``; else Refused."""
    if len(data) > limit:
        raise Refused
    try:
        text = data.decode()
        if re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text):
            raise Refused
        if not {'"', "\\", "n"}.issuperset(re.findall(r"\\(.)", text, re.DOTALL)):
            raise Refused
        value = _decoder.decode(text)
    except (ValueError, RecursionError):
        raise Refused from None
    _check(value, 0)
    again = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
    if again != text:
        raise Refused
    return value


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        raise Refused
    if isinstance(value, dict | list) and depth >= MAX_DEPTH:
        raise Refused
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        _check(part, depth + 1)


def decode_row(line: bytes) -> dict[str, Any]:
    """The fields of one row; else Refused."""
    fields = decode(line, sort_keys=True, limit=MAX_LINE)
    if not isinstance(fields, dict) or tuple(fields) != KEYS or not isinstance(fields["data"], dict):
        raise Refused
    for name in ("changed_at", "changed_by", "kind", "state", "id", "owner"):
        if not isinstance(fields[name], str) or len(fields[name]) > 200:
            raise Refused
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", fields["kind"]):
        raise Refused
    if any(type(fields[name]) is not int for name in ("changed_seq", "epoch", "revision")):
        raise Refused
    allowed = {"live": None, "withheld": set(), "deleted": {"reason"}}
    if fields["state"] not in allowed:
        raise Refused
    keys = allowed[fields["state"]]
    if keys is not None and not set(fields["data"]) <= keys:
        raise Refused
    for name in ("id", "owner"):
        try:
            if str(UUID(fields[name])) != fields[name]:
                raise Refused
        except ValueError:
            raise Refused from None
    return fields
