"""Sums of money: typed as people write them, kept as whole kopecks or cents, never as a float.

Accepts ``1234.5``, ``1 234,56`` (any kind of space), ``1,234.56``. A sum that could be read in two ways
(``1,234``) or has more decimals than the currency is not guessed: the answer is None.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from app.codelists import Currency

# Records hold whole numbers up to 2**40 (bundle format, section 3): far beyond any grant, even in old roubles.
LARGEST: Final = 2**40
_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:([ ,.])[0-9]{3}(?:\1[0-9]{3})*)?|[0-9]+")
_NARROW_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"


def minor_digits(currency: str) -> int:
    """How many decimals the currency has; an unknown currency is taken to have two, like most."""
    return Currency(currency).minor_digits if currency in Currency.__members__ else 2


def parse(text: str, currency: str) -> int | None:
    """``text`` in minor units of ``currency``, or None if it is not clearly a sum."""
    text = re.sub(r"\s", " ", text.strip()).replace("'", " ").replace("’", " ")
    whole, fraction = _split(text, minor_digits(currency))
    match = _GROUPS.fullmatch(whole)
    if match is None or not re.fullmatch(r"[0-9]*", fraction):
        return None
    digits = re.sub(r"[^0-9]", "", whole)
    amount = int(digits) * 10 ** minor_digits(currency) + int(fraction.ljust(minor_digits(currency), "0") or "0")
    return amount if amount <= LARGEST else None


def _split(text: str, decimals: int) -> tuple[str, str]:
    """Part ``text`` at its decimal sign: the last point or comma, with at most ``decimals`` digits after it."""
    at = max(text.rfind(","), text.rfind("."))
    if at < 0 or decimals == 0:
        return text, ""
    whole, sign, fraction = text[:at], text[at], text[at + 1 :]
    if 1 <= len(fraction) <= decimals and sign not in whole:
        return whole, fraction
    # "1,234,567" is grouped; "1,234" alone could be either, and with a wrong number of decimals it is neither.
    return (text, "") if sign in whole else ("", "")


def plain(amount: int, currency: str) -> str:
    """``1234.56``: for files that machines read."""
    return str(Decimal(amount).scaleb(-minor_digits(currency)))


def display(amount: int, currency: str, language: str) -> str:
    """The sum as people write it in ``language``, with the currency: ``1 234,56 BYN`` or ``1,234.56 BYN``."""
    text = f"{Decimal(amount).scaleb(-minor_digits(currency)):,f}"
    if language != "en":
        text = text.replace(",", _NARROW_SPACE).replace(".", ",")
    return f"{text}\N{NO-BREAK SPACE}{currency}"
