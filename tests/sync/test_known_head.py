"""A head that was read once need not be read again, and may never make a changed file pass."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.sync import age, bundle, manifest, verifier
from app.sync.age import open_age, open_bytes
from app.sync.ageheader import read_header
from app.sync.errors import BundleRefused
from app.sync.verifier import Announced, Reader, announced, verify
from tests.sync.crafting import (
    BOSS,
    NURSE,
    RECOVERY,
    Desk,
    build,
    draft,
    lines_of,
    plaintext_of,
    reseal,
    row,
    uid,
)
from tests.sync.test_mutations import mutate

READER = Desk().reader()
ONE = build(draft(id=uid("one")), [bundle.records_part(lines_of(row(1), row(2)))])
OTHER_ONE = build(draft(id=uid("other one")), [bundle.records_part(lines_of(row(3)))])


def head_of(data: bytes) -> Announced:
    return announced(io.BytesIO(data), READER)


def verdict(data: bytes, reader: Reader = READER, known: Announced | None = None) -> object:
    """What the reader makes of a file: its answer, or what it says."""
    try:
        found = verify(io.BytesIO(data), reader, known)
        return found.manifest, found.sender, found.identity, [line for _row, line in found.rows()]
    except BundleRefused as refused:
        return refused.answer, refused.sender


def under_the_head_of(data: bytes, plaintext: bytes) -> bytes:
    """Another payload behind the very header of ``data``: its writer knows the file key and can make that."""
    header = read_header(io.BytesIO(data))
    file_key = BOSS.identity.unwrap(header.stanzas[0])
    assert file_key
    nonce = data[header.length : header.length + 16]
    cipher = ChaCha20Poly1305(age._hkdf(file_key, nonce, b"payload"))
    assert len(plaintext) <= age.CHUNK
    return data[: header.length + 16] + cipher.encrypt(age._chunk_nonce(0, last=True), plaintext, None)


def signature_in(plaintext: bytes) -> bytes:
    return plaintext[plaintext.index(b"-----BEGIN SSH") :].split(b"\0")[0]


def test_it_saves_the_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    known = head_of(ONE)
    expected = verdict(ONE)
    for name, module in (("_unwrap", age), ("_authenticate", verifier)):
        monkeypatch.setattr(module, name, None)
    monkeypatch.setattr(manifest, "decode", None)
    assert verdict(ONE, known=known) == expected
    with pytest.raises(TypeError):
        verdict(OTHER_ONE, known=known)


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_file_is_judged_as_if_nobody_had_seen_it(seed: int) -> None:
    chance, known = Random(seed), head_of(ONE)
    inner = plaintext_of(ONE)
    for data in (
        mutate(ONE, chance),
        reseal(mutate(inner, chance)),
        under_the_head_of(ONE, mutate(inner, chance)[: age.CHUNK]),
    ):
        assert verdict(data, known=known) == verdict(data)


def test_another_manifest_behind_the_same_header_is_read_anew() -> None:
    changed = under_the_head_of(ONE, plaintext_of(OTHER_ONE))
    assert open_bytes(changed, [BOSS.identity]) == plaintext_of(OTHER_ONE)
    assert verdict(changed, known=head_of(ONE)) == verdict(changed) != verdict(ONE)


def test_another_signature_under_the_same_manifest_is_checked() -> None:
    inner, signature = plaintext_of(ONE), signature_in(plaintext_of(ONE))
    data = under_the_head_of(ONE, inner.replace(signature, signature_in(plaintext_of(OTHER_ONE))))
    assert verdict(data, known=head_of(ONE)) == verdict(data) != verdict(ONE)


@pytest.mark.parametrize(
    "change",
    [
        lambda reader: replace(reader, senders={}),
        lambda reader: replace(reader, senders={NURSE.sign: replace(NURSE.sender(), stopped=True)}),
        lambda reader: replace(reader, senders={NURSE.sign: replace(NURSE.sender(), revoked_after=0)}),
        lambda reader: replace(reader, identities=[]),
        lambda reader: replace(reader, practice=True),
        lambda reader: replace(reader, schema=0),
    ],
)
def test_who_is_trusted_now_counts(change: Callable[[Reader], Reader]) -> None:
    reader = change(READER)
    assert verdict(ONE, reader, head_of(ONE)) == verdict(ONE, reader) != verdict(ONE)


def test_a_key_that_is_no_longer_ours_opens_nothing() -> None:
    opened = open_age(io.BytesIO(ONE), [BOSS.identity])
    with pytest.raises(age.NoMatchError):
        open_age(io.BytesIO(ONE), [NURSE.identity], opened.header)
    assert open_age(io.BytesIO(ONE), [RECOVERY], opened.header).header.identity is RECOVERY
    assert "file_key" not in repr(opened.header)
