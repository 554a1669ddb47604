"""What is marked in a list is what was typed, or the word that is another form of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.marks import spans


@pytest.mark.parametrize(
    ("shown", "typed", "marked"),
    [
        ("Кавалёва Ганна Пятроўна", "кавал", ["Кавал"]),
        ("Кавалёва Ганна Пятроўна", "Анна Kaval", ["Кавалёва", "Ганна"]),
        ("Навумава", "Naumova", ["Навумава"]),
        ("Орлова-Зубрицкая", "зуб", ["Зуб"]),
        ("Дар'я", "дарья", ["Дар'я"]),
        ("K7M4-29Q", "к7м42", ["K7M4-2"]),
        ("K7M4-29Q", "k7m4", ["K7M4"]),
        ("Орлова", "зуб", []),
        ("Орлова", "", []),
    ],
)
def test_marks(shown: str, typed: str, marked: list[str]) -> None:
    assert [shown[start : start + length] for start, length in spans(shown, typed)] == marked


@settings(deadline=None)  # the list of names is read once
@given(st.text(max_size=40), st.text(max_size=20))
def test_marks_lie_within_the_text(shown: str, typed: str) -> None:
    for start, length in spans(shown, typed):
        assert 0 <= start < start + length <= len(shown)
