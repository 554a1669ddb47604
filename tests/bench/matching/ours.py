"""Our own matcher on a data set: keys, gate and score of ``app.matching``, as in the program."""

from __future__ import annotations

from typing import Any

from app.forms import partial
from app.matching.names import Features, features
from tests.bench.matching.datasets import FEBRL_ADDRESS, Dataset
from tests.bench.matching.slips import Row


def portraits(dataset: Dataset) -> list[tuple[int, Features]]:
    """The entries as the program compares them."""
    return [(at, portrait(row)) for at, row in enumerate(dataset.rows)]


def portrait(row: Row) -> Features:
    """One entry through the same door as a record of the program."""
    places = {"oblast": row.get("oblast") or row.get("state"), "raion": row.get("raion") or row.get("postcode")}
    person: dict[str, Any] = {key: value for key, value in {"sex": row.get("sex"), **places}.items() if value}
    if row.get("citizenship"):
        person["citizenships"] = [row["citizenship"]]
    person["birth"] = birth(row["birth"])
    form = {part: row[part] for part in ("surname", "given", "patronymic") if row.get(part)}
    address = " ".join(filter(None, (row.get(column, "") for column in FEBRL_ADDRESS[:4])))
    return features(person, [{"names": [form], "personal_number": row.get("number", ""), "address": address}])


def birth(text: str) -> str:
    """What a form of the program would have taken: of a day that does not exist, the year (or month) alone."""
    digits = text.replace("-", "") if len(text) != 7 else text
    ways = (text, f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", f"{digits[:4]}-{digits[4:6]}", digits[:4])
    return next(filter(partial.is_partial, ways), "")
