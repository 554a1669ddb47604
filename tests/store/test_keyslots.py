"""The key file opens for whom it should, and for nobody when it was touched."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import UserError
from app.store import keyformat, keyslots
from app.store.key import StoreKey
from app.store.keyformat import Generation, KdfParams
from app.store.keyslots import KeyFile, PhraseTaken, WrongPassphrase
from app.store.recovery import RecoveryCode
from tests.store.bench import NURSE, PHRASE, QUICK

LAWYER = uuid.UUID(int=2)
OTHER_PHRASE = "яхта абзац снег атомный бедный ячейка"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.key"


def _made(path: Path) -> tuple[KeyFile, bytes, RecoveryCode]:
    recovery = RecoveryCode.generate()
    keys, unlocked = KeyFile.create(path, {NURSE: PHRASE}, recovery, QUICK)
    return keys, bytes(unlocked.master_key), recovery


def _edited(path: Path, old: str, new: str) -> None:
    """Change the file as somebody would who knows the format: the check sum fits again."""
    content = json.loads(path.read_text())
    del content["check"]
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).replace(old, new)
    content = json.loads(text)
    content["check"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(content, sort_keys=True, separators=(",", ":")))
    assert new in path.read_text()


def test_each_way_in_gives_the_same_key(path: Path) -> None:
    keys, master, recovery = _made(path)
    keys.add_passphrase(keys.unlock(PHRASE), LAWYER, OTHER_PHRASE)
    again = KeyFile.open(path, QUICK)
    by = {again.unlock(PHRASE).slot_id, again.unlock(OTHER_PHRASE).slot_id}
    assert by == {NURSE, LAWYER} == set(again.slot_ids)
    opened = [again.unlock(PHRASE), again.unlock(f"  {OTHER_PHRASE.upper()} "), again.unlock_recovery(recovery)]
    assert {bytes(one.master_key) for one in opened} == {master}
    assert opened[2].slot_id is None


def test_one_derivation_tries_all_slots(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, _, _ = _made(path)
    keys.add_passphrase(keys.unlock(PHRASE), LAWYER, OTHER_PHRASE)
    calls: list[str] = []
    real = keyslots._derive

    def counted(passphrase: str, generation: Generation) -> bytearray:
        calls.append(passphrase)
        return real(passphrase, generation)

    monkeypatch.setattr(keyslots, "_derive", counted)
    keys.unlock(OTHER_PHRASE)
    assert len(calls) == 1


@pytest.mark.parametrize("wrong", ["", "абзац", PHRASE + " абзац", PHRASE[:-1], "абзац " * 6])
def test_a_wrong_passphrase_opens_nothing(path: Path, wrong: str) -> None:
    keys, _, _ = _made(path)
    before = path.read_bytes()
    with pytest.raises(WrongPassphrase):
        keys.unlock(wrong)
    assert path.read_bytes() == before


def test_another_sheet_opens_nothing_and_a_new_sheet_ends_the_old(path: Path) -> None:
    keys, master, recovery = _made(path)
    with pytest.raises(WrongPassphrase):
        keys.unlock_recovery(RecoveryCode.generate())
    newer = RecoveryCode.generate()
    keys.new_recovery(keys.unlock_recovery(recovery), newer)
    keys = KeyFile.open(path, QUICK)
    assert bytes(keys.unlock_recovery(newer).master_key) == master
    with pytest.raises(WrongPassphrase):
        keys.unlock_recovery(recovery)
    assert keys.unlock(PHRASE).slot_id == NURSE


def test_a_changed_passphrase_ends_the_old_one(path: Path) -> None:
    keys, _, _ = _made(path)
    keys.add_passphrase(keys.unlock(PHRASE), NURSE, OTHER_PHRASE)
    keys = KeyFile.open(path, QUICK)
    assert keys.slot_ids == (NURSE,)
    with pytest.raises(WrongPassphrase):
        keys.unlock(PHRASE)


def test_two_people_cannot_have_one_phrase(path: Path) -> None:
    keys, _, _ = _made(path)
    before = path.read_bytes()
    with pytest.raises(PhraseTaken):
        keys.add_passphrase(keys.unlock(PHRASE), LAWYER, PHRASE.upper())
    with pytest.raises(PhraseTaken):
        KeyFile.make(path, {NURSE: PHRASE, LAWYER: PHRASE}, RecoveryCode.generate(), QUICK)
    assert path.read_bytes() == before


def test_escrow_is_kept_as_it_was_given(path: Path) -> None:
    keys, _, _ = _made(path)
    assert keys.escrow is None
    keys.set_escrow(b"\x00age\xff")
    keys.set_escrow(b"\x01age\xff")
    assert KeyFile.open(path, QUICK).escrow == b"\x01age\xff"


def test_the_standard_is_what_the_design_says_and_falls_no_further_than_64_mib() -> None:
    costs = [(one.memory_kib // 1024, one.lanes, one.passes) for one in KdfParams().falling()]
    assert costs == [(256, 4, 3), (128, 4, 3), (64, 4, 3)]


def test_memory_that_is_short_lowers_the_cost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyslots, "comfortable", lambda kib: kib <= 128 * 1024)
    keys, _ = KeyFile.make(path, {NURSE: PHRASE}, RecoveryCode.generate())
    assert keys.kdf.memory_kib == 128 * 1024


def test_memory_that_runs_out_lowers_the_cost_and_then_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [64, 32]

    def argon(*, salt: bytes, length: int, iterations: int, lanes: int, memory_cost: int) -> Argon2id:
        if memory_cost in refused:
            raise MemoryError
        return Argon2id(salt=salt, length=length, iterations=iterations, lanes=lanes, memory_cost=memory_cost)

    monkeypatch.setattr(keyslots, "Argon2id", argon)
    wide = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=16)
    keys, _ = KeyFile.make(path, {NURSE: PHRASE}, RecoveryCode.generate(), wide)
    assert keys.kdf.memory_kib == 16
    refused.append(16)
    with pytest.raises(keyslots.NotEnoughMemory):
        KeyFile.make(path, {NURSE: PHRASE}, RecoveryCode.generate(), wide)


def test_weakened_parameters_are_noticed(path: Path) -> None:
    _made(path)
    sound = path.read_bytes()
    _edited(path, '"memory_kib":64', '"memory_kib":32')
    with pytest.raises(WrongPassphrase):
        KeyFile.open(path, QUICK).unlock(PHRASE)
    path.write_bytes(sound)
    _edited(path, '"memory_kib":64', '"memory_kib":31')
    with pytest.raises(keyformat.KeyFileWeakened):
        KeyFile.open(path, QUICK)
    path.write_bytes(sound)
    with pytest.raises(keyformat.KeyFileWeakened):
        KeyFile.open(path)  # the true floor is 64 MiB


def test_the_header_of_a_slot_is_sealed_with_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the derivation itself blind to the change, the seal would still see it."""
    keys, _, recovery = _made(path)
    _edited(path, '"passes":1', '"passes":2')
    with pytest.raises(WrongPassphrase):
        KeyFile.open(path, QUICK).unlock_recovery(recovery)
    keys._write(keys._generations)
    _edited(path, str(NURSE), str(LAWYER))
    with pytest.raises(WrongPassphrase):
        KeyFile.open(path, QUICK).unlock(PHRASE)


