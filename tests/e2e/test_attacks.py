"""Every answer of the format through ``Receiving.take``: the verdict says it in words, and nothing is changed."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import select

from app.models import AttachmentContent
from app.sync import bundle, directives, manifest, sshsig, stick
from app.sync.canonical import Json
from app.sync.errors import Answer
from app.sync.inflate import deflate
from app.sync.manifest import Base, BundleType, PartKind
from app.sync.rows import RowState
from tests.e2e.desks import Office, card_of, content_digest, copied
from tests.e2e.scene import OTHERS, PHOTO, RECORDS, Scene, make_scene, photo_part, photo_row, records
from tests.sync.crafting import (
    BOSS,
    NURSE,
    OTHER,
    RECOVERY,
    Party,
    build,
    draft,
    forge,
    json_source,
    lines_of,
    packed,
    plaintext_of,
    raw_part,
    reseal,
    row,
    uid,
    written,
)

Attack = Callable[[Scene], bytes]
STRANGER = Party("stranger")
PENDING = Party("pending")
THIEF = Party("thief")
NEW = row(7)


@pytest.fixture(scope="module")
def scene(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    office = copied(workshop / "boss", tmp_path_factory.mktemp("scene") / "boss", 30)
    office.enrolment.receive(card_of(PENDING))
    yield make_scene(office)
    office.lock()


def good(scene: Scene) -> bytes:
    """What NURSE would send next."""
    return build(scene.next, records(NEW))


def forged(scene: Scene, old: bytes, new: bytes) -> bytes:
    """NURSE's next bundle, validly signed over a manifest with ``new`` for ``old``."""
    part = records(NEW)[0]
    data = written(scene.next, [part])[1].manifest_bytes
    assert data.count(old) >= 1
    return forge(data, lambda text: text.replace(old, new, 1), stored=[b"".join(part.pieces())])


def swapped_part(scene: Scene) -> bytes:
    """The stored bytes of another part of the same length under this manifest."""
    part = records(NEW)[0]
    data = written(scene.next, [part])[1].manifest_bytes
    stored = bytearray(b"".join(part.pieces()))
    stored[-1] ^= 1
    return forge(data, stored=[bytes(stored)])


def signed_badly(scene: Scene) -> bytes:
    part = records(NEW)[0]
    data = written(scene.next, [part])[1].manifest_bytes
    return forge(
        data,
        stored=[b"".join(part.pieces())],
        sign=lambda text: sshsig.sign(NURSE.sign_seed, text + b" ", manifest.NAMESPACE),
    )


def bomb(scene: Scene) -> bytes:
    """Three megabytes of nothing in three kilobytes, honestly declared. The writer would refuse: it is forged."""
    stored = b"".join(deflate([bytes(3_000_000)]))
    found = written(scene.next, records(NEW))[1].manifest
    lying = structs.replace(found, parts=(raw_part(stored, 3_000_000, 1).info,))
    return forge(manifest.encode(lying), stored=[stored])


def touched(scene: Scene) -> bytes:
    inner = bytearray(plaintext_of(good(scene)))
    inner[100] ^= 1
    return reseal(bytes(inner))


def with_x25519(scene: Scene) -> bytes:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n-> mlkem768x25519 "
    return good(scene).replace(b"-> mlkem768x25519 ", stanza, 1)


def head_on_other_payload(scene: Scene) -> bytes:
    def place(data: bytes) -> int:
        return data.index(b"\n", data.index(b"\n--- ") + 1) + 1

    one, other = good(scene), good(scene)
    return one[: place(one)] + other[place(other) :]


def forwarded(scene: Scene) -> bytes:
    """Sealed again by one who could open it: the manifest names other recipients."""
    inner = plaintext_of(good(scene))
    return reseal(inner, [BOSS.identity.recipient] * 3)


def of_nurse(*parts: bundle.PartSource) -> Attack:
    return lambda scene: build(scene.next, list(parts))


def from_other(*parts: bundle.PartSource) -> Attack:
    return lambda scene: build(scene.others, list(parts), party=OTHER)


def told_by_nurse(kind: str, content: dict[str, Json]) -> Attack:
    told = replace(draft(id=uid("told")), type=BundleType(kind))
    return lambda _scene: build(told, [json_source(content, PartKind(kind))])


def line(text: bytes) -> Attack:
    return of_nurse(packed(text + b"\n"))


LINE = lines_of(NEW)[0]
BAD = LINE.replace(b'"revision":1', b'"revision":01')

