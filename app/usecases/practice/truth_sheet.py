"""The places of a pack's tables with their numbers, as the truth has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Key = tuple[str, str]
Place = tuple[str, str, str, str]
"""The table (what, measure, by, currency), the part of it, row and column."""
Figures = dict[Place, int]

CELL, ROW, COLUMN, TOTAL, BASE, UNKNOWN, LEFT_OUT = "cell", "row", "column", "total", "base", "unknown", "left out"


def name_of(code: str, measure: str, by: Sequence[str], currency: str) -> str:
    """What a table is called here."""
    return ", ".join((code, measure, *(f"by {one}" for one in by), *((currency,) if currency else ())))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is counted: who stands behind it (None: nobody), where it stands, and how much of it."""

    who: Key | None = None
    rows: tuple[str, ...] = ("",)
    columns: tuple[str, ...] = ("",)
    value: int = 1


class Sheet:
    """Gathers the figures of a pack. ``agreed``: those who are counted; None: everybody."""

    def __init__(self, agreed: Collection[Key] | None) -> None:
        self.figures: Figures = {}
        self._agreed = agreed

    def counts(self, who: Key | None) -> bool:
        """Is she counted?"""
        return self._agreed is None or who is None or who in self._agreed

    def persons(
        self,
        code: str,
        items: Iterable[Item],
        *,
        by: Sequence[str] = (),
        share: bool = False,
        total_of_base: bool = False,
        left_out: int | None = None,
    ) -> None:
        """A table of persons, each once in every place.

        ``total_of_base``: the total too is of those with an answer.
        """
        found = list(items)
        self.table(code, "persons", found, by=by, share=share, total_of_base=total_of_base, left_out=left_out)

    def table(
        self,
        code: str,
        measure: str,
        items: Sequence[Item],
        *,
        by: Sequence[str] = (),
        currency: str = "",
        share: bool = False,
        total_of_base: bool = False,
        left_out: int | None = None,
    ) -> None:
        """A table. ``share``: of those with an answer, and how many have none; who has none is in no row."""
        table = name_of(code, measure, by, currency)
        counted = [one for one in items if self.counts(one.who)]
        answered = [one for one in counted if one.rows != ("",)] if share else counted
        heaps: dict[Place, list[Item]] = {(table, TOTAL, "", ""): answered if total_of_base else counted}
        if share:
            heaps[table, BASE, "", ""] = answered
            heaps[table, UNKNOWN, "", ""] = [one for one in counted if one.rows == ("",)]
        for one in answered:
            for row in one.rows:
                for column in one.columns:
                    heaps.setdefault((table, CELL, row, column), []).append(one)
                if len(by) > 1:
                    heaps.setdefault((table, ROW, row, ""), []).append(one)
            for column in one.columns if len(by) > 1 else ():
                heaps.setdefault((table, COLUMN, "", column), []).append(one)
        for place, heap in heaps.items():
            self.figures[place] = _of_persons(heap) if measure == "persons" else sum(one.value for one in heap)
        silent = {one.who for one in items if not self.counts(one.who)}
        self.figures[table, LEFT_OUT, "", ""] = len(silent) if left_out is None else left_out


def _of_persons(heap: Iterable[Item]) -> int:
    return len({one.who for one in heap})
