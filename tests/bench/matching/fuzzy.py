"""rapidfuzz alone: the likeness of the whole entry as one line of words, which is what many a spreadsheet does."""

from __future__ import annotations

from tests.bench.matching.datasets import Dataset, Pair
from tests.bench.matching.measure import Weighed

NAME = "rapidfuzz"


def weigh(dataset: Dataset, candidates: list[Pair]) -> dict[str, list[Weighed]]:
    """``token_sort_ratio`` of names and birth; needs the package rapidfuzz."""
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415 - not in every environment

    columns = ("surname", "given", "patronymic", "birth")
    lines = [" ".join(filter(None, (row.get(column, "") for column in columns))).lower() for row in dataset.rows]
    return {"rapidfuzz alone": [(pair, token_sort_ratio(lines[pair[0]], lines[pair[1]])) for pair in candidates]}
