"""The word list, and what a person may type in more than one way."""

from __future__ import annotations

import math
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.store import words
from app.store.left_out_words import LEFT_OUT


def test_the_corrupted_entry_of_the_package_is_replaced_and_no_other_is() -> None:
    packaged = files("mnemonic").joinpath("wordlist", "russian.txt").read_text("utf-8").split()
    ours = words.word_list()
    differing = [(old, new) for old, new in zip(packaged, ours, strict=True) if old != new]
    assert [(new, "\N{REPLACEMENT CHARACTER}" in old) for old, new in differing] == [("сноха", True)]
    assert list(ours) == sorted(ours)
    assert len({word[:4] for word in ours}) == 2048


def test_a_broken_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_CORRUPTED", "something else")
    with pytest.raises(words.WordListBroken):
        words.word_list.__wrapped__()


def test_a_generated_phrase_has_six_words_and_reaches_the_whole_list() -> None:
    ends = iter([b"\x00\x00", b"\x07\xff", b"\xff\xff", b"\x08\x00", b"\x00\x01", b"\x07\xfe"])
    first, last = words.word_list()[0], words.word_list()[-1]
    phrase = words.generate_phrase(lambda _count: next(ends)).split()
    assert phrase[:4] == [first, last, last, first]
    assert len(phrase) == 6
    assert words.generate_phrase() != words.generate_phrase()


def test_an_unpleasant_word_is_drawn_again() -> None:
    whole = words.word_list()
    bad, good = whole.index("жертва"), whole.index("берег")
    ends = iter([number.to_bytes(2, "big") for number in (bad, good) * 6])
    assert words.generate_phrase(lambda _count: next(ends)) == " ".join(["берег"] * 6)


def test_what_is_left_out_is_in_the_list_and_leaves_65_bits() -> None:
    """A misspelt word would leave nothing out; too many would make phrases weak."""
    whole = set(words.word_list())
    assert not LEFT_OUT - whole
    assert 6 * math.log2(len(whole - LEFT_OUT)) > 65
    assert {"хозяин", "торговля", "кнут", "синяк", "война"} <= LEFT_OUT


@pytest.mark.parametrize(
    "typed",
    [
        "АБЗАЦ ёлка ЙОД",
        "  абзац\t елка \u00a0 йод\n",
        unicodedata.normalize("NFD", "абзац ёлка йод"),
        unicodedata.normalize("NFD", "АБЗАЦ ЁЛКА ЙОД"),
    ],
)
def test_one_phrase_however_it_is_typed(typed: str) -> None:
    assert words.normalise(typed) == "абзац елка йод"


@given(st.text())
def test_normal_form_is_steady(typed: str) -> None:
    once = words.normalise(typed)
    assert words.normalise(once) == once


def test_an_own_phrase_needs_twenty_characters_that_count() -> None:
    assert words.check_own_phrase("Д" * 20) == "д" * 20
    with pytest.raises(UserError) as refused:
        words.check_own_phrase("я" * 9 + " " * 30 + "я" * 9)
    assert refused.value.values == {"needed": 20, "length": 19}
