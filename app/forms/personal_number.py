"""The personal number of a citizen or resident of Belarus: 14 characters, the last one a check digit.

Digits count as themselves, letters A-Z as 10-35; weights 7, 3, 1 repeat over the first 13 characters; the sum
modulo 10 is the last. The number is only checked: the birth date, sex and region that older numbers seem to
carry are never derived from it, and numbers that start with 7 carry none.
"""

from __future__ import annotations

import re
from typing import Final

_SHAPE: Final = re.compile(r"[0-9]{7}[A-Z][0-9]{3}[A-Z]{2}[0-9]")
# Cyrillic letters that look like Latin ones are typed often, and nobody sees the difference.
_LOOK_ALIKES: Final = str.maketrans("АВЕКМНОРСТХІ", "ABEKMHOPCTXI")
_WEIGHTS: Final = (7, 3, 1)


def normalise(text: str) -> str:
    """``text`` in capitals, look-alike letters made Latin, blanks and hyphens dropped. Nothing else is changed."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", text).upper().translate(_LOOK_ALIKES)


def check_digit(first: str) -> int:
    """The check digit for the first 13 characters (digits and Latin capitals)."""
    return sum(int(char, 36) * _WEIGHTS[i % 3] for i, char in enumerate(first)) % 10


def is_valid(number: str) -> bool:
    """Is ``number`` (normalised) of the right shape, with the right check digit?"""
    return _SHAPE.fullmatch(number) is not None and check_digit(number[:-1]) == int(number[-1])
