"""Values of HTCDS 2.0 and our codes, both ways, by the crosswalk.

Defects of the standard that are handled here: its pick lists have no restricted movement and no forced criminality
(both leave as ``Other`` and are understood where somebody writes them), ``DebtBondage`` is followed by a blank,
``Unaquainted`` is spelt so, and the workbook's own lists hold labels and not codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from app import codelists
from app.sheets.codes import find_code

SCHEME: Final = "htcds"
SEX_SCHEME: Final = "htcds_sex"
SEPARATOR: Final = ";"
TRUE: Final = "TRUE"

# Where several codes of ours are one of the standard: which of them is meant when it comes back.
_MEANT: Final[Mapping[tuple[str, str], str]] = {
    ("recruiter_relations", "Familial"): "relative",
    ("recruiter_relations", "Acquainted"): "acquaintance",
    ("means_of_control", "Other"): "other",
    ("exploitation_types", "Other"): "other",
    ("recruitment_methods", "Other"): "other",
    ("platforms", "Other"): "other",
}
_ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "recruiter_relations": {"unacquainted": "stranger"},
    "means_of_control": {
        "threats": "threats_to_person",
        "threatsoflawenforcement": "threats_law_enforcement",
        "threatoflawenforcement": "threats_law_enforcement",
        "useschildren": "threats_children_family",
    },
    "sex": {"transgenderfeminine": "other", "transgendermasculine": "other", "notspecifiedunknown": "unknown"},
}
"""Further spellings, as they are compared."""
_LETTER: Final = re.compile(r"^[A-U]_")
_OF_A_DEFINITION: Final = re.compile(r"^(?:MethodsOfControl|TypeOfExploitation|TypeOfSexExploitation)(?=[A-Z])")
_INSIDE: Final = re.compile(
    r"(water supply|retail trade|and defence|as employers); ?(sewerage|repair|compulsory|undifferentiated)",
    re.IGNORECASE,
)
"""Four labels of the workbook's list of industries have a semicolon of their own, which parts nothing."""
_LONG: Final = 8


def values_of(name: str, codes: Iterable[str], scheme: str = SCHEME) -> list[str]:
    """What the standard calls our codes, each once; codes that it has no word for are left out."""
    known: dict[str, str] = {}
    for row in codelists.crosswalks(name, scheme):
        known.setdefault(row.code, row.value)
    return list(dict.fromkeys(known[code] for code in codes if code in known))


def joined(values: Iterable[str]) -> str:
    """Several choices in one cell."""
    return SEPARATOR.join(values)


def choices(text: str) -> list[str]:
    """The choices in one cell, without blanks around them."""
    return [part.strip() for part in _INSIDE.sub(r"\1, \2", text).split(SEPARATOR) if part.strip()]


def code_of(name: str, text: str, scheme: str = SCHEME) -> str | None:
    """Our code for a value of the standard, by its code, its label or in our words; None for an unknown one."""
    plain = _plain(text)
    known = _known(name, scheme)
    if plain in known:
        return known[plain]
    if len(plain) >= _LONG:
        # Labels of the workbook say more than the codes: "... and remediation", "... and bodies".
        found = {code for value, code in known.items() if len(value) >= _LONG and plain.startswith(value)}
        if len(found) == 1:
            return next(iter(found))
    return find_code(name, text)


def country_of(text: str) -> str | None:
    """The country that a text means: ISO 3166-1, a name of the workbook's list, or a name of ours."""
    return code_of("countries", text.upper() if len(text) == 2 else text)


def truth(text: str) -> bool:
    """Is the box ticked?"""
    return text.strip().casefold() in {"true", "yes", "1", "x", "v", "да", "так", "+"}


@cache
def _known(name: str, scheme: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in codelists.crosswalks(name, scheme):
        found.setdefault(_plain(row.value), _MEANT.get((name, row.value), row.code))
    shipped = codelists.shipped(name).codes
    found |= {_plain(code): code for code in shipped if len(code) > 1 and _plain(code) not in found}
    return {**found, **_ALSO.get(name, {})}


def _plain(text: str) -> str:
    """As values are compared: without blanks, signs and case, without the letter of a sector before it."""
    bare = _OF_A_DEFINITION.sub("", _LETTER.sub("", text.strip()))
    return re.sub(r"[^\w]|_", "", bare).casefold()
