"""The fast reader takes exactly what a plain one takes, and reads the same in it."""

from __future__ import annotations

import json
import os
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import canonical, rows
from app.sync.canonical import NotCanonical
from app.sync.rows import RowError
from tests.sync import plain_reader
from tests.sync.crafting import row

EXAMPLES = int(os.environ.get("APORA_READINGS", "300"))
LINE = rows.encode(row(data={"note": 'Яна "так"\n\\', "code": "X", "numbers": [0, 1, 1 << 40], "rows": [{"a": {}}]}))
PIECES = [
    b"\\", b'\\"', b"\\n", b"\\t", b"\\u0041", b"\\/", b"\x00", b"\x7f", b"\xc2\x85", b" ", b"\n", b"0", b"-0",
    b"1.0", b"1e3", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b",", b":", b'"', b'""', b"e\xcc\x81",
    b"\xcc\x83",
    b"\xff", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"1099511627776", b"1099511627777", b"9" * 30, b'"a":1,',
    b'"note":"",', b'"zz":1', b'"data":', b'"epoch":0,', b',"data":{}', b"[" * 20, b"]" * 20, b"[[[[[[[[[[[[[[",
    b"]]]]]]]]]]]]]]", b"live", b"deleted", b"withheld", b"owner", "\N{NO-BREAK SPACE}".encode(), b"\xe2\x80\xa8",
]  # fmt: skip


def of_row(line: bytes) -> dict[str, Any] | None:
    try:
        return plain_reader.decode_row(line)
    except plain_reader.Refused:
        return None


def read_row(line: bytes) -> dict[str, Any] | None:
    try:
        found = rows.decode(line)
    except (NotCanonical, RowError):
        return None
    assert found.document.encode() == canonical.encode(found.data, sort_keys=True)
    assert found.digest == rows.digest(line)
    fields = {name: getattr(found, name) for name in plain_reader.KEYS}
    return {**fields, "id": str(found.id), "owner": str(found.owner), "state": found.state.value}


def same(one: object, other: object) -> bool:
    """Equal, and of the same types all the way: 1 is not True."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A row with pieces put in, cut out or put in another place."""
    line = LINE
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(line)))
        length = draw(st.sampled_from((0, 0, 0, 1, 1, 2, 5, 13)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=3) | st.just(line[start : start + length]))
        line = line[:start] + piece + line[start + length :]
    return line


@settings(max_examples=EXAMPLES, deadline=None)
@given(mutated())
def test_a_mutated_row_is_read_as_plainly(line: bytes) -> None:
    assert same(read_row(line), of_row(line))


data_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, canonical.MAX_INTEGER)
    | st.text(max_size=8)
    | st.floats()
    | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.dictionaries(st.text(max_size=4), data_values, max_size=4), st.booleans(), st.booleans())
def test_any_values_are_read_as_plainly(data: dict[str, Any], ascii_only: bool, compose: bool) -> None:
    """Whatever JSON can hold, written with the standard library, within a row and alone."""
    fields = {**json.loads(LINE), "data": data}
    for value in (fields, data):
        text = json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"), sort_keys=True)
        line = (unicodedata.normalize("NFC", text) if compose else text).encode("utf-8", "surrogatepass")
        if value is fields:
            assert same(read_row(line), of_row(line))
        try:
            plain = plain_reader.decode(line, sort_keys=True)
        except plain_reader.Refused:
            plain = None
        try:
            fast: Any = canonical.decode(line, sort_keys=True)
        except NotCanonical:
            fast = None
        assert same(fast, plain)


def test_the_row_itself_is_taken() -> None:
    """Negative control: the comparisons above are not between two refusals."""
    assert read_row(LINE) is not None
    assert same(read_row(LINE), of_row(LINE))


def test_depth_is_counted_alike() -> None:
    for depth in range(12, 20):
        line = LINE.replace(b"[0,1,1099511627776]", b"[" * depth + b"]" * depth)
        assert line != LINE
        assert same(read_row(line), of_row(line))
    assert read_row(LINE.replace(b"[0,1,1099511627776]", b"[" * 14 + b"]" * 14)) is not None
    assert read_row(LINE.replace(b"[0,1,1099511627776]", b"[" * 15 + b"]" * 15)) is None


def test_a_value_is_judged_alike_at_any_depth() -> None:
    """What lies deeper than records do is read another way (``canonical.Decoder``)."""
    told = {True: 0, False: 0}
    for depth in range(20):
        for inner in (
            b"1",
            b"1.0",
            b"1.5",
            b"-1",
            b"1099511627777",
            b"9" * 30,
            b"null",
            b'"x"',
            b'"e\xcc\x81"',
            b'{"a":1e3}',
        ):
            for begin, end in ((b"[", b"]"), (b'{"k":', b"}")):
                value = begin * depth + inner + end * depth
                line = LINE.replace(b"[0,1,1099511627776]", value)
                plain = of_row(line)
                assert same(read_row(line), plain)
                told[plain is not None] += 1
    assert min(told.values()) > 50
