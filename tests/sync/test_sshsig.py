"""Signatures: one canonical armor, weak keys refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import sshsig
from app.sync.sshsig import SignatureError

SEED = bytes(range(32))
SPACE = "bundle.v1@apora"


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_round_trip(message: bytes, seed: bytes) -> None:
    armored = sshsig.sign(seed, message, SPACE)
    assert sshsig.verify(armored, message, SPACE) == sshsig.public_key(seed) == sshsig.read(armored, SPACE).public
    with pytest.raises(SignatureError):
        sshsig.verify(armored, message + b"x", SPACE)
    with pytest.raises(SignatureError):
        sshsig.verify(armored, message, "card.v1@apora")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + b"\n",
        lambda text: b"\n" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\nU1NI", b"\nU1NI "),
        lambda text: text.replace(b"=\n", b"\n"),
        lambda text: text[:-1],
        lambda _text: b"",
        lambda text: text.replace(b"-----END", b"AAAA\n-----END"),
        lambda text: text + b"x" * 5000,
        lambda text: text.replace(b"-----BEGIN SSH SIGNATURE-----\n", b"-----BEGIN SSH SIGNATURE-----\nAAAA"),
    ],
)
def test_armor_has_one_form(change: object) -> None:
    assert callable(change)
    armored = sshsig.sign(SEED, b"message", SPACE)
    changed = change(armored)
    assert changed != armored
    with pytest.raises(SignatureError):
        sshsig.verify(changed, b"message", SPACE)


def test_no_single_character_may_change() -> None:
    armored = sshsig.sign(SEED, b"message", SPACE)
    for place in range(len(armored)):
        changed = armored[:place] + bytes([armored[place] ^ 1]) + armored[place + 1 :]
        with pytest.raises(SignatureError):
            sshsig.verify(changed, b"message", SPACE)


WEAK = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


@pytest.mark.parametrize("text", WEAK)
def test_small_order_keys_are_weak(text: str) -> None:
    """The eight points of small order and their other spellings (the list that libsodium keeps)."""
    public = bytes.fromhex(text)
    assert sshsig.is_weak_key(public)
    # R = identity, S = 0: under such a key this verifies any message (for the identity point) in a lax library.
    armored = sshsig.armor(public, bytes([1]) + bytes(63), SPACE)
    with pytest.raises(SignatureError):
        sshsig.verify(armored, b"anything", SPACE)


def test_ordinary_keys_are_not_weak() -> None:
    assert not any(sshsig.is_weak_key(sshsig.public_key(bytes([n]) * 32)) for n in range(50))
    assert sshsig.is_weak_key(b"short")


def test_allowed_signers_line() -> None:
    kind, blob = sshsig.public_line(sshsig.public_key(SEED)).split(" ")
    assert kind == "ssh-ed25519"
    assert base64.b64decode(blob).endswith(sshsig.public_key(SEED))
