"""The case code of a person: ``K7M4-29Q``. Six random characters and a check character.

It says nothing of the person: no initials, date, sex or place. The alphabet leaves out what is misread (O, I, L,
U) and what Cyrillic writes alike (B and В, C and С ... are typed either way and read as Latin). 23 characters,
a prime number: the check (weights 2 to 7, modulo 23) catches every single slip and every swap of two characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789ACDEFHKMNPQRTXY"
_BODY: Final = 6
# What people type for what they read: Cyrillic letters of the same shape, and letters of the look of digits.
_TYPED: Final = str.maketrans("АСЕНКМРТХУВBЗZGS", "ACEHKMPTXY883265")
_LIMIT: Final = 256 - 256 % len(ALPHABET)


def check_character(body: str) -> str:
    """The check character for six characters of the alphabet."""
    return ALPHABET[sum((i + 2) * ALPHABET.index(char) for i, char in enumerate(body)) % len(ALPHABET)]


def new_code(random_bytes: Callable[[int], bytes]) -> str:
    """A fresh code from a source of chance such as ``Clock.random_bytes``; each is equally likely."""
    body = ""
    while len(body) < _BODY:
        # Bytes beyond the last whole multiple are thrown away, else the first characters would come more often.
        body += "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(_BODY) if byte < _LIMIT)
    body = body[:_BODY]
    return f"{body[:4]}-{body[4:]}{check_character(body)}"


def normalise(text: str) -> str:
    """A typed code in its one spelling, ``K7M4-29Q``; what cannot be a code comes back in capitals."""
    letters = re.sub(r"[\s\-\u2010-\u2015_.]", "", text).upper().translate(_TYPED)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _BODY + 1 else letters


def is_valid(code: str) -> bool:
    """Is ``code`` (in its one spelling) well formed, with the right check character?"""
    letters = code.replace("-", "", 1)
    return (
        len(code) == _BODY + 2
        and code[4] == "-"
        and all(char in ALPHABET for char in letters)
        and check_character(letters[:-1]) == letters[-1]
    )
