"""Files for spreadsheets hold no formulas, and numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.writers.csv import write


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-cmd", "@sum", "\t=1", "\r=1", "＝1", " =1", "\n=1"])
def test_a_cell_that_would_run_is_made_inert(cell: str) -> None:
    assert _read(write(["head"], [[cell]]))[1][0] == "'" + cell


def test_negative_numbers_stay_numbers() -> None:
    assert _read(write(["head"], [[-5]]))[1] == ["-5"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_text_comes_back(cells: list[str]) -> None:
    row = _read(write(["h"] * len(cells), [cells]))[1:]
    back = row[0] if row else [""]
    assert [cell.removeprefix("'") for cell in back] == [cell.removeprefix("'") for cell in cells]
