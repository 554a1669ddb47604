"""After a rekey nothing old opens the store, and wherever it is cut short, something opens it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from app.errors import UserError
from app.store import copying, rekey, troubles
from app.store.engine import open_store
from app.store.files import KEY_NAME
from app.store.key import Unlocked
from app.store.keyslots import KeyFile, WrongPassphrase
from app.store.recovery import RecoveryCode
from tests.store.bench import NURSE, PHRASE, QUICK, Bench, names, save

LAWYER = uuid.UUID(int=2)
LEAVER = uuid.UUID(int=3)
LEAVERS_PHRASE = "яхта яхта яхта яхта яхта яхта"
NEW = {NURSE: "снег снег снег снег снег бедный", LAWYER: "бедный снег снег снег снег снег"}


@pytest.fixture
def centre(bench: Bench) -> Bench:
    bench.keys().add_passphrase(bench.unlock(), LEAVER, LEAVERS_PHRASE)
    bench.keys().set_escrow(b"old escrow")
    store = bench.open()
    save(store, "до")
    store.close()
    return bench


def _rekey(centre: Bench, sheet: RecoveryCode) -> Unlocked:
    return rekey.replace_all(centre.folder, centre.keys(), centre.unlock(), NEW, sheet, kdf=QUICK)


def test_only_the_new_phrases_and_the_new_sheet_open_it(centre: Bench) -> None:
    sheet, old = RecoveryCode.generate(), centre.unlock()
    old_master, old_file = bytes(old.master_key), centre.key_path.read_bytes()
    seen: list[bytes] = []

    def seal(master: bytes) -> bytes:
        seen.append(master)
        return b"new escrow"

    new = rekey.replace_all(
        centre.folder,
        centre.keys(),
        old,
        NEW,
        sheet,
        seal_escrow=seal,
        kdf=QUICK,
    )
    assert old.master_key == bytearray(32)
    assert seen == [bytes(new.master_key)] != [old_master]
    assert new.slot_id == NURSE
    assert centre.keys().escrow == b"new escrow"
    assert set(centre.keys().slot_ids) == set(NEW)
    for slot_id, phrase in NEW.items():
        assert centre.unlock(phrase).slot_id == slot_id
    assert centre.keys().unlock_recovery(sheet).master_key == new.master_key
    for phrase in (PHRASE, LEAVERS_PHRASE):
        with pytest.raises(WrongPassphrase):
            centre.unlock(phrase)
    with pytest.raises(WrongPassphrase):
        centre.keys().unlock_recovery(centre.recovery)
    store = centre.open(NEW[LAWYER])
    save(store, "после")
    assert names(store) == ["до", "после"]
    store.close()
    assert sorted(centre.files()) == ["store.db", "store.key"]

    # An old copy of the key file, in the hands of the one who left, opens nothing newer, and the program says why.
    centre.key_path.write_bytes(old_file)
    with pytest.raises(UserError) as refused:
        centre.open(LEAVERS_PHRASE)
    assert refused.value.message == troubles.FOREIGN


STEPS = [
    (copying, "connect_new"),
    (rekey, "copy_store"),
    (rekey, "check_whole"),
    (KeyFile, "begin_replacement"),
    (copying, "flush_file"),
    (copying, "_remove_empty_companions"),
    (copying, "replace_file"),
    (rekey, "put_in_place"),
    (KeyFile, "finish_replacement"),
    (rekey, "discard"),
]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
def test_cut_short_at_any_step_the_store_opens_by_the_old_or_by_the_new(
    centre: Bench, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, when: str
) -> None:
    sheet, real = RecoveryCode.generate(), getattr(owner, step)

    def die(*args: object, **options: object) -> None:
        if when == "after":
            real(*args, **options)
        raise SystemExit

    monkeypatch.setattr(owner, step, die)
    if step != "discard":
        monkeypatch.setattr(rekey, "discard", lambda _: None)  # a dead process sweeps nothing
    with pytest.raises(SystemExit):
        _rekey(centre, sheet)
    monkeypatch.undo()

    opening = []
    for phrase, code in ((PHRASE, centre.recovery), (NEW[NURSE], sheet)):
        try:
            key = centre.unlock(phrase).key
        except WrongPassphrase:
            continue
        assert centre.keys().unlock_recovery(code).master_key == key.master
        store = open_store(centre.folder, key, migrations=centre.migrations)
        assert names(store) == ["до"]
        save(store, "после")
        store.close()
        opening.append(phrase)
    assert len(opening) == 1
    assert sorted(centre.files()) == ["store.db", "store.key"]

    # And the way is free for the next attempt.
    old = centre.unlock(opening[0])
    again = {NURSE: "ячейка ячейка ячейка ячейка ячейка снег"}
    rekey.replace_all(centre.folder, centre.keys(), old, again, RecoveryCode.generate(), kdf=QUICK)
    store = centre.open(again[NURSE])
    assert names(store) == ["до", "после"]
    store.close()


def test_a_full_disk_leaves_all_as_it_was(centre: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = centre.files()
    monkeypatch.setattr("app.store.files.free_bytes", lambda _: 1000)
    with pytest.raises(UserError):
        _rekey(centre, RecoveryCode.generate())
    assert centre.files() == before


def test_the_sweep_after_a_cut_takes_the_old_slots_out_of_the_file(
    centre: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(KeyFile, "finish_replacement", die)
    with pytest.raises(SystemExit):
        _rekey(centre, RecoveryCode.generate())
    monkeypatch.undo()
    path: Path = centre.folder / KEY_NAME
    assert str(LEAVER).encode() in path.read_bytes()
    centre.unlock(NEW[NURSE])
    assert str(LEAVER).encode() not in path.read_bytes()
