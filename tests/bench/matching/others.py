"""What the other tools are given: candidate pairs, and names folded as ours for a second round.

All but Splink, which blocks by its own rules, weigh one generous list of candidates: who shares any whole column, or
any key of ours. So no tool loses by poorer blocking; what is measured is the weighing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from app.matching.keys import keys
from app.matching.names import Features
from tests.bench.matching.datasets import Dataset, Pair
from tests.bench.matching.ours import portraits
from tests.bench.matching.slips import Row

MOST_IN_BLOCK: Final = 300
_BY: Final = ("surname", "birth", "number", "address_1", "address_2", "postcode")
_ALL_OF: Final = 500


def candidates(dataset: Dataset) -> list[Pair]:
    """Pairs worth a look, the smaller number first."""
    if len(dataset.rows) <= _ALL_OF:
        return list(combinations(range(len(dataset.rows)), 2))
    blocks: dict[object, list[int]] = defaultdict(list)
    for (at, portrait), row in zip(portraits(dataset), dataset.rows, strict=True):
        for key in (*_columns(row), *keys(portrait)):
            blocks[key].append(at)
    found: set[Pair] = set()
    for members in blocks.values():
        if len(members) <= MOST_IN_BLOCK:
            found.update(pair for pair in combinations(members, 2) if dataset.allows(pair))
    return sorted(found)


def _columns(row: Row) -> Iterator[tuple[str, ...]]:
    for column in _BY:
        if row.get(column):
            yield column, row[column]
    if row.get("given") and row.get("birth"):
        yield "given", row["given"], row["birth"][:4]


def folded(dataset: Dataset) -> Dataset:
    """The same entries with names in our fold: one spelling in three alphabets, short forms as the whole name."""
    rows = [
        {**row, **_names(portrait)} for (_at, portrait), row in zip(portraits(dataset), dataset.rows, strict=True)
    ]
    return replace(dataset, name=f"{dataset.name}, folded", rows=rows)


def _names(portrait: Features) -> Row:
    surnames, givens, fathers = portrait.surnames, portrait.givens, portrait.fathers
    return {
        "surname": " ".join(surnames[0].parts) if surnames else "",
        "given": (" ".join(sorted(givens[0].identities)) or givens[0].folded or givens[0].initial) if givens else "",
        "patronymic": (" ".join(sorted(fathers[0].identities)) or fathers[0].stem or fathers[0].initial)
        if fathers
        else "",
    }
