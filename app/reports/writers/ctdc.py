"""A summary after the columns of CTDC's data sets (Counter-Trafficking Data Collaborative, IOM): names alone.

Counts, protected for their audience like every table; never a row about one person. Where several of our codes stand
under one column of theirs, each has a line of its own: one person may stand under both, so they are not added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from app import codelists
from app.i18n import N_
from app.reports import words
from app.reports.pack import Pack
from app.reports.paper.tongue import Tongue
from app.reports.table import OTHERS, Measure, Told, Why
from app.reports.writers.csv import in_bytes, written
from app.reports.writers.grid import grid_of
from app.reports.writers.inert import plain

VERSION: Final = "2020"
HEAD: Final = ("variable", "value", "category", "persons")
_MISSING: Final = -99
"""A number, so that no spreadsheet runs it."""
_YES: Final = "1"
_NOTES: Final = (
    N_("Columns and values are named as in the global data set of CTDC of 2020. Age groups are our own."),
    N_("Persons, not rows of a data set: one person may stand under several values of one variable."),
)
# By dimension: the variable whose value is the key, or the list whose codes are variables of their own.
_VALUES: Final = {
    "age": "ageBroad",
    "citizenship": "citizenship",
    "country": "CountryOfExploitation",
    "majority": "ageBroad",
    "majority_entry": "majorityEntry",
}
_LISTS: Final = {
    "form": "exploitation_types",
    "sector": "labour_sectors",
    "means": "means_of_control",
    "relation": "recruiter_relations",
}
_WORDS: Final = {"minor": "Minor", "adult": "Adult"}


def write(pack: Pack, language: str) -> bytes:
    """The summary as CSV: how it was made, then one line for each value of each variable."""
    say = Tongue(language)
    notes = [*words.head_lines(pack, say), *(say(note) for note in _NOTES)]
    lines: list[list[str | int]] = [[plain(note)] for note in notes]
    lines += [[], list(HEAD)]
    told = [part.table for chapter in pack.chapters for part in chapter.parts]
    lines += _years(pack, told, say)
    for table in told:
        lines += _of(table, say)
    return in_bytes(lines)


def _of(told: Told, say: Tongue) -> Iterator[list[str | int]]:
    """The lines of a table with one dimension that the data set has too; others say nothing here."""
    if told.measure is not Measure.PERSONS or told.columns.dimension or not told.cells:
        return
    for key, line in zip(told.rows.keys, grid_of(told, say).lines, strict=False):
        named = None if key == OTHERS else _variable(told.rows.dimension, key)
        if named is not None:
            category = words.key(told.rows, key, say)
            yield [*named, plain(category), written(line.cells[1], say)]


def _variable(dimension: str, key: str) -> tuple[str, str | int] | None:
    """The column of the data set and the value in it; None where it has none."""
    if dimension == "sex":
        return "gender", _columns("sex").get(key, _MISSING)
    if dimension in _VALUES:
        return _VALUES[dimension], _WORDS.get(key, key.replace("-", "--")) or _MISSING
    if dimension in _LISTS:
        column = _columns(_LISTS[dimension]).get(key)
        return (column, _YES) if column else None
    return None


def _years(pack: Pack, told: list[Told], say: Tongue) -> Iterator[list[str | int]]:
    """The year of registration is told where the period is one whole year."""
    year = pack.scope.first[:4]
    if (pack.scope.first, pack.scope.last) != (f"{year}-01", f"{year}-12"):
        return
    total = next((one.total for one in told if one.measure is Measure.PERSONS and one.total is not None), None)
    if total is not None:
        shown = words.hidden(total.why or Why.SMALL, say) if total.value is None else total.value
        yield ["yearOfRegistration", year, "", shown]


@cache
def _columns(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in codelists.crosswalks(name, "ctdc"):
        if row.version == VERSION:
            found.setdefault(row.code, row.value)
    return found
