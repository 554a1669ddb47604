"""Age for the figures: always "year of the service minus year of birth".

Why so coarse: the birth date leaves the centre only with consent, the year always. If the centre counted in days
and the coordinator in years, the same person would stand in two age groups. So everybody counts in years.
"""

from __future__ import annotations

from app.codelists import AgeGroup

# The last age of each group, in order.
_UPPER = (
    (8, AgeGroup.CHILD),
    (17, AgeGroup.MINOR),
    (24, AgeGroup.FROM_18),
    (34, AgeGroup.FROM_25),
    (44, AgeGroup.FROM_35),
    (59, AgeGroup.FROM_45),
    (120, AgeGroup.FROM_60),
)


def age_in(birth_year: int | None, year: int | None) -> int | None:
    """The age reached in ``year``; None if a year is not known or the age is not a human one (0 to 120)."""
    if birth_year is None or year is None or not 0 <= year - birth_year <= 120:
        return None
    return year - birth_year


def age_group(birth_year: int | None, year: int | None) -> AgeGroup:
    """The group of one born in ``birth_year`` at a service in ``year``."""
    age = age_in(birth_year, year)
    if age is None:
        return AgeGroup.UNKNOWN
    return next(group for last, group in _UPPER if age <= last)
