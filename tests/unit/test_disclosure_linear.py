"""The walk from world to world, against a linear program that knows nothing of it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]

from app.reports.disclosure.linear import Worlds


def test_worlds_are_found_where_there_are_any() -> None:
    """Tables of which some numbers are known, some within bounds: the ranges are those of the linear program."""
    rng = Random(4)
    found = 0
    for _ in range(60):
        rows, columns = rng.randint(2, 4), rng.randint(2, 4)
        worlds = Worlds()
        cells = np.array([[rng.choice((0, 1, 2, 3, 8, 20)) for _ in range(columns)] for _ in range(rows)])
        whole = np.zeros((rows + 1, columns + 1), dtype=int)
        whole[:rows, :columns] = cells
        whole[rows, :columns] = cells.sum(axis=0)
        whole[:, columns] = whole[:, :columns].sum(axis=1)
        bounds: list[tuple[int, int | None]] = []
        for true in whole.flat:
            kind = rng.random()
            low, high = (true, true) if kind < 0.5 else (max(true - 2, 0), true + 2) if kind < 0.65 else (0, None)
            bounds.append((int(low), None if high is None else int(high)))
            worlds.add(int(true), *bounds[-1])
        width = columns + 1
        sums = [{r * width + c: 1 for c in range(columns)} | {r * width + columns: -1} for r in range(rows + 1)]
        sums += [{r * width + c: 1 for r in range(rows)} | {rows * width + c: -1} for c in range(columns + 1)]
        for one in sums:
            worlds.keep(one)
        matrix = np.zeros((len(sums), whole.size))
        for number, one in enumerate(sums):
            for place, factor in one.items():
                matrix[number, place] = factor
        for place in range(whole.size):
            cost = np.zeros(whole.size)
            cost[place] = 1
            limits = [(low, 1000 if high is None else high) for low, high in bounds]
            ends = [
                linprog(sign * cost, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=limits, method="highs").fun * sign
                for sign in (1, -1)
            ]
            in_the_way = worlds.walk(place, 5)
            assert (worlds.range_of(place) >= 5) == (ends[1] - ends[0] >= 5 - 1e-6)
            assert bool(in_the_way) == (worlds.range_of(place) < 5)
            assert ends[0] - 1e-6 <= worlds.least[place] <= worlds.most[place] <= ends[1] + 1e-6
            found += not in_the_way
    assert found > 100


def test_a_known_number_stands_in_the_way_until_it_is_hidden() -> None:
    worlds = Worlds()
    total, few, many = worlds.add(40, 40, 40), worlds.add(3, 0, None), worlds.add(37, 37, 37)
    worlds.keep({total: 1, few: -1, many: -1})
    assert {total, many} & worlds.walk(few, 5)
    worlds.relax(many, 0, None)
    assert worlds.walk(few, 5) == set()


def test_the_truth_must_agree_with_its_own_bounds() -> None:
    with pytest.raises(ValueError, match="truth"):
        Worlds().add(7, 8, None)
