"""Random mutations of outer bytes, and of inner bytes sealed and signed again: none accepted, none crashes.

``APORA_MUTATIONS`` is the number for the long campaign (``make faults``); the suite runs a small one.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from app.sync import bundle
from app.sync.errors import Answer, BundleRefused
from tests.sync.crafting import (
    Desk,
    build,
    forge,
    lines_of,
    packed,
    plaintext_of,
    raw_part,
    reseal,
    row,
    uid,
    written,
)

COUNT = int(os.environ.get("APORA_MUTATIONS", "300"))
ROWS = [row(number) for number in range(20)]


def parts() -> list[bundle.PartSource]:
    return [bundle.records_part(lines_of(*ROWS)), bundle.attachment_part(uid("a"), lambda: [b"photo" * 300])]


def mutate(data: bytes, chance: Random) -> bytes:
    """One to three flips, cuts, insertions, copies or swaps; never the same bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if not changed:
            break
        place, length = chance.randrange(len(changed)), chance.choice((1, 2, 16, 512))
        match chance.randrange(6):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = chance.randbytes(length)
            case 3:
                changed[place : place + length] = changed[-length:]
            case 4:
                del changed[place:]
            case _:
                other = chance.randrange(len(changed))
                changed[place], changed[other] = changed[other], changed[place]
    return bytes(changed)


def refused(data: bytes) -> Answer:
    """The answer; whatever else is raised, or an acceptance, fails the test."""
    with pytest.raises(BundleRefused) as raised:
        Desk().consume(data)
    return raised.value.answer


def test_outer_bytes() -> None:
    chance, good = Random(1), build(parts=parts())
    seen = set()
    for _ in range(COUNT):
        bad = mutate(good, chance)
        if bad != good:
            seen.add(refused(bad))
    assert Answer.DAMAGED in seen


def test_inner_bytes_sealed_again() -> None:
    """The forger can seal (anybody can) and cannot sign."""
    chance, inner = Random(2), plaintext_of(build(parts=parts()))
    seen = set()
    for _ in range(COUNT):
        bad = mutate(inner, chance)
        if bad != inner:
            seen.add(refused(reseal(bad)))
    assert {Answer.CONTAINER, Answer.DIGEST, Answer.BAD_SIGNATURE} <= seen


def test_manifest_signed_again() -> None:
    """The forger has an enrolled key: a mutated manifest, whole and signed, is refused or says the same."""
    chance = Random(3)
    chosen = parts()
    stored = [b"".join(part.pieces()) for part in chosen]
    good = written(parts=chosen)[1].manifest_bytes
    accepted = 0
    for _ in range(COUNT):
        bad = mutate(good, chance)
        try:
            found, _files = Desk().consume(forge(bad, stored=stored))
        except BundleRefused:
            continue
        # What an enrolled sender may say: another bundle id, moment or version. Never other records.
        accepted += 1
        assert found == ROWS
    assert accepted < COUNT


def test_rows_signed_again() -> None:
    """Mutated rows of an enrolled sender: refused, or rows that are canonical and well formed."""
    chance = Random(4)
    good = b"".join(line + b"\n" for line in lines_of(*ROWS))
    for _ in range(COUNT):
        bad = mutate(good, chance)
        try:
            found, _files = Desk().consume(build(parts=[packed(bad, count=len(ROWS))]))
        except BundleRefused:
            continue
        assert b"".join(line + b"\n" for line in lines_of(*found)) == bad


def test_packed_bytes_signed_again() -> None:
    chance = Random(5)
    good = bundle.records_part(lines_of(*ROWS))
    stored = b"".join(good.pieces())
    for _ in range(COUNT):
        bad = mutate(stored, chance)
        try:
            data = build(parts=[raw_part(bad, good.info.raw, len(ROWS))])
            found, _files = Desk().consume(data)
        except BundleRefused:
            continue
        # Only the two bytes of a gzip header that say nothing about the contents may differ.
        assert found == ROWS
