"""Bech32 (BIP 173) without its 90-character limit, as age writes keys (C2SP age, "Native recipient types").

Strict: one case only, the given prefix, five-to-eight-bit padding zero and shorter than five bits.
"""

from __future__ import annotations

from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH: Final = 6


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= generator
    return check


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _regroup(values: bytes | list[int], width: int, wanted: int, *, pad: bool) -> list[int]:
    """Numbers of ``width`` bits as numbers of ``wanted`` bits."""
    buffer = bits = 0
    out: list[int] = []
    for value in values:
        buffer = (buffer << width) | value
        bits += width
        while bits >= wanted:
            bits -= wanted
            out.append(buffer >> bits & ((1 << wanted) - 1))
        buffer &= (1 << bits) - 1
    if pad:
        if bits:
            out.append(buffer << (wanted - bits) & ((1 << wanted) - 1))
    elif bits >= width or buffer:
        raise ValueError("bech32 padding")
    return out


def encode(prefix: str, data: bytes) -> str:
    """``data`` in lower-case Bech32 with the lower-case ``prefix``."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod(_expand(prefix) + values + [0] * _CHECKSUM_LENGTH) ^ 1
    values += [check >> 5 * (_CHECKSUM_LENGTH - 1 - place) & 31 for place in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode(prefix: str, text: str) -> bytes:
    """The bytes of ``text``, which must carry the lower-case ``prefix``; raises ValueError."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("bech32 case")
    found, separator, body = text.lower().rpartition("1")
    if not separator or found != prefix or len(body) < _CHECKSUM_LENGTH:
        raise ValueError("bech32 prefix")
    try:
        values = [_VALUES[letter] for letter in body]
    except KeyError:
        raise ValueError("bech32 letter") from None
    if _polymod(_expand(prefix) + values) != 1:
        raise ValueError("bech32 checksum")
    return bytes(_regroup(values[:-_CHECKSUM_LENGTH], 5, 8, pad=False))
