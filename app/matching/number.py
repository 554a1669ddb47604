"""A personal number beside a date of birth: do they contradict each other?

Older numbers (first digit 1 to 6) carry day, month and two digits of the year; newer ones, which begin with 7,
carry nothing. Nothing is ever derived from a number: this only finds a contradiction, which is shown and not
refused, for either of the two may be the slip of the pen.
"""

from __future__ import annotations

from app.forms import partial, personal_number

_CARRIES_A_DATE = frozenset("123456")


def contradicts_birth(number: object, birth: object) -> bool:
    """Does a number that checks name another day, month or year than is known of the birth?"""
    if not isinstance(number, str) or not partial.is_partial(birth):
        return False
    plain = personal_number.normalise(number)
    if not personal_number.is_valid(plain) or plain[0] not in _CARRIES_A_DATE:
        return False
    carried = (plain[5:7], plain[3:5], plain[1:3])
    year, *rest = str(birth).split("-")
    return any(one != other for one, other in zip(carried, (year[2:], *rest), strict=False))
