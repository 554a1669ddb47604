"""Address, phone and passport of an entry, in the form in which two entries can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.forms import personal_number
from app.matching.fold import fold, words

_MOST_WORDS: Final = 16
_MOST_PHONES: Final = 6
_PHONE: Final = range(6, 16)
_OWN_DIGITS: Final = 9
"""What is left of a number without the code of the country: +375 29 123-45-67 is 8 029 123-45-67."""
_KINDS_OF_PLACE: Final = """
г гор город горад д дом дер деревня в вёска ул улица вул вуліца пр просп проспект праспект пер переулок завулак
кв квартира кватэра корп корпус к обл область вобл вобласць р н район раён аг агрогородок аграгарадок пос посёлок
пас пасёлак
"""
_NOT_A_NAME: Final = frozenset(map(fold, _KINDS_OF_PLACE.split()))
_TELLS_FROM: Final = 6
_WHOLE_FROM: Final = 12
"""Pairs of letters from which on an address is a street and a house, and not a town alone."""
_SIMILAR: Final = 0.6
_SAME: Final = 0.75


def address(text: str) -> str:
    """The telling words of an address: names folded, numbers as they stand, one blank between them."""
    found = (word.lower() if any(map(str.isdigit, word)) else fold(word) for word in words(text))
    return " ".join([word for word in found if word and word not in _NOT_A_NAME][:_MOST_WORDS])


def phones(text: str) -> frozenset[str]:
    """The phone numbers in a line, each without the code of the country."""
    if not text:
        return frozenset()
    digits = (re.sub(r"\D", "", one) for one in re.split(r"[,;/\n]|\bи\b|\bі\b", text))
    return frozenset([one[-_OWN_DIGITS:] for one in digits if len(one) in _PHONE][:_MOST_PHONES])


def passport(text: str) -> str:
    """Series and number in capitals, without blanks; look-alike letters made Latin."""
    plain = personal_number.normalise(text) if text else ""
    return plain if len(plain) >= 6 and any(map(str.isdigit, plain)) else ""


def address_finding(one: str, other: str) -> tuple[str, int]:
    """What was found and how many pairs of neighbouring letters are common; no code where nothing can be told.

    Letters and not words are compared, for blanks and the order of the parts slip easily; the shorter address is
    sought in the longer one, for a part of it is left out easily. Where the number of the house is the same, fewer
    letters are enough for the whole address.
    """
    if min(len(one), len(other)) < _TELLS_FROM:
        return "", 0
    left, right = _neighbours(one), _neighbours(other)
    common = len(left & right)
    share = common / min(len(left), len(right))
    if share < _SIMILAR:
        return "address_other", common
    whole = (share >= _SAME or not _numbers(one).isdisjoint(_numbers(other))) and common >= _WHOLE_FROM
    return "address" if whole else "address_similar", common


@lru_cache(maxsize=100_000)
def _neighbours(text: str) -> frozenset[str]:
    letters = text.replace(" ", "")
    return frozenset(map("".join, pairwise(letters)))


@lru_cache(maxsize=100_000)
def _numbers(text: str) -> frozenset[str]:
    """The numbers of houses and flats in an address."""
    return frozenset(word for word in text.split() if word[0].isdigit())
