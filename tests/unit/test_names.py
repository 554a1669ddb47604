"""Names are found however they were written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.names import display_name, fold, search_key


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Артём", "артем"),
        ("Караткевіч", "КАРАТКЕВИЧ"),
        ("Навумаў", "навумау"),
        ("Сергей", "сергеи"),
        ("Д’Арк", "д'арк"),
        ("Мар'яна", "марьяна"),
    ],
)
def test_spellings_meet(stored: str, typed: str) -> None:
    assert fold(stored) == fold(typed)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_the_current_name_is_shown_and_all_are_found() -> None:
    identity = {
        "names": [
            {"surname": "Коваль", "given": "Анна", "kind": "birth"},
            {"surname": "Леўчук", "given": "Ганна", "patronymic": "Пятроўна", "kind": "current"},
        ]
    }
    assert display_name(identity) == "Леўчук Ганна Пятроўна"
    assert fold("Коваль") in search_key(identity)
    assert fold("ЛЕУЧУК") in search_key(identity)


def test_no_name_is_an_empty_name() -> None:
    assert display_name({}) == ""
    assert search_key({"names": ["not a form"]}) == ""
