"""Invented tables as a reader sees them: long names, hidden places, money, many series."""

from __future__ import annotations

from collections.abc import Callable

from app import codelists
from app.reports.pack import Chapter, CountedUntil, Pack, PackKind, Part, Picture, Rule
from app.reports.table import NO_AXIS, Audience, Axis, Measure, Scope, Shown, Told, Why

SCOPE = Scope("2026-07", "2026-09", "BY-VI", reporting=True)
SEX = Axis("sex", ("female", "male"))
MONTHS = Axis("month", tuple(f"2026-{month:02}" for month in range(1, 13)))
HIDDEN = Shown(why=Why.SMALL)


def axis(dimension: str, codes: str, most: int = 99) -> Axis:
    """The first keys of a code list as an axis."""
    return Axis(dimension, tuple(codelists.get(codes).codes)[:most])


GROUPS = axis("group", "service_groups")
OBLASTS = axis("oblast", "oblasts")
AGES = axis("age", "age_groups", 7)


def shown(value: int, least: int = 10) -> Shown:
    """Small numbers hidden, all others as they are."""
    return HIDDEN if value < least else Shown(value)


def told(
    rows: Axis,
    columns: Axis = NO_AXIS,
    value: Callable[[int, int], int] = lambda row, column: 10 * (row + 1) + column,
    *,
    code: str = "victims_assisted_new",
    measure: Measure = Measure.PERSONS,
    currency: str = "",
    totals: bool = True,
) -> Told:
    """A table of ``value(row, column)`` with its totals, small numbers hidden."""
    cells = {(row, column): value(r, c) for r, row in enumerate(rows.keys) for c, column in enumerate(columns.keys)}
    by_row = {row: sum(cells[row, column] for column in columns.keys) for row in rows.keys}
    by_column = {column: sum(cells[row, column] for row in rows.keys) for column in columns.keys}
    return Told(
        code,
        measure,
        SCOPE,
        Audience.PUBLIC,
        {key: shown(one) for key, one in cells.items()},
        rows,
        columns,
        {key: shown(one) for key, one in by_row.items()} if totals and columns.dimension else {},
        {key: shown(one) for key, one in by_column.items()} if totals else {},
        shown(sum(cells.values())) if totals else None,
        currency=currency,
    )


def pack(*parts: Part, practice: bool = True, kind: PackKind = PackKind.TASK_FORCE) -> Pack:
    """A pack for the public of one chapter."""
    return Pack(
        kind,
        Audience.PUBLIC,
        Rule(Audience.PUBLIC, 10, 5),
        SCOPE,
        (Chapter("Persons", parts),),
        (CountedUntil("Красный Крест, Витебск", 41), CountedUntil("Красный Крест, Гомель", 43, "41-42")),
        None,
        "2026-11-22",
        "Красный Крест, координатор",
        practice,
    )


def everything() -> tuple[Part, ...]:
    """One part of each kind of table and picture."""
    mixed = [3, 12, 34, 7, 56, 120]
    return (
        Part(told(NO_AXIS, value=lambda _row, _column: 127)),
        Part(told(NO_AXIS, value=lambda _row, _column: 3)),
        Part(told(axis("form", "exploitation_types", 12), value=lambda row, _c: mixed[row % 6]), Picture.BARS),
        Part(told(AGES, SEX, lambda row, column: mixed[(row + column) % 6]), Picture.COLUMNS),
        Part(told(GROUPS, OBLASTS, lambda row, column: mixed[(row * 3 + column) % 6]), Picture.BARS),
        Part(told(OBLASTS, GROUPS, lambda row, column: mixed[(row + column) % 6]), Picture.COLUMNS),
        Part(told(MONTHS, SEX, lambda row, column: mixed[(row + column) % 6]), Picture.LINE),
        Part(told(OBLASTS, SEX, measure=Measure.DAYS, totals=False), Picture.COLUMNS),
        Part(
            told(
                axis("donor", "donors", 9),
                value=lambda row, _column: 1_234_556 * row,
                measure=Measure.MONEY,
                currency="BYN",
            ),
            Picture.BARS,
        ),
    )
