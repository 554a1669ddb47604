"""Splink 5 on DuckDB: its usual comparisons of names and dates, weights by EM, term frequencies for names."""

from __future__ import annotations

import contextlib
import logging
import warnings
from typing import Any, Final

from tests.bench.matching.datasets import Dataset
from tests.bench.matching.measure import Weighed

NAME = "splink"
_RULES: Final = (
    ("surname", "given"), ("surname", "birth"), ("given", "birth"), ("birth",), ("number",),
    ("given", "patronymic"), ("surname", "patronymic"), ("surname", "raion"), ("address_1",), ("surname",),
    ("given", "suburb"), ("given", "postcode"),
)  # fmt: skip
_TRAINED_ON: Final = (("surname", "given"), ("birth",))
_NAMES: Final = ("surname", "given", "patronymic")
_EQUAL: Final = ("sex", "citizenship", "oblast", "raion", "street_number", "postcode", "state")
_CERTAIN: Final = ("surname", "given", "birth")
_WHOLE: Final = "length(birth_l) = 10 AND length(birth_r) = 10"
_YEARS_APART: Final = "abs(cast(substr(birth_l, 1, 4) AS int) - cast(substr(birth_r, 1, 4) AS int))"
# Its own comparison of dates takes a year alone for nothing; our registers are full of them.
_PARTLY_KNOWN: Final[list[dict[str, Any]]] = [
    {"sql_condition": "birth_l IS NULL OR birth_r IS NULL", "label_for_charts": "unknown", "is_null_level": True},
    {"sql_condition": f"birth_l = birth_r AND {_WHOLE}", "label_for_charts": "the same day"},
    {"sql_condition": f"damerau_levenshtein(birth_l, birth_r) <= 1 AND {_WHOLE}", "label_for_charts": "one slip"},
    {"sql_condition": f"{_YEARS_APART} = 0", "label_for_charts": "the same year"},
    {"sql_condition": f"{_YEARS_APART} = 1", "label_for_charts": "the year differs by one"},
    {"sql_condition": "ELSE", "label_for_charts": "another"},
]


def weigh(dataset: Dataset) -> list[Weighed]:
    """Match weights of all pairs that its blocking rules find; needs the packages splink, duckdb and pandas."""
    import pandas as pd  # noqa: PLC0415 - not in every environment
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = pd.DataFrame(dataset.rows).replace("", None)
    frame["unique_id"] = range(len(frame))
    if "raion" not in dataset.columns:
        frame["birth"] = pd.to_datetime(frame["birth"], format="%Y%m%d", errors="coerce").dt.strftime("%Y-%m-%d")
    known = {column for column in dataset.columns if frame[column].notna().any()}
    parts = [frame[[side == want for side in dataset.sides]] for want in (0, 1)] if dataset.sides else [frame]
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="link_only" if dataset.sides else "dedupe_only",
        comparisons=_comparisons(known),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _RULES if set(rule) <= known],
        retain_matching_columns=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = Linker([database.register(part) for part in parts], settings, log_level=logging.ERROR)
        training = linker.training
        certain = [column for column in _CERTAIN if column in known]
        training.estimate_probability_two_random_records_match([block_on(*certain)], recall=0.6)
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in _TRAINED_ON:
            if set(rule) <= known:
                # Where too few are one person, a probability sinks below what it accepts: the level stays untrained.
                with contextlib.suppress(ValueError):
                    training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
        found = linker.inference.predict(threshold_match_weight=-30).as_pandas_dataframe()
    pairs = zip(found["unique_id_l"], found["unique_id_r"], found["match_weight"], strict=True)
    return [((min(int(one), int(other)), max(int(one), int(other))), float(weight)) for one, other, weight in pairs]


def _comparisons(known: set[str]) -> list[Any]:
    import splink.comparison_library as cl  # noqa: PLC0415 - not in every environment

    def of(*columns: str) -> list[str]:
        return [column for column in columns if column in known]

    whole = [cl.DateOfBirthComparison("birth", input_is_string=True)] if "birth" in known else []
    return [
        *(cl.NameComparison(one).configure(term_frequency_adjustments=True) for one in of(*_NAMES)),
        *([cl.CustomComparison(_PARTLY_KNOWN, output_column_name="birth")] if "raion" in known else whole),
        *(cl.DamerauLevenshteinAtThresholds(one, [1, 2]) for one in of("number")),
        *(cl.JaroWinklerAtThresholds(one, [0.9, 0.8]) for one in of("address_1", "address_2", "suburb")),
        *(cl.ExactMatch(one) for one in of(*_EQUAL)),
    ]