@pytest.mark.parametrize("edit", [('"memory_kib":64', '"memory_kib":999999999'), ('"lanes":1', '"lanes":9999')])
def test_parameters_that_would_hang_the_machine_are_refused(path: Path, edit: tuple[str, str]) -> None:
    _made(path)
    _edited(path, *edit)
    with pytest.raises(keyformat.KeyFileWeakened):
        KeyFile.open(path, QUICK)


def test_any_changed_byte_and_any_cut_is_told_from_a_wrong_passphrase(path: Path) -> None:
    _made(path)
    sound = path.read_bytes()
    for place in range(len(sound)):
        for data in (sound[:place], sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :]):
            with pytest.raises((keyformat.KeyFileDamaged, keyformat.KeyFileNewer)):
                keyformat.decode(data, QUICK.floor_kib)


@pytest.mark.parametrize(
    "data", [b"null", b"[]", b"{}", b'{"format":"apora-keys","v":1,"generations":[]}', b"[" * 99999]
)
def test_what_is_no_key_file_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(keyformat.KeyFileDamaged):
        KeyFile.open(path, QUICK)


def test_a_newer_key_file_is_refused_in_words(path: Path) -> None:
    _made(path)
    _edited(path, '"v":1', '"v":2')
    with pytest.raises(keyformat.KeyFileNewer) as refused:
        KeyFile.open(path, QUICK)
    assert "format 2" in refused.value.sentence()


def test_a_missing_key_file_is_said_and_not_made(path: Path) -> None:
    with pytest.raises(UserError):
        KeyFile.open(path, QUICK)
    assert not path.exists()


def test_keys_of_another_store_are_never_overwritten(path: Path) -> None:
    _made(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        _made(path)
    assert path.read_bytes() == before


def test_the_file_holds_no_secret_and_is_for_this_user_alone(path: Path) -> None:
    _, master, recovery = _made(path)
    text = path.read_bytes()
    for secret in (master, recovery.secret):
        assert secret not in text
        assert secret.hex().encode() not in text
    for word in (*PHRASE.split(), *recovery.groups):
        assert word.encode() not in text
        assert json.dumps(word).strip('"').encode() not in text
    assert path.stat().st_mode & 0o077 == 0


def test_the_key_can_be_wiped_and_a_wiped_or_short_key_is_never_used() -> None:
    key = StoreKey.random()
    master = key.master
    assert isinstance(master, bytearray)
    literal = key.literal()
    assert literal == b"x'" + bytes(master).hex().encode() + b"'"
    assert key.literal(with_salt=True) == literal[:-1] + key.store_id.hex().encode() + b"'"
    assert "master" not in repr(key)
    key.wipe()
    assert master == bytes(32)
    with pytest.raises(ValueError, match="raw key"):
        key.literal()
    with pytest.raises(ValueError, match="length"):
        StoreKey(bytearray(31), bytes(16))
