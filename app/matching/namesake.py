"""The same surname and given name, and too little else to be called likely: worth a look while a person is typed.

Two names alone never reach the score from which the desk warns, for many people are called so. To her who types it
matters all the same: without a patronymic and a birth date the name is all there is. The score stays as it is (the
coordinator's links follow from it); this only says which comparisons are shown below the likely ones, at the desk.
"""

from __future__ import annotations

from typing import Final

from app.matching.score import Addend, Comparison

_SURNAME: Final = frozenset({"surname", "surname_spelling", "surname_former"})
_GIVEN: Final = frozenset({"given", "given_spelling", "given_short"})
_AGAINST: Final = frozenset(
    {
        "father_other",
        "father_initial_other",
        "date_other",
        "date_other_year",
        "year_ten",
        "year_other",
        "sex_other",
        "number_other",
    }
)
"""What tells two people of one name apart. Another oblast does not: people move."""
_THE_NAME: Final = _SURNAME | _GIVEN | {"chance", "swapped"}


def is_namesake(compared: Comparison) -> bool:
    """Is the whole name the same, in whatever spelling, and does nothing say that these are two people?"""
    codes = {one.code for one in compared.addends}
    return bool(codes & _SURNAME) and bool(codes & _GIVEN) and not codes & _AGAINST


def beside_the_name(compared: Comparison) -> tuple[Addend, ...]:
    """What else was found than the name."""
    return tuple(one for one in compared.addends if one.code not in _THE_NAME)
