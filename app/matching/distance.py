"""How alike two words are: Jaro-Winkler, and "one slip of the pen apart".

Of our own, for two small functions are not worth a compiled dependency at a desk that compares a few dozen pairs.
Jaro: M. A. Jaro, JASA 84 (1989); the prefix bonus: W. E. Winkler, Survey Research Methods Section (1990).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_PREFIX: Final = 4
_BONUS: Final = 0.1
_BONUS_FROM: Final = 0.7
_KEPT: Final = 100_000


@lru_cache(maxsize=_KEPT)
def jaro_winkler(one: str, other: str) -> float:
    """Between 0 (nothing alike) and 1 (the same); a common beginning counts more."""
    jaro = _jaro(one, other)
    if jaro <= _BONUS_FROM:
        return jaro
    common = 0
    for left, right in zip(one[:_PREFIX], other[:_PREFIX], strict=False):
        if left != right:
            break
        common += 1
    return jaro + common * _BONUS * (1 - jaro)


def _jaro(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    left: list[str] = []
    for at, char in enumerate(one):
        for there in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if not taken[there] and other[there] == char:
                taken[there] = True
                left.append(char)
                break
    if not left:
        return 0.0
    right = [char for char, mine in zip(other, taken, strict=True) if mine]
    turned = sum(a != b for a, b in zip(left, right, strict=True)) // 2
    same = len(left)
    return (same / len(one) + same / len(other) + (same - turned) / same) / 3


def within_one_slip(one: str, other: str) -> bool:
    """Equal, or one letter wrong, missing, too many, or two neighbours swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, wanted = one[start:], other[start:]
    if len(rest) != len(wanted):
        return rest[1:] == wanted or rest == wanted[1:]
    swapped = rest[1::-1] == wanted[:2]
    return rest[1:] == wanted[1:] or (swapped and rest[2:] == wanted[2:])