ATTACKS: dict[str, tuple[Answer, Attack]] = {
    "cut": (Answer.DAMAGED, lambda scene: good(scene)[:-1]),
    "cut in the header": (Answer.DAMAGED, lambda scene: good(scene)[:700]),
    "empty": (Answer.DAMAGED, lambda _scene: b""),
    "a letter": (Answer.DAMAGED, lambda _scene: "Дорогая Анна!".encode() * 100),
    "flipped": (Answer.DAMAGED, lambda scene: good(scene)[:-20] + bytes(20)),
    "head on the payload of another": (Answer.DAMAGED, head_on_other_payload),
    "for others": (
        Answer.NOT_FOR_US,
        lambda scene: build(scene.next, records(NEW), recipients=[OTHER.identity.recipient, RECOVERY.recipient]),
    ),
    "not post-quantum": (Answer.NOT_PQ, with_x25519),
    "stranger": (Answer.UNKNOWN_SENDER, lambda _scene: build(draft(STRANGER), party=STRANGER)),
    "not yet confirmed": (Answer.UNKNOWN_SENDER, lambda _scene: build(draft(PENDING), party=PENDING)),
    "bad signature": (Answer.BAD_SIGNATURE, signed_badly),
    "another's name": (Answer.SENDER_MISMATCH, lambda scene: build(replace(scene.next, inst=OTHER.inst))),
    "another's centre": (Answer.SENDER_MISMATCH, lambda scene: build(replace(scene.next, centre=OTHER.centre))),
    "another's record id": (Answer.SENDER_MISMATCH, of_nurse(*records(NEW, row(900, revision=9)))),
    "another's record id, higher epoch": (Answer.SENDER_MISMATCH, of_nurse(*records(row(900, epoch=5)))),
    "another's row": (Answer.SENDER_MISMATCH, of_nurse(*records(NEW, replace(OTHERS, revision=2)))),
    "a receipt from a centre": (Answer.SENDER_MISMATCH, told_by_nurse("receipt", {"ack": []})),
    "a handover from a centre": (Answer.SENDER_MISMATCH, told_by_nurse("handover", {"records": []})),
    "reference from a centre": (Answer.SENDER_MISMATCH, told_by_nurse("reference", {"name": "x"})),
    "trust without a card": (Answer.SENDER_MISMATCH, told_by_nurse("trust", directives.trust_content(3))),
    "a card of another": (
        Answer.SENDER_MISMATCH,
        told_by_nurse("trust", directives.trust_content(0, card_of(THIEF))),
    ),
    "a trust part with more in it": (Answer.MANIFEST, told_by_nurse("trust", {"word": "apora", "version": 1})),
    "a card that is none": (
        Answer.MANIFEST,
        told_by_nurse("trust", directives.trust_content(0, b"{}")),
    ),
    "practice": (Answer.PRACTICE_MISMATCH, lambda scene: build(replace(scene.next, practice=True))),
    "addressed elsewhere": (Answer.WRONG_RECIPIENT, lambda scene: build(replace(scene.next, addressee=OTHER.inst))),
    "forwarded": (Answer.WRONG_RECIPIENT, forwarded),
    "newer format": (Answer.NEWER_FORMAT, lambda scene: forged(scene, b'"v":1,', b'"v":2,')),
    "critical feature": (Answer.NEWER_FORMAT, lambda scene: forged(scene, b'"crit":[]', b'"crit":["x"]')),
    "newer schema": (Answer.NEWER_SCHEMA, lambda scene: build(replace(scene.next, schema=9))),
    "out of date": (Answer.OLD, lambda scene: scene.second),
    "a base that never came": (
        Answer.GAP,
        lambda scene: build(replace(scene.next, seq=10, prev="a" * 64, base=Base(8, "b" * 64))),
    ),
    "a jump": (Answer.GAP, lambda scene: build(replace(scene.next, seq=1004, prev="a" * 64))),
    "a touched header": (Answer.CONTAINER, touched),
    "more at the end": (Answer.CONTAINER, lambda scene: reseal(plaintext_of(good(scene)) + bytes(512))),
    "a key twice": (Answer.MANIFEST, lambda scene: forged(scene, b'"seq":4', b'"seq":4,"seq":4')),
    "a float": (Answer.MANIFEST, lambda scene: forged(scene, b'"seq":4', b'"seq":4.0')),
    "NaN": (Answer.MANIFEST, lambda scene: forged(scene, b'"seq":4', b'"seq":NaN')),
    "half a character": (Answer.MANIFEST, lambda scene: forged(scene, b'"app":"0.1.0"', b'"app":"\\ud800"')),
    "an unsigned part": (Answer.DIGEST, swapped_part),
    "bytes that no record names": (Answer.DIGEST, of_nurse(*records(NEW), photo_part(b"other", "stray"))),
    "bytes other than their record's": (
        Answer.DIGEST,
        of_nurse(*records(replace(photo_row(b"promised"), id=uid("p2"))), photo_part(b"other", "p2")),
    ),
    "another's attachment once more": (Answer.DIGEST, from_other(photo_part())),
    "a bomb": (Answer.BOMB, bomb),
    "a bomb that lies": (Answer.BOMB, lambda scene: build(scene.next, [packed(LINE * 9, raw=20)])),
    "no gzip": (Answer.COMPRESSION, of_nurse(raw_part(b"x" * 50, 100, 1))),
    "two members": (Answer.COMPRESSION, of_nurse(raw_part(gzip.compress(b"") * 2, 100, 1))),
    "one row less": (Answer.COUNT, of_nurse(packed(LINE + b"\n", count=2))),
    "one row more": (Answer.COUNT, of_nurse(packed(LINE + b"\n" + LINE + b"\n", count=1))),
    "a row of another kind": (Answer.ROW, of_nurse(*records(row(1, kind="person", revision=2)))),
    "an unknown kind": (Answer.ROW, of_nurse(*records(row(8, kind="wish")))),
    "a row that is not canonical": (Answer.ROW, line(BAD)),
    "a deleted row that tells": (Answer.ROW, line(LINE.replace(b'"state":"live"', b'"state":"deleted"'))),
    "2000 good rows, then a bad one": (
        Answer.ROW,
        of_nurse(packed(b"\n".join([*lines_of(*(row(n) for n in range(1000, 3000))), BAD]) + b"\n", count=2001)),
    ),
    "2500 good rows, then another's": (
        Answer.SENDER_MISMATCH,
        of_nurse(*records(*(row(n) for n in range(1000, 3500)), row(900, revision=2))),
    ),
    "an attachment that exists": (
        Answer.ATTACHMENT_EXISTS,
        of_nurse(*records(photo_row(b"other", revision=2)), photo_part(b"other")),
    ),
    "another's attachment replaced": (Answer.ATTACHMENT_EXISTS, from_other(photo_part(b"other"))),
    "an attachment after good rows": (
        Answer.ATTACHMENT_EXISTS,
        of_nurse(*records(*(row(n) for n in range(1000, 1500))), photo_part(b"other")),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_refused_and_nothing_changed(scene: Scene, name: str) -> None:
    expected, attack = ATTACKS[name]
    data = attack(scene)
    before = content_digest(scene.office.desk)
    for judge in (scene.office.receiving.inspect, scene.office.receiving.take):
        file = scene.office.folder.parent / "attack.age"
        file.write_bytes(data)
        verdict = judge(file)
        assert verdict.answer == expected
        assert verdict.ok == (expected is Answer.OLD)
        assert verdict.sentence.endswith(".")
        assert "{" not in verdict.sentence
        assert content_digest(scene.office.desk) == before
    assert [one.name for one in scene.office.folder.iterdir() if one.suffix in (".tmp", ".part", ".age")] == []


def test_the_scene_itself_is_sound(boss: Office) -> None:
    """Negative control: what the attacks were made from is taken."""
    scene = make_scene(boss)
    before = content_digest(boss.desk)
    taken = boss.take_bytes(good(scene))
    assert (taken.answer, taken.added) == ("ACCEPTED", 1)
    assert content_digest(boss.desk) != before


def test_too_big(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    data = good(scene)
    before = content_digest(scene.office.desk)
    monkeypatch.setattr(stick, "MAX_FILE", len(data) - 1)
    assert scene.office.take_bytes(data).answer == Answer.TOO_BIG
    assert content_digest(scene.office.desk) == before


def test_already_imported_changes_only_that_a_receipt_is_due(scene: Scene) -> None:
    but = {"bundle_seen.receipt_seq"}
    before = content_digest(scene.office.desk, but)
    verdict = scene.office.take_bytes(scene.first)
    assert (verdict.ok, verdict.answer) == (True, Answer.ALREADY_IMPORTED)
    assert content_digest(scene.office.desk, but) == before


def test_a_photo_again_under_its_own_name_is_harmless(boss: Office) -> None:
    """The bundle repeats everything since the last receipt, attachments too; withheld and given again, it returns."""
    scene = make_scene(boss)
    again = replace(scene.next, base=None)
    data, result = written(again, [*records(*RECORDS, photo_row()), photo_part()])
    verdict = boss.take_bytes(data)
    assert (verdict.answer, verdict.added, verdict.changed) == ("ACCEPTED", 0, 0)
    assert PHOTO in boss_contents(boss)
    held = row(50, kind="attachment", id=uid("photo"), revision=2, data={}, state=RowState.WITHHELD)
    fifth, five = written(replace(again, seq=5, prev=result.manifest_hash, id=uid("b5")), records(held))
    assert boss.take_bytes(fifth).answer == "ACCEPTED"
    assert boss_contents(boss) == []
    sixth = replace(again, seq=6, prev=five.manifest_hash, id=uid("b6"))
    assert boss.take_bytes(build(sixth, [*records(photo_row(revision=3)), photo_part()])).answer == "ACCEPTED"
    assert PHOTO in boss_contents(boss)


def boss_contents(office: Office) -> list[bytes]:
    with office.desk.store.reading() as session:
        return list(session.scalars(select(AttachmentContent.content)))


def test_every_answer_is_tried() -> None:
    files = ("test_attacks.py", "test_attacks_state.py")
    here = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in files)
    assert [code for code in Answer if f"Answer.{code}" not in here] == []
