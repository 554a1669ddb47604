"""Canonical JSON: one spelling for each value, and the known lenient readings refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import canonical
from app.sync.canonical import NotCanonical, decode, decode_object, encode

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[])).map(
    lambda text: unicodedata.normalize(
        "NFC", "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")
    )
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, canonical.MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(values, st.booleans())
def test_round_trip(value: object, sort_keys: bool) -> None:
    data = encode(value, sort_keys=sort_keys)
    assert decode(data, sort_keys=sort_keys) == value
    assert encode(decode(data, sort_keys=sort_keys), sort_keys=sort_keys) == data


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_canonical(data: bytes) -> None:
    try:
        value = decode(data)
    except NotCanonical:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"a": 1}', b" 1", b"1\n", b"1.0", b"1e3", b"-1", b"-0", b"01", b"NaN",
        b"Infinity", b"-Infinity", b"1099511627777", b"9" * 5000, b'"\\u0041"', b'"\\/"', b'"\\t"', b'"\\u000a"',
        b'"\\ud800"', b'"\xed\xa0\x80"', b'"\x7f"', b'"\xc2\x85"', b'"\n"', b'"\x00"', b"\xef\xbb\xbf1", b"",
        b'"\xff"', "\"e\u0301\"".encode(), b"[1,]", b"{}x", b'"a', b"[" * 100_000, b"[" * 17 + b"]" * 17,
        b'{"a":[' + b"[" * 20 + b"]" * 20 + b"]}", b"'a'", b"nan", b"True",
    ],
)  # fmt: skip
def test_lenient_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


@pytest.mark.parametrize(
    "value",
    [1.5, -1, canonical.MAX_INTEGER + 1, "\t", "\r", "\x7f", "\ud800", "e\u0301", {1: 2}, {"\x00": 1}, b"x", {"a"}],
)
def test_values_without_a_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonical):
        encode(value)


def test_a_newline_before_a_combining_mark_is_canonical() -> None:
    """In the text the mark stands behind the letter n of the escape, and would compose with it."""
    assert decode(encode("\n\u0303")) == "\n\u0303"


def test_depth_and_length() -> None:
    deep: object = 1
    for _ in range(canonical.MAX_DEPTH):
        deep = [deep]
    assert decode(encode(deep)) == deep
    with pytest.raises(NotCanonical):
        encode([deep])
    with pytest.raises(NotCanonical, match="long"):
        decode(b'"aaaa"', limit=5)


def test_order_of_keys() -> None:
    assert encode({"b": 1, "a": 2}) == b'{"b":1,"a":2}'
    assert encode({"b": 1, "a": 2}, sort_keys=True) == b'{"a":2,"b":1}'
    with pytest.raises(NotCanonical):
        decode(b'{"b":1,"a":2}', sort_keys=True)
    with pytest.raises(NotCanonical, match="object"):
        decode_object(b"[]")
