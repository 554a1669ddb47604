"""The columns of the spreadsheet of HTCDS 2.0, as its official workbook has them and as others write them.

The standard is IOM's (Human Trafficking Case Data Standard 2.0, CC BY 4.0). Defects of its workbook that are handled
here: one name is misspelt, one is missing, five labels of the address stand over other names than their own, and
the survey form of the standard writes some names with more underscores.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.paths import resources
from app.sheets.htcds_values import country_of
from app.sheets.table import Row, Sheet

_HEAD_AMONG: Final = 10
_LEAST: Final = 4
"""So many columns of the standard make a sheet one of it."""
_COUNTRY: Final = "prs_MailingCountry"
_ADDRESS: Final = frozenset(
    {"prs_MailingCity", _COUNTRY, "prs_MailingState", "prs_MailingStreet", "prs_MailingPostalCode"}
)
_PREFIX: Final = re.compile(r"(prs|vic|cas|con|hte|cco|org|per|spl)_")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the standard: its ``name``, how the workbook's first row spells it, and its English label.

    ``template``: it stands in the official workbook; the others follow it to the right.
    """

    name: str
    spelt: str
    label: str
    template: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sheet has its columns. ``head`` is the last row of headings, ``crossed`` says that the names and the
    labels of the address contradict each other."""

    head: int
    columns: Mapping[str, int]
    crossed: bool


@cache
def columns() -> tuple[Column, ...]:
    """All columns in their order; the first of them stands in column B."""
    with resources("htcds", "columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Column(row["name"], row["spelt"], row["label"], row["template"] == "1") for row in rows)


def find(sheet: Sheet) -> Found | None:
    """The columns of the standard in a sheet; None where it is none of its kind."""
    first = sheet.rows[:_HEAD_AMONG]
    named = [at for at, row in enumerate(first) if sum(cell != "" for cell in map(_named, row)) >= _LEAST]
    labelled = [at for at, row in enumerate(first) if sum(cell != "" for cell in map(_labelled, row)) >= _LEAST]
    if not named and not labelled:
        return None
    head = max([*named[:1], *labelled[:1]])
    by_name = _places(first[named[0]], _named) if named else {}
    by_label = _places(first[labelled[0]], _labelled) if labelled else {}
    # A name says more than a label: "Second Name" is also said of the title. Only the address goes by what is seen.
    taken = set(by_name.values())
    places = {**{name: at for name, at in by_label.items() if at not in taken}, **by_name}
    crossed = any(by_label.get(name) not in (None, by_name.get(name)) for name in _ADDRESS if name in by_name)
    if crossed and not _goes_by_names(sheet, head, by_name, by_label):
        places |= {name: at for name, at in by_label.items() if name in _ADDRESS}
    return Found(head, places, crossed)


def plain_name(text: str) -> str:
    """A name as it is compared: ``prs_First_Name`` of the survey form is ``prs_FirstName`` of the standard."""
    return re.sub("[^a-z0-9]", "", text.lower())


def _places(row: Row, read: Callable[[str], str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        if name := read(cell):
            found.setdefault(name, at)
    return found


@cache
def _by_name() -> Mapping[str, str]:
    return {plain_name(text): one.name for one in columns() for text in (one.spelt, one.name)}


@cache
def _by_label() -> Mapping[str, str]:
    return {plain_name(one.label): one.name for one in columns() if one.template}


def _named(cell: str) -> str:
    return _by_name().get(plain_name(cell), "") if _PREFIX.match(cell.strip()) else ""


def _labelled(cell: str) -> str:
    return _by_label().get(plain_name(cell), "")


def _goes_by_names(sheet: Sheet, head: int, by_name: Mapping[str, int], by_label: Mapping[str, int]) -> bool:
    """Was the address filled by the names, which are hidden in the workbook, and not by the labels that are seen?

    The country tells: its column holds countries.
    """
    named, labelled = by_name.get(_COUNTRY), by_label.get(_COUNTRY)
    below = sheet.rows[head + 1 :]
    counted = [
        sum(country_of(row[at]) is not None for row in below) if at is not None else 0 for at in (named, labelled)
    ]
    return counted[0] > counted[1]
