"""Cards: signed by themselves, compared by 20 typed digits, with names that cannot mislead."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import canonical, sshsig
from app.sync.age import Recipient
from app.sync.card import (
    CARD_FORGED,
    CARD_NEWER,
    NAMESPACE,
    NOT_A_CARD,
    Card,
    CardRefused,
    DigitParams,
    compare_digits,
    decode_card,
    digits,
    encode_card,
    file_stem,
    is_safe_name,
)
from app.sync.verifier import Role
from tests.sync.crafting import BOSS, NURSE, RECOVERY, Party

FAST = DigitParams(memory_kib=64, iterations=1)


def card(party: Party = NURSE, name: str = "Цэнтр «Прыклад»") -> Card:
    boss = party.role is Role.COORDINATOR
    return Card(
        practice=party.practice,
        role=party.role,
        inst=party.inst,
        centre=party.centre,
        name=name,
        sign=party.sign,
        recv=party.identity.recipient,
        recovery=RECOVERY.recipient if boss else None,
        created="2026-01-02T03:04:05Z",
    )


def file_of(party: Party = NURSE, name: str = "Цэнтр «Прыклад»") -> bytes:
    return encode_card(card(party, name), party.sign_seed)


def resigned(data: bytes, seed: bytes = NURSE.sign_seed) -> bytes:
    return data + b"\n" + sshsig.sign(seed, data, NAMESPACE)


@pytest.mark.parametrize("party", [NURSE, BOSS])
def test_round_trip(party: Party) -> None:
    found = decode_card(file_of(party))
    assert found.card == card(party)
    assert found.data == file_of(party).split(b"\n")[0]


def test_a_card_is_signed_by_its_own_key() -> None:
    with pytest.raises(ValueError, match="own key"):
        encode_card(card(), BOSS.sign_seed)
    with pytest.raises(CardRefused) as refused:
        decode_card(resigned(decode_card(file_of()).data, BOSS.sign_seed))
    assert refused.value.message == CARD_FORGED


def test_every_changed_byte_is_noticed() -> None:
    file = file_of()
    for place in range(len(file)):
        with pytest.raises(CardRefused):
            decode_card(file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :])
    for cut in range(len(file)):
        with pytest.raises(CardRefused):
            decode_card(file[:cut])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_what_is_not_a_card(data: bytes) -> None:
    with pytest.raises(CardRefused):
        decode_card(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"practice":false', b'"practice":0'),
        (b'"role":"centre"', b'"role":"boss"'),
        (b'"role":"centre"', b'"role":"coordinator"'),
        (b'"recovery":null', b'"recovery":1'),
        (b'"recv":"age1pq1', b'"recv":"age1'),
        (b'"created":"2026', b'"created": "2026'),
        (b'"practice":false,"role":"centre"', b'"role":"centre","practice":false'),
        (b'"practice":false', b'"practice":false,"practice":false'),
        (str(NURSE.inst).encode(), str(NURSE.inst).upper().encode()),
    ],
)
def test_a_card_that_breaks_the_form(old: bytes, new: bytes) -> None:
    data = decode_card(file_of()).data
    assert old in data
    with pytest.raises(CardRefused) as refused:
        decode_card(resigned(data.replace(old, new)))
    assert refused.value.message == NOT_A_CARD


def test_a_newer_card_says_so() -> None:
    data = decode_card(file_of()).data.replace(b'"v":1', b'"v":2')
    with pytest.raises(CardRefused) as refused:
        decode_card(resigned(data))
    assert refused.value.message == CARD_NEWER


def test_weak_keys_are_refused_at_enrolment() -> None:
    data = decode_card(file_of()).data
    weak = bytes([1]) + bytes(31)
    weak_data = data.replace(NURSE.sign.hex().encode(), weak.hex().encode())
    with pytest.raises(CardRefused):
        decode_card(weak_data + b"\n" + sshsig.armor(weak, weak + bytes(32), NAMESPACE))
    # A low-order X25519 half: nobody could seal for it.
    low = Recipient(NURSE.identity.recipient.raw[:1184] + bytes(32))
    with pytest.raises(CardRefused):
        decode_card(resigned(data.replace(NURSE.identity.recipient.to_text().encode(), low.to_text().encode())))


@pytest.mark.parametrize(
    "name",
    [
        "",
        " a",
        "a ",
        "a\u202eexe.txt",
        "a\u200bb",
        "a\x00b",
        "a\nb",
        "a\x7f",
        "x" * 121,
        "e\u0301",
        "\ue000",
        "a\u2028b",
    ],
)
def test_names_that_could_mislead_are_refused(name: str) -> None:
    assert not is_safe_name(name)
    data = canonical.decode_object(decode_card(file_of()).data)
    try:
        changed = canonical.encode(data | {"name": name})
    except canonical.NotCanonical:
        return
    with pytest.raises(CardRefused):
        decode_card(resigned(changed))
    with pytest.raises(CardRefused):
        file_of(name=name)


@pytest.mark.parametrize("name", ["..\\..\\x", "CON", "nul", "../../etc", "a/b", "C:x", "…", "LPT1", ".", "a" * 120])
def test_names_like_paths_are_shown_but_never_become_files(name: str) -> None:
    assert decode_card(file_of(name=name)).card.name == name
    stem = file_stem(name)
    assert stem
    assert not set(stem) & set('/\\:*?"<>|. ')
    assert len(stem) <= 45
    assert stem.lower() not in {"con", "nul", "lpt1"}


def test_digits_cover_the_whole_card() -> None:
    first = digits(decode_card(file_of()).data, FAST)
    assert [len(group) for group in first.split(" ")] == [5, 5, 5, 5]
    assert first.replace(" ", "").isdigit()
    other = encode_card(replace(card(), created="2026-01-02T03:04:06Z"), NURSE.sign_seed)
    assert digits(decode_card(other).data, FAST) != first


def test_digits_are_fixed_by_the_format() -> None:
    """Argon2id, 64 MiB, t=3, salt ``apora card v1``: changing any of them would part old and new programs."""
    assert digits(b"card") == "19790 31067 64422 77819"


def test_comparing_digits() -> None:
    right = "12345 67890 11111 22222"
    for typed in (
        right,
        "12345678901111122222",
        "12345-67890-11111-22222",
        " 12345  67890\n11111 22222 ",
        "1234 5678 9011 1112 2222",
    ):
        assert compare_digits(typed, right) == ()
    assert compare_digits("12345 67891 11111 22222", right) == (2,)
    assert compare_digits("12345 6789 11111 22222", right) == (2,)
    assert compare_digits("12346 67890 11111 2222", right) == (1, 4)
    assert compare_digits("", right) == (1, 2, 3, 4)
    assert compare_digits(right + "9", right) == (4,)
    assert compare_digits("1234567890111112222", right) == (4,)
    assert compare_digits("١٢٣٤٥ 67890 11111 22222", right) == (1,)


def test_the_keys_of_the_tests_differ() -> None:
    assert len({hashlib.sha256(party.sign).digest() for party in (NURSE, BOSS)}) == 2
