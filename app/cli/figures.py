"""``stats``: the figures as a table, as JSON, or as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.context import Context, write_new
from app.cli.terminal import Exit
from app.i18n import _
from app.usecases.reporting import HEADS, NOTICE, Dimension, Figures, Period, Reporting


def stats(context: Context) -> Exit:
    """Persons and services, broken down as asked."""
    args = context.args
    by = [Dimension(name) for name in args.by]
    period = Period(args.first or "", args.last or "")
    with context.desk() as desk:
        reporting = Reporting(desk)
        figures = reporting.figures(by, period)
        if args.csv is not None:
            write_new(args.csv, reporting.as_csv(figures, period))
    context.terminal.say(_(NOTICE))
    context.terminal.result(_as_data(figures), _as_table(figures))
    return Exit.OK


def _as_data(figures: Figures) -> dict[str, object]:
    return {
        "ok": True,
        "by": [dimension.value for dimension in figures.by],
        "cells": [
            {"key": list(cell.key), "persons": cell.persons, "services": cell.services} for cell in figures.cells
        ],
        "total": {"persons": figures.total.persons, "services": figures.total.services},
    }


def _as_table(figures: Figures) -> str:
    head = [_(HEADS[dimension]) for dimension in figures.by] + [_("Persons"), _("Services")]
    rows = [
        [
            *(figures.words(dimension, key) for dimension, key in zip(figures.by, cell.key, strict=True)),
            str(cell.persons),
            str(cell.services),
        ]
        for cell in figures.cells
        if figures.by
    ]
    total = [str(figures.total.persons), str(figures.total.services)]
    rows.append([_("Total"), *[""] * (len(figures.by) - 1), *total] if figures.by else total)
    return "\n".join(_aligned([head, *rows], numbers=2))


def _aligned(rows: Sequence[Sequence[str]], *, numbers: int) -> list[str]:
    """Columns of equal width, the last ``numbers`` of them to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    words = len(widths) - numbers
    return [
        "  ".join(
            cell.ljust(width) if at < words else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
