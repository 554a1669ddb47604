"""Somebody who wants to know: what can be worked out from tables, by linear programming over all of them at once.

He knows the tables with their rule, that numbers are not negative, what adds up, which quantities are the same in
two tables, and how periods lie in each other. He is written apart from ``app.reports.disclosure``, from the tables
and not from its sums, so that what it forgets he does not forget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from app.reports.pack import Rule
from app.reports.table import Axis, Measure, Shown, Table, Told

Id = tuple[Any, ...]
"""A quantity: measure, population, currency, first and last month, keys of dimensions; and the truth's version."""

MINORS = {"0-8", "9-17"}
WITHIN = {"new": ("assisted",), "grants_paid": ("sums_paid", "grants_converted")}


@dataclass
class Attack:
    """``told`` tables with the truth beside them: the truth says only which quantity changed, and who was right."""

    inside: Rule | None = None
    """The rule of those who may know more than the public: what that would tell is no secret to them."""
    adding_up_over_time: frozenset[str] = frozenset({"new"})
    low: dict[Id, float] = field(default_factory=dict)
    high: dict[Id, float] = field(default_factory=dict)
    truth: dict[Id, int] = field(default_factory=dict)
    hidden: set[Id] = field(default_factory=set)
    told: set[Id] = field(default_factory=set)
    axes: dict[Id, list[set[str]]] = field(default_factory=dict)
    equal: list[dict[Id, int]] = field(default_factory=list)
    at_least: list[dict[Id, int]] = field(default_factory=list)

    def learn(self, told: Told, table: Table, rule: Rule) -> None:
        """Take in a table; ``table`` is what was told, before it was protected (with the axes that it has now)."""
        rows, columns = told.rows, told.columns
        for axis, other in ((rows, columns), (columns, rows)):
            for key in other.keys if axis.dimension else ():
                at = identity(table, None, key) if axis is rows else identity(table, key, None)
                self.axes.setdefault((*at, axis.dimension), []).append(set(axis.keys))
        cell = {key: self._see(table, key[0], key[1], shown, rule) for key, shown in told.cells.items()}
        two = bool(rows.dimension and columns.dimension)
        total = self._see(table, None, None, told.total, rule)
        if two:
            down = {r: self._see(table, r, None, told.row_totals.get(r), rule) for r in rows.keys}
            across = {c: self._see(table, None, c, told.column_totals.get(c), rule) for c in columns.keys}
            for r in rows.keys:
                self._sum(columns, down[r], [cell[r, c] for c in columns.keys])
            if not told.base:
                for c in columns.keys:
                    self._sum(rows, across[c], [cell[r, c] for r in rows.keys])
                self._sum(rows, total, list(down.values()))
            self._sum(columns, total, list(across.values()))
        elif (rows.dimension or columns.dimension) and not told.base:
            self._sum(rows if rows.dimension else columns, total, list(cell.values()))
        for column, shown in told.base.items():
            base = self._see(table, "*", column, shown, rule)
            rest = self._see(table, "", column, told.unknown.get(column), rule)
            whole = across[column] if two else total
            answered = [one for (r, c), one in cell.items() if c == column and r]
            if base is not None:
                self._sum(rows, base, answered)
                if rest is not None and whole is not None:
                    self.equal.append({whole: 1, base: -1, rest: -1})

    def _see(self, table: Table, row: str | None, column: str | None, shown: Shown | None, rule: Rule) -> Id | None:
        true = true_of(table, row, column)
        if true is None:
            return None
        one = (*identity(table, row, column), true)
        self.truth[one] = true
        self.low.setdefault(one, 0)
        self.high.setdefault(one, np.inf)
        if shown is not None and shown.value is None and self._is_secret(table, row, column, rule):
            self.hidden.add(one)
        if shown is not None and shown.value is not None:
            self.told.add(one)
            least, most = interval(table, shown.value, rule)
            self.low[one] = max(self.low[one], least)
            self.high[one] = min(self.high[one], most)
        return one

    def _is_secret(self, table: Table, row: str | None, column: str | None, rule: Rule) -> bool:
        if self.inside is None or self.inside == rule:
            return True
        if row is not None and column is not None:
            cell = table.cells.get((row, column))
        else:
            cell = table.row_totals.get(row or "") or table.column_totals.get(column or "") or table.total
        return cell is not None and cell.persons < self.inside.least

    def _sum(self, axis: Axis, whole: Id | None, parts: list[Id | None]) -> None:
        known = [one for one in parts if one is not None]
        if whole is None or not known or len(known) < len(parts):
            return
        if axis.adds_up:
            self.equal.append({whole: 1, **dict.fromkeys(known, -1)})
        else:
            self.at_least += [{whole: 1, one: -1} for one in known]
            if sum(self.truth[one] for one in known) >= self.truth[whole]:  # else rows of a few were left out
                self.at_least.append({whole: -1, **dict.fromkeys(known, 1)})

    def relate(self) -> None:
        """What follows from what the quantities are, over all tables. A false belief would only lead him astray."""
        for one in self.hidden:
            # What stands on no axis of a table that would have it is none: that was told.
            for name, key in one[5] if self.truth[one] == 0 else ():
                tables = self.axes.get((*one[:5], one[5] - {(name, key)}, name), ())
                if any(key not in keys for keys in tables):
                    self.told.add(one)
        found = [
            *self._bands(),
            *self._places(),
            *self._periods(),
            *self._new(),
        ]
        for terms, exact in found:
            value = sum(self.truth[one] * factor for one, factor in terms.items())
            if exact and value == 0:
                self.equal.append(terms)
            elif value >= 0:
                self.at_least.append(terms)

    def _bands(self) -> Iterator[tuple[dict[Id, int], bool]]:
        for whole in self.truth:
            majority = dict(whole[5]).get("majority")
            if majority not in ("minor", "adult"):
                continue
            rest = {pair for pair in whole[5] if pair[0] != "majority"}
            parts = [
                one
                for one in self.truth
                if one[:5] == whole[:5]
                and {pair for pair in one[5] if pair[0] != "age"} == rest
                and (age := dict(one[5]).get("age"))
                and (age in MINORS) == (majority == "minor")
            ]
            if parts and sum(self.truth[one] for one in parts) == self.truth[whole]:
                yield {whole: 1, **dict.fromkeys(parts, -1)}, True

    def _places(self) -> Iterator[tuple[dict[Id, int], bool]]:
        for whole in self.truth:
            for one in self.truth:
                more = {name for name, _ in one[5] - whole[5]}
                if one[:5] == whole[:5] and one[5] > whole[5] and more in ({"oblast"}, {"donor"}):
                    yield {whole: 1, one: -1}, False

    def _new(self) -> Iterator[tuple[dict[Id, int], bool]]:
        """Who is new was assisted; grants were paid."""
        for one in self.truth:
            for population in WITHIN.get(one[1], ()):
                whole = (one[0], population, *one[2:])
                if whole in self.truth:
                    yield {whole: 1, one: -1}, False

    def _periods(self) -> Iterator[tuple[dict[Id, int], bool]]:
        for whole in self.truth:
            same = [one for one in self.truth if (one[:3], one[5]) == (whole[:3], whole[5])]
            inner = [one for one in same if whole[3] <= one[3] and one[4] <= whole[4] and one[3:5] != whole[3:5]]
            for one in inner:
                yield {whole: 1, one: -1}, False
            if whole[1] in self.adding_up_over_time:
                for parts in _partitions(whole, inner):
                    yield {whole: 1, **dict.fromkeys(parts, -1)}, True

    def ranges(self, wanted: Iterable[dict[Id, int]]) -> list[tuple[float, float]]:
        """The smallest and the largest value of each sum that agree with all that is known."""
        ids = list(self.truth)
        place = {one: number for number, one in enumerate(ids)}
        limits = [(self.low[one], self.high[one]) for one in ids]

        def matrix(rows: list[dict[Id, int]]) -> csr_matrix | None:
            if not rows:
                return None
            data = [(i, place[one], factor) for i, row in enumerate(rows) for one, factor in row.items()]
            i, j, v = zip(*data, strict=True)
            return csr_matrix((v, (i, j)), shape=(len(rows), len(ids)))

        equal, more = matrix(self.equal), matrix(self.at_least)
        found = []
        for terms in wanted:
            cost = np.zeros(len(ids))
            for one, factor in terms.items():
                cost[place[one]] = factor
            ends = []
            for sign in (1, -1):
                answer = linprog(
                    sign * cost,
                    A_eq=equal,
                    b_eq=None if equal is None else np.zeros(equal.shape[0]),
                    A_ub=None if more is None else -more,
                    b_ub=None if more is None else np.zeros(more.shape[0]),
                    bounds=limits,
                    method="highs",
                )
                if answer.status == 3:
                    ends.append(-sign * np.inf)
                else:
                    assert answer.status == 0, answer.message
                    ends.append(sign * answer.fun)
            found.append((ends[0], ends[1]))
        return found

    def given_away(self) -> list[tuple[Id, float]]:
        """Hidden quantities that he knows too well, with the width of the range that is left to him."""
        hidden = sorted(self.hidden - self.told, key=repr)
        found = self.ranges([{one: 1} for one in hidden])
        return [
            (one, high - low)
            for one, (low, high) in zip(hidden, found, strict=True)
            if high - low < near(one[0], self.truth[one]) - 1e-6
        ]

    def new_cases(self, least: int) -> list[tuple[Id, Id, float]]:
        """Pairs of the same quantity, at two times, whose small difference he knows too well."""
        pairs = []
        for after in self.truth:
            for before in self.truth:
                same = after[:3] == before[:3] and after[5] == before[5]
                wider = after[3] <= before[3] and after[4] >= before[4]
                if same and wider and before != after and 0 < abs(self.truth[after] - self.truth[before]) < least:
                    pairs.append((after, before))
        found = self.ranges([{after: 1, before: -1} for after, before in pairs])
        return [
            (*pair, high - low)
            for pair, (low, high) in zip(pairs, found, strict=True)
            if high - low < near(pair[0][0], self.truth[pair[0]] - self.truth[pair[1]]) - 1e-6
        ]


