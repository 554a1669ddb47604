"""One crafted bundle, at least, for every answer; and the traps of section 9 of the format."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from app.i18n import translate
from app.sync import archive, bundle, manifest, sshsig, verifier
from app.sync.age import open_age
from app.sync.errors import SENTENCES, Answer, BundleRefused
from app.sync.inflate import deflate
from app.sync.manifest import Base, BundleType, Encoding, PartKind
from app.sync.stream import StreamState
from app.sync.verifier import Role
from tests.sync.crafting import (
    BOSS,
    NURSE,
    OTHER,
    RECOVERY,
    Desk,
    Party,
    build,
    draft,
    forge,
    good_manifest,
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


def answer(data: bytes, desk: Desk | None = None) -> BundleRefused:
    with pytest.raises(BundleRefused) as refused:
        (desk or Desk()).consume(data)
    assert refused.value.sentence()
    return refused.value


def forged(old: bytes, new: bytes) -> bytes:
    """A validly signed bundle whose manifest has ``new`` for ``old``."""
    _manifest, data, stored = good_manifest()
    assert data.count(old) >= 1
    return forge(data, lambda text: text.replace(old, new, 1), stored=[stored])


def test_the_forge_itself_makes_good_bundles() -> None:
    _manifest, data, stored = good_manifest()
    assert Desk().consume(forge(data, stored=[stored])) == ([row()], [])


def test_a_good_bundle_is_read() -> None:
    attachment = bytes(range(256)) * 1000
    parts = [
        bundle.records_part(lines_of(*(row(number) for number in range(50)))),
        bundle.attachment_part(uid("photo"), lambda: [attachment[:7], attachment[7:]]),
        bundle.attachment_part(uid("empty"), list),
    ]
    data, result = written(parts=parts)
    found = Desk().open(data)
    assert found.manifest == result.manifest
    assert (found.manifest_bytes, found.signature) == (result.manifest_bytes, result.signature)
    assert found.manifest_hash == result.manifest_hash
    assert found.sender == NURSE.sender()
    assert found.stream == (NURSE.sign, BOSS.inst, BundleType.RECORDS)
    # Twice: pass 2 may be run again.
    for _ in range(2):
        assert [item for item, _line in found.rows()] == [row(number) for number in range(50)]
        assert [b"".join(found.attachment(index)) for index, _ in found.attachments()] == [attachment, b""]


def test_damaged() -> None:
    data = build()
    for cut in (0, 1, 20, 21, 1000, 3000, len(data) // 2, len(data) - 1):
        assert answer(data[:cut]).answer is Answer.DAMAGED
    assert answer(data + b"x").answer is Answer.DAMAGED
    assert answer(data[:-1] + bytes([data[-1] ^ 1])).answer is Answer.DAMAGED


def test_not_for_us_and_not_post_quantum() -> None:
    strangers = [OTHER.identity.recipient, RECOVERY.recipient]
    assert answer(build(recipients=strangers)).answer is Answer.NOT_FOR_US
    mixed = build().replace(
        b"-> mlkem768x25519 ", b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n-> mlkem768x25519 ", 1
    )
    assert answer(mixed).answer is Answer.NOT_PQ


def test_unknown_sender() -> None:
    stranger = Party("stranger")
    assert answer(build(draft(stranger), party=stranger)).answer is Answer.UNKNOWN_SENDER


def test_bad_signature() -> None:
    _manifest, data, stored = good_manifest()

    def signed_by(sign: Callable[[bytes], bytes]) -> bytes:
        return forge(data, stored=[stored], sign=sign)

    namespace = manifest.NAMESPACE
    for bad in (
        signed_by(lambda text: sshsig.sign(NURSE.sign_seed, text + b" ", namespace)),
        signed_by(lambda text: sshsig.sign(NURSE.sign_seed, text, "card.v1@apora")),
        signed_by(lambda text: sshsig.armor(NURSE.sign, bytes(64), namespace)),
        signed_by(lambda text: sshsig.sign(NURSE.sign_seed, text, namespace).replace(b"\n", b" ", 1)),
        signed_by(lambda _text: b""),
    ):
        assert answer(bad).answer is Answer.BAD_SIGNATURE


def test_a_small_order_key_verifies_nothing_even_if_it_was_enrolled() -> None:
    weak = bytes([1]) + bytes(31)
    _manifest, data, stored = good_manifest()
    bad = forge(data, stored=[stored], sign=lambda _: sshsig.armor(weak, bytes([1]) + bytes(63), manifest.NAMESPACE))
    desk = Desk(enrolled=[replace(NURSE.sender(), sign=weak)])
    assert answer(bad, desk).answer is Answer.BAD_SIGNATURE


def test_revoked_and_stopped() -> None:
    third = build(draft(seq=3, prev="a" * 64))
    assert Desk(enrolled=[replace(NURSE.sender(), revoked_after=3)]).consume(third)
    assert answer(third, Desk(enrolled=[replace(NURSE.sender(), revoked_after=2)])).answer is Answer.REVOKED
    assert answer(third, Desk(enrolled=[replace(NURSE.sender(), stopped=True)])).answer is Answer.FORK


def test_the_sender_is_who_the_trust_list_says() -> None:
    assert answer(build(draft(inst=OTHER.inst))).answer is Answer.SENDER_MISMATCH
    assert answer(build(draft(centre=OTHER.centre))).answer is Answer.SENDER_MISMATCH


@pytest.mark.parametrize("kind", ["receipt", "reference", "handover", "trust"])
def test_who_may_send_what(kind: str) -> None:
    parts = [json_source({"a": 1}, PartKind(kind))]
    from_nurse = build(draft(type=BundleType(kind)), parts)
    if kind == "trust":
        # The one exception: an installation announces the rotation of its own key.
        assert Desk().open(from_nurse).own_rotation
    else:
        assert answer(from_nurse).answer is Answer.SENDER_MISMATCH
    to_nurse = draft(BOSS, type=BundleType(kind), addressee=NURSE.inst)
    from_boss = build(to_nurse, parts, party=BOSS, recipients=[NURSE.identity.recipient])
    found = Desk(me=NURSE, enrolled=[BOSS.sender()]).open(from_boss)
    assert found.json_part(PartKind(kind)) == {"a": 1}
    assert not found.own_rotation


def test_practice_and_real_never_mix() -> None:
    practising = Party("nurse", practice=True)
    assert answer(build(draft(practising))).answer is Answer.PRACTICE_MISMATCH
    pupils = [practising.sender()]
    assert answer(build(draft(practising)), Desk(enrolled=pupils)).answer is Answer.PRACTICE_MISMATCH
    assert answer(build(), Desk(me=Party("boss", Role.COORDINATOR, practice=True))).answer is Answer.PRACTICE_MISMATCH
    classroom = Desk(me=Party("boss", Role.COORDINATOR, practice=True), enrolled=pupils)
    assert classroom.consume(build(draft(practising)))


def test_wrong_recipient() -> None:
    assert answer(build(draft(addressee=OTHER.inst))).answer is Answer.WRONG_RECIPIENT
    # Forwarded: sealed for us by one who can open it, but the manifest names others.
    for_other = build(recipients=[OTHER.identity.recipient, RECOVERY.recipient])
    inner = b"".join(open_age(io.BytesIO(for_other), [OTHER.identity]).payload.pieces())
    assert answer(reseal(inner)).answer is Answer.WRONG_RECIPIENT
    # Stripped of one recipient, or given one more.
    inner = plaintext_of(build())
    for recipients in ([BOSS.identity.recipient], [BOSS.identity.recipient] * 3):
        assert answer(reseal(inner, recipients)).answer is Answer.WRONG_RECIPIENT


def test_newer_format_and_schema() -> None:
    assert answer(forged(b'"v":1,', b'"v":2,')).answer is Answer.NEWER_FORMAT
    assert answer(forged(b'"crit":[]', b'"crit":["signed-twice"]')).answer is Answer.NEWER_FORMAT
    assert answer(build(draft(schema=2))).answer is Answer.NEWER_SCHEMA
    assert Desk(schema=3).consume(build(draft(schema=2)))


def test_place_in_the_stream() -> None:
    first, one = written()
    seen = StreamState({1: one.manifest_hash}, {1: None})
    assert answer(first, Desk(state=seen)).answer is Answer.ALREADY_IMPORTED
    # The same seq with other content: a clone.
    assert answer(build(draft(id=uid("else"))), Desk(state=seen)).answer is Answer.FORK
    second, two = written(draft(seq=2, prev=one.manifest_hash))
    assert Desk(state=seen).consume(second)
    assert answer(build(draft(seq=2, prev="b" * 64)), Desk(state=seen)).answer is Answer.FORK
    # A jump heals itself when the base is known; base null is taken by all.
    healed = draft(seq=9, prev="c" * 64, base=Base(1, one.manifest_hash))
    assert Desk(state=seen).consume(build(healed))
    assert Desk(state=seen).consume(build(replace(healed, base=None)))
    # Out of date: a later one came first.
    later = StreamState({1: one.manifest_hash, 3: "d" * 64}, {3: two.manifest_hash})
    assert answer(second, Desk(state=later)).answer is Answer.OLD
    # ...and a forgery of it does not fit the successor's prev.
    assert answer(build(draft(seq=2, prev=one.manifest_hash, id=uid("x"))), Desk(state=later)).answer is Answer.FORK
    assert answer(build(replace(healed, base=Base(1, "e" * 64))), Desk(state=seen)).answer is Answer.FORK


def test_a_gap_names_what_is_missing() -> None:
    state = StreamState({1: "a" * 64, 40: "b" * 64})
    gap = answer(build(draft(seq=50, prev="c" * 64, base=Base(43, "d" * 64))), Desk(state=state))
    assert (gap.answer, gap.missing) == (Answer.GAP, "41–43")
    assert "41–43" in translate(gap.message, "en").format(**gap.values)
    one = answer(build(draft(seq=50, prev="c" * 64, base=Base(41, "d" * 64))), Desk(state=state))
    assert one.missing == "41"
    jump = answer(build(draft(seq=1041, prev="c" * 64)), Desk(state=state))
    assert (jump.answer, jump.missing) == (Answer.GAP, "41–1040")
    assert Desk(state=state).consume(build(draft(seq=1040, prev="c" * 64)))


def test_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    data = build()
    monkeypatch.setattr(manifest, "MAX_FILE", len(data) - 1)
    assert answer(data).answer is Answer.TOO_BIG
    with pytest.raises(BundleRefused) as refused:
        build()
    assert refused.value.answer is Answer.TOO_BIG


def test_container() -> None:
    inner = plaintext_of(build())
    _manifest, data, stored = good_manifest()
    signature_header = inner.index(b"manifest.json.sig")
    part_header = inner.index(b"p/000001")
    for place in (
        0,
        100,
        124,
        156,
        157,
        257,
        345,
        signature_header,
        signature_header + 130,
        part_header,
        len(inner) - 1,
    ):
        changed = bytearray(inner)
        changed[place] ^= 1
        assert answer(reseal(bytes(changed))).answer is Answer.CONTAINER, place
    # Padding after the manifest and after the part.
    size = int(inner[124:135], 8)
    for place in (512 + size, part_header + 512 + len(stored)):
        changed = bytearray(inner)
        changed[place] = 1
        assert answer(reseal(bytes(changed))).answer is Answer.CONTAINER
    # More or less at the end, and a member that nobody declared.
    assert answer(reseal(inner + bytes(512))).answer is Answer.CONTAINER
    assert answer(reseal(inner[:-512])).answer is Answer.CONTAINER
    assert answer(forge(data, stored=[stored], tail=archive.header("../../x", 0))).answer is Answer.CONTAINER
    for text in (
        b"",
        b"x" * 511,
        bytes(512),
        archive.header("manifest.json", 5 << 20),
        archive.header("manifest.json", 4000),
    ):
        assert answer(reseal(text)).answer is Answer.CONTAINER


MANIFEST_CHANGES = [
    (b'"seq":1', b'"seq":1,"seq":1'),
    (b'"seq":1', b'"seq":1.0'),
    (b'"seq":1', b'"seq":NaN'),
    (b'"seq":1', b'"seq":true'),
    (b'"seq":1', b'"seq":0'),
    (b'"seq":1', b'"seq": 1'),
    (b'"seq":1', b'"seq":-1'),
    (b'"seq":1', b'"seq":9223372036854775808'),
    (b'"seq":1', b'"seq":2'),
    (b'"prev":null', b'"prev":"' + b"a" * 64 + b'"'),
    (b'"prev":null', b'"prev":"A"'),
    (b'"base":null', b'"base":{"seq":1,"manifest":"' + b"a" * 64 + b'"}'),
    (b'"base":null', b'"base":[]'),
    (b'"app":"0.1.0"', b'"app":"\\ud800"'),
    (b'"app":"0.1.0"', b'"app":"\\u0041"'),
    (b'"app":"0.1.0"', b'"app":null'),
    (b'"app":"0.1.0"', b'"app":"' + b"x" * 300 + b'"'),
    (b'"app":"0.1.0"', b'"app":"\xff"'),
    (b'"practice":false', b'"practice":0'),
    (b'"type":"records"', b'"type":"gift"'),
    (b'"format":"apora-bundle"', b'"format":"other"'),
    (b'"v":1,', b'"v":01,'),
    (b'{"format"', b'\xef\xbb\xbf{"format"'),
    (b'"crit":[]', b'"crit":{}'),
    (b'"crit":[],"type":"records"', b'"type":"records","crit":[]'),
    (b'"schema":1,', b'"schema":1,"x":1,'),
    (b'"kind":"records"', b'"kind":"receipt"'),
    (b'"kind":"records"', b'"kind":"link"'),
    (b'"enc":"gzip"', b'"enc":"zstd"'),
    (b'"enc":"gzip"', b'"enc":"identity"'),
    (b'"rows":1', b'"rows":-1'),
    (b'"rows":1', b'"rows":1000000'),
    (b'"id":null}', b'"id":"' + str(uid("x")).encode() + b'"}'),
    (b'"parts":[{', b'"parts":{"a":{'),
    (b'"to":["', b'"to":["x'),
    (b'"type":"records"', b'"type":"receipt"'),
]


@pytest.mark.parametrize(("old", "new"), MANIFEST_CHANGES)
def test_manifest(old: bytes, new: bytes) -> None:
    assert answer(forged(old, new)).answer is Answer.MANIFEST


def test_manifest_nesting_and_repeated_recipients() -> None:
    deep = b'"base":' + b"[" * 100_000 + b"]" * 100_000
    assert answer(forged(b'"base":null', deep)).answer is Answer.MANIFEST
    mine = BOSS.identity.recipient.fingerprint.encode()
    other = RECOVERY.recipient.fingerprint.encode()
    assert answer(forged(other, mine)).answer is Answer.MANIFEST
    upper = str(NURSE.inst).encode()
    assert answer(forged(upper, upper.upper())).answer is Answer.MANIFEST


def test_a_json_part_must_be_canonical() -> None:
    to_nurse = draft(BOSS, type=BundleType.RECEIPT, addressee=NURSE.inst)
    desk = Desk(me=NURSE, enrolled=[BOSS.sender()])
    for text in (b'{"b":1,"a":1}', b'{"a":1}\n', b"[]", b"{"):
        part = raw_part(text, len(text), 0, PartKind.RECEIPT, Encoding.IDENTITY)
        data = build(to_nurse, [part], party=BOSS, recipients=[NURSE.identity.recipient])
        assert answer(data, desk).answer is Answer.MANIFEST


def test_digest() -> None:
    _manifest, data, stored = good_manifest()
    changed = stored[:-1] + bytes([stored[-1] ^ 1])
    assert answer(forge(data, stored=[changed])).answer is Answer.DIGEST


def test_bombs() -> None:
    zeros = bytes(50_000_000)
    bomb = b"".join(deflate([zeros]))
    # Honest about its size: more than 200 times.
    assert answer(forge_part(bomb, len(zeros), 1)).answer is Answer.BOMB
    # Lying: declares what is allowed and unpacks to more.
    assert answer(forge_part(bomb, len(bomb) * 200, 1)).answer is Answer.ROW
    small = "\n".join(["x" * 60] * 2000).encode() + b"\n"
    assert answer(forge_part(b"".join(deflate([lines_of(row())[0] + b"\n" + small])), 300, 1)).answer is Answer.BOMB
    over = (1 << 30) + 1
    assert answer(forged_raw(over)).answer is Answer.BOMB


def forge_part(stored: bytes, raw: int, count: int) -> bytes:
    """A bundle of one records part whose declarations the writer would not sign."""
    found, _data, _stored = good_manifest()
    lying = structs.replace(found, parts=(raw_part(stored, raw, count).info,))
    return forge(manifest.encode(lying), stored=[stored])


def forged_raw(raw: int) -> bytes:
    found, _data, stored = good_manifest()
    return forge(manifest.encode(structs.replace(found, parts=(replace(found.parts[0], raw=raw),))), stored=[stored])


def test_a_records_bundle_is_never_written_for_one_key() -> None:
    with pytest.raises(ValueError, match="recovery"):
        build(recipients=[BOSS.identity.recipient])


def test_all_that_unpacks_together_has_a_bound() -> None:
    found, _data, stored = good_manifest()
    part = replace(found.parts[0], raw=600 << 20, size=6 << 20)
    assert (
        answer(forge(manifest.encode(structs.replace(found, parts=(part, part))), stored=[stored])).answer
        is Answer.BOMB
    )


def test_compression() -> None:
    line = lines_of(row())[0] + b"\n"
    good = b"".join(deflate([line]))
    named = gzip.compress(line, mtime=0)
    named = named[:3] + b"\x08" + named[4:10] + b"name\x00" + named[10:]
    for stored in (
        good + good,
        good + b"x",
        good + bytes(100_000),
        good[:-1],
        good[:-8] + bytes(8),
        good[:5],
        b"PK" + good,
        named,
        line,
        gzip.compress(line, mtime=1),
    ):
        assert answer(build(parts=[raw_part(stored, len(line), 1)])).answer is Answer.COMPRESSION
    empty = b"".join(deflate([]))
    assert answer(build(parts=[raw_part(good + empty, len(line), 1)])).answer is Answer.COMPRESSION
    assert answer(forge_part(b"", 0, 0)).answer is Answer.COMPRESSION


def test_count() -> None:
    lines = b"".join(line + b"\n" for line in lines_of(row(1), row(2), row(3)))
    for count in (2, 4):
        assert answer(build(parts=[packed(lines, count=count)])).answer is Answer.COUNT
    assert answer(build(parts=[packed(lines, raw=len(lines) + 1, count=3)])).answer is Answer.COUNT


def test_a_bad_row_after_two_thousand_good_ones() -> None:
    good = b"".join(line + b"\n" for line in lines_of(*(row(number) for number in range(2000))))
    refused = answer(build(parts=[packed(good + b'{"a":1}\n', count=2001)]))
    assert (refused.answer, refused.values["line"]) == (Answer.ROW, 2001)


@pytest.mark.parametrize(
    "text",
    [
        b"\n", b"{}\n", b"[]\n", b"nonsense\n", b'{"a":1}', b"\xff\n", b" \n", b"\r\n",
        lines_of(row())[0] + b"\r\n", lines_of(row())[0],
        lines_of(row(kind="newer_thing"))[0] + b"\n",
        b'"' + b"x" * (1 << 20) + b'"\n', b"[" * 500_000 + b"]" * 500_000 + b"\n",
    ],
)  # fmt: skip
def test_row(text: bytes) -> None:
    # Stored without compression: a long line of one letter would otherwise be a BOMB before it is a ROW.
    stored = gzip.compress(text, compresslevel=0, mtime=0)
    assert answer(build(parts=[raw_part(stored, len(text), 1)])).answer is Answer.ROW


def test_an_attachment_id_twice() -> None:
    found, _data, _stored = good_manifest()
    part = bundle.attachment_part(uid("photo"), lambda: [b"abc"]).info
    data = forge(manifest.encode(structs.replace(found, parts=(part, part))), stored=[b"abc", b"abc"])
    assert answer(data).answer is Answer.ATTACHMENT_EXISTS


def test_header_of_one_bundle_on_the_payload_of_another() -> None:
    first, second = build(), build(draft(id=uid("b")))
    place = first.index(b"\n", first.index(b"\n--- ") + 1) + 1
    other = second.index(b"\n", second.index(b"\n--- ") + 1) + 1
    assert answer(first[:place] + second[other:]).answer is Answer.DAMAGED


def test_manifest_of_one_bundle_on_the_parts_of_another() -> None:
    _manifest, data, _stored = good_manifest()
    other = b"".join(bundle.records_part(lines_of(row(2))).pieces())
    assert answer(forge(data, stored=[other])).answer in (Answer.DIGEST, Answer.CONTAINER)


def test_the_writer_stops_when_a_source_changes() -> None:
    answers = iter([[b"first"], [b"other"]])
    part = bundle.attachment_part(uid("photo"), lambda: next(answers))
    with pytest.raises(Exception, match="changed"):
        build(parts=[part])


def test_padded_sizes_tell_little() -> None:
    sizes = {
        len(build(parts=[bundle.attachment_part(uid("a"), lambda length=length: [bytes(length)])]))  # type: ignore[misc]  # the default binds the length
        for length in range(50_000, 53_000, 100)
    }
    assert len(sizes) <= 3


def test_recovery_key_opens_too() -> None:
    desk = Desk()
    reader = replace(desk.reader(), identities=[RECOVERY])
    assert verifier.verify(io.BytesIO(build()), reader).identity is RECOVERY


def test_every_sentence_has_all_it_needs() -> None:
    assert set(SENTENCES) == set(Answer)
    for code in Answer:
        assert BundleRefused(code).sentence()
        assert translate(SENTENCES[code], "en").format(line=1, missing="2–3").endswith(".")


def test_nothing_is_parsed_before_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_data: bytes) -> None:
        raise AssertionError("parsed")

    stranger = Party("stranger")
    data = build(draft(stranger), party=stranger)
    monkeypatch.setattr(manifest, "decode", never)
    assert answer(data).answer is Answer.UNKNOWN_SENDER


def test_every_answer_has_a_crafted_bundle() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in Answer if here.count(f"Answer.{code}") < 1] == []
