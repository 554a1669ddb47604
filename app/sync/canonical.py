"""Canonical JSON: every value has exactly one spelling, so equality of bytes is equality of meaning.

UTF-8 without BOM, no spaces, the only escapes are ``\\"``, ``\\\\`` and ``\\n``, integers from 0 to 2**40, no
floats, text in NFC without control characters but newline. Reading is strict: decode, encode again, compare
bytes. That one comparison refuses duplicate keys, NaN, 1.0, lone surrogates, leading zeros and whatever else a
lenient JSON reader would take. msgspec reads and writes here, eight times as fast as the standard library; a test
holds the two against each other.

Order of keys: ``encode`` keeps the order of the mapping (the manifest and the card have a fixed order, which their
codecs check); with ``sort_keys`` all keys are sorted by code point (rows and JSON parts).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Generic, TypeAlias, TypeVar

import msgspec

from app.errors import AppError

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_INTEGER: Final = 1 << 40
MAX_DEPTH: Final = 16
_USUAL_DEPTH: Final = 5
MAX_BYTES: Final = 4 * 1024 * 1024

_FORBIDDEN_RAW: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FORBIDDEN_TEXT: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = frozenset('"\\n')


class NotCanonical(AppError):
    """The bytes or the value have no canonical form; the text says which rule, never the contents."""


Read = TypeVar("Read")


class Decoder(Generic[Read]):
    """``Decoder(lambda values: dict[str, values])``: reads what is built of JSON values.

    Values that lie no deeper than records do are read by their types alone. msgspec looks at each type anew wherever
    it stands, twice as long for each level, so what lies deeper is read without types and then checked.
    """

    def __init__(self, made_of: Callable[[Any], Any]) -> None:
        self._usual: msgspec.json.Decoder[Read] = msgspec.json.Decoder(made_of(_value_type(_USUAL_DEPTH)))
        self._any: msgspec.json.Decoder[Read] = msgspec.json.Decoder(made_of(Any))

    def decode(self, data: bytes) -> Read:
        """The value of ``data``; raises msgspec's errors, or ``NotCanonical``."""
        try:
            return self._usual.decode(data)
        except msgspec.ValidationError:
            value = self._any.decode(data)
            _check(msgspec.to_builtins(value), 0)
            return value


def _value_type(depth: int) -> Any:
    """For msgspec: a JSON value in which at most ``depth`` objects and lists lie one in another. No floats."""
    plain: Any = bool | Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] | str | None
    found: Any = plain
    for _ in range(depth):
        found = plain | list[found] | dict[str, found]
    return found


_decoder: Final = Decoder[Json](lambda values: values)
_kept_order: Final = msgspec.json.Encoder()
_sorted_order: Final = msgspec.json.Encoder(order="sorted")
_as_given: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_sorted: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, sort_keys=True)


def _check_text(text: str) -> None:
    # A printable text has none of them, and that is told much faster.
    if not text.isprintable() and _FORBIDDEN_TEXT.search(text):
        raise NotCanonical("a control character or half a character")
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("text that is not in NFC")


def _check(value: object, depth: int) -> None:
    """Refuse whatever ``json`` would write in a way that cannot be read back the same."""
    kind = type(value)
    if kind is str:
        _check_text(value)  # type: ignore[arg-type]  # ``kind`` has told that it is a str
    elif kind is int:
        if not 0 <= value <= MAX_INTEGER:  # type: ignore[operator]  # ``kind`` has told that it is an int
            raise NotCanonical("an integer out of range")
    elif isinstance(value, Mapping):
        if depth >= MAX_DEPTH:
            raise NotCanonical("nested too deep")
        for key, item in value.items():
            if type(key) is not str:
                raise NotCanonical("a key that is not text")
            _check_text(key)
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        if depth >= MAX_DEPTH:
            raise NotCanonical("nested too deep")
        for item in value:
            _check(item, depth + 1)
    elif value is not None and kind is not bool:
        raise NotCanonical("a value that JSON cannot carry")


def encode(value: object, *, sort_keys: bool = False) -> bytes:
    """The canonical bytes of ``value``; raises ``NotCanonical`` where it has none."""
    _check(value, 0)
    return (_sorted if sort_keys else _as_given).encode(value).encode()


def encode_again(value: Json) -> bytes:
    """The canonical bytes (keys sorted) of a value, or a part of one, that ``decode`` gave: checked there."""
    return _sorted_order.encode(value)


def decode(data: bytes, *, sort_keys: bool = False, limit: int = MAX_BYTES) -> Json:
    """The value whose canonical bytes are exactly ``data`` (at most ``limit`` of them); else ``NotCanonical``."""
    return decode_as(_decoder, data, sort_keys=sort_keys, limit=limit)


def decode_as(
    decoder: Decoder[Read] | msgspec.json.Decoder[Read], data: bytes, *, sort_keys: bool, limit: int
) -> Read:
    """As ``decode``, for a codec that knows the fields of its object and their types."""
    if len(data) > limit:
        raise NotCanonical("too long")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise NotCanonical("not UTF-8") from None
    # A printable text has no control characters, and that is told faster.
    if not text.isprintable() and _FORBIDDEN_RAW.search(text):
        raise NotCanonical("a control character")
    if "\\" in text and not _ESCAPES.issuperset(_ESCAPE.findall(text)):
        raise NotCanonical("an escape that is not needed")
    try:
        value = decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # The original exception may quote the contents, so it is not chained.
        raise NotCanonical("not JSON of these values") from None
    if (_sorted_order if sort_keys else _kept_order).encode(value) != data:
        raise NotCanonical("not the canonical form")
    # ``\\n`` followed by a combining mark looks composable in the text though the string is in NFC: walk then.
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        _check(msgspec.to_builtins(value), 0)
    return value


def decode_object(data: bytes, *, sort_keys: bool = False, limit: int = MAX_BYTES) -> dict[str, Json]:
    """As ``decode``, and the value must be an object."""
    value = decode(data, sort_keys=sort_keys, limit=limit)
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    return value