def near(measure: Measure, true: int) -> float:
    """How wide the range must be in which he is left."""
    return max(500, abs(true) // 5) if measure is Measure.MONEY else 5


def interval(table: Table, told: int, rule: Rule) -> tuple[int, int]:
    """Between what a told number lies."""
    if not rule.base:
        return told, told
    if table.measure is Measure.MONEY:
        return max(told - 5000, 0), told + 4999
    return max(told - 2, rule.least if table.measure is Measure.PERSONS else 0), told + 2


def identity(table: Table, row: str | None, column: str | None) -> Id:
    """What a number is a number of."""
    scope = table.scope
    at = {(name, value) for name in ("oblast", "donor") if (value := getattr(scope, name))}
    at |= {
        (axis.dimension, key)
        for axis, key in ((table.rows, row), (table.columns, column))
        if key is not None and axis.dimension
    }
    if table.population == "cumulative":  # all who were ever new
        return (table.measure, "new", table.currency, "", scope.last, frozenset(at))
    return (table.measure, table.population, table.currency, scope.first, scope.last, frozenset(at))


def true_of(table: Table, row: str | None, column: str | None) -> int | None:
    """What is true in a place of the table; None where neither it nor its parts say it."""
    if row == "*":
        return table.base[column or ""].value if column in table.base else 0
    if row == "" and column is not None and table.unknown and ("", column) not in table.cells:
        return table.unknown[column].value if column in table.unknown else 0
    if row is not None and column is not None:
        found = table.cells.get((row, column))
    elif row is not None:
        found = table.row_totals.get(row)
    elif column is not None:
        found = table.column_totals.get(column)
    else:
        found = table.total
    if found is not None:
        return found.value
    adds_up = (row is not None or table.rows.adds_up) and (column is not None or table.columns.adds_up)
    if not adds_up:
        return None
    inside = (cell.value for (r, c), cell in table.cells.items() if row in (None, r) and column in (None, c))
    return sum(inside)


def _partitions(whole: Id, inner: list[Id]) -> Iterator[list[Id]]:
    """Ways to lay periods side by side that fill the whole."""

    def after(month: str, chosen: list[Id]) -> Iterator[list[Id]]:
        if month > whole[4]:
            yield chosen
            return
        for one in inner:
            if one[3] == month:
                yield from after(_next(one[4]), [*chosen, one])

    yield from after(whole[3], [])


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"
