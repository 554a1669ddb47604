"""recordlinkage's own classifiers, on the comparisons that its handbook shows.

The two supervised ones learn from the labels of *all* pairs and are judged on the same pairs: the best they can be.
"""

from __future__ import annotations

import warnings
from typing import Any, Final

from tests.bench.matching.datasets import Dataset, Pair
from tests.bench.matching.measure import Weighed

NAME = "recordlinkage"
_LIKENESS: Final = ("surname", "given", "patronymic", "address_1", "address_2", "suburb")
_DIGITS: Final = ("birth", "number", "postcode")
_EQUAL: Final = ("sex", "citizenship", "oblast", "raion", "street_number", "state")
_AGREES: Final = 0.85
_UNKNOWN: Final = 0.5


def weigh(dataset: Dataset, candidates: list[Pair]) -> dict[str, list[Weighed]]:
    """Every classifier by its name; needs the package recordlinkage."""
    import recordlinkage as rl  # noqa: PLC0415 - not in every environment

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        vectors = _vectors(dataset, candidates)
        binary = (vectors >= _AGREES).astype(int)
        true = vectors.index[[pair in dataset.truth for pair in candidates]]
        logistic, bayes = rl.LogisticRegressionClassifier(), rl.NaiveBayesClassifier(binarize=None)
        logistic.fit(vectors, true)
        bayes.fit(binary, true)
        ecm, means = rl.ECMClassifier(binarize=None), rl.KMeansClassifier()
        ecm.fit(binary)
        linked = means.fit_predict(vectors)
        return {
            "recordlinkage logistic, all labels": _by_chance(logistic, vectors),
            "recordlinkage Bayes, all labels": _by_chance(bayes, binary),
            "recordlinkage ECM": _by_chance(ecm, binary),
            "recordlinkage K-means": [(pair, 1.0) for pair in linked],
        }


def _by_chance(classifier: Any, vectors: Any) -> list[Weighed]:
    return list(zip(vectors.index, map(float, classifier.prob(vectors)), strict=True))


def _vectors(dataset: Dataset, candidates: list[Pair]) -> Any:
    import pandas as pd  # noqa: PLC0415 - not in every environment
    import recordlinkage as rl  # noqa: PLC0415 - not in every environment

    frame = pd.DataFrame(dataset.rows).replace("", None)
    frame["year"] = frame["birth"].str[:4]
    compare = rl.Compare()
    known = set(dataset.columns)
    for column in _LIKENESS:
        if column in known:
            compare.string(column, column, "jarowinkler", missing_value=_UNKNOWN, label=column)
    compare.string("surname", "given", "jarowinkler", missing_value=_UNKNOWN, label="swapped one way")
    compare.string("given", "surname", "jarowinkler", missing_value=_UNKNOWN, label="swapped the other way")
    for column in _DIGITS:
        if column in known:
            compare.string(column, column, "damerau_levenshtein", missing_value=_UNKNOWN, label=column)
    compare.exact("year", "year", missing_value=_UNKNOWN, label="year")
    for column in _EQUAL:
        if column in known:
            compare.exact(column, column, missing_value=_UNKNOWN, label=column)
    return compare.compute(pd.MultiIndex.from_tuples(candidates), frame)
