"""A heap of files: any order, bad ones among good ones, what is set aside, and receipts for all."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import BundleSeen, Erasure, SetAside
from app.store.engine import Store
from app.sync import stick as carrier
from app.sync.errors import Answer
from app.sync.importer import Pile
from app.sync.manifest import Base
from app.sync.rows import RowState
from app.usecases.audit import broken_at
from app.usecases.inbox import aside, ready, taking, together
from app.usecases.inbox.aside import Aside
from app.usecases.receiving import AsideFile, ReceiptsCutShort, Verdict
from tests.bench import shuffled
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import Office, canonical_dump, copied, count_of, enrol_party, silent, trust_of
from tests.e2e.scene import RECORDS, make_scene, records
from tests.sync.crafting import NURSE, OTHER, Party, build, draft, row, uid, written


def stream(party: Party, numbers: int, folder: Path) -> list[Path]:
    """Bundles 1, 2, 3 … of a party, each with a record of its own and standing on the one before."""
    folder.mkdir(exist_ok=True)
    files, last = [], ""
    for seq in range(1, numbers + 1):
        the_draft = draft(
            party,
            id=uid(f"{party.name} {seq}"),
            seq=seq,
            prev=last or None,
            base=Base(seq - 1, last) if last else None,
        )
        one = row(seq, id=uid(f"{party.name} record {seq}"), owner=party.inst)
        data, result = written(the_draft, records(one), party=party)
        last = result.manifest_hash
        files.append(folder / f"{party.name}-{seq:03}.age")
        files[-1].write_bytes(data)
    return files


def answers(verdicts: list[Verdict]) -> dict[str, int]:
    return dict(Counter(one.answer for one in verdicts))


def kept(office: Office) -> list[str]:
    """The names in the folder of files set aside."""
    folder = office.folder / aside.FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def told(office: Office) -> list[tuple[str, int, str]]:
    return sorted((one.sender, one.seq, one.answer) for one in office.receiving.aside())


def test_a_small_campaign(tmp_path: Path) -> None:
    """Shuffled, repeated, a third late: as if in order. ``python -m tests.bench.shuffled`` is the full one."""
    lines = list(shuffled.run(tmp_path, 5, 12, stick=30))
    assert lines[-1].startswith("equal")


def test_a_shuffled_heap_has_no_false_gap(boss: Office, tmp_path: Path) -> None:
    files = [*stream(NURSE, 20, tmp_path / "stick"), *stream(OTHER, 20, tmp_path / "stick")]
    Random(5).shuffle(files)
    looked = boss.receiving.look(files, silent)
    assert list(looked) == files
    assert answers(list(looked.values())) == {"ACCEPTED": 40}
    assert sum(one.added for one in looked.values()) == 40
    assert answers(boss.receiving.take_all(files, silent)) == {"ACCEPTED": 40}


def test_the_heap_leaves_the_collecting_of_garbage_as_it_was(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, within = gc.get_threshold(), []

    def broken(*_given: object) -> None:
        within.append(gc.get_threshold())
        raise RuntimeError

    monkeypatch.setattr(taking, "finish_cut_short", broken)
    with pytest.raises(RuntimeError):
        boss.receiving.take_all(stream(NURSE, 1, tmp_path / "stick"), silent)
    assert gc.get_threshold() == usual != within[0]


def test_a_heap_with_refused_files_leaves_nothing_behind(boss: Office, tmp_path: Path) -> None:
    """What it knew goes with it, without the collector: the rows it remembers are many."""
    files = stream(NURSE, 3, tmp_path / "stick")
    files[1].write_bytes(files[1].read_bytes()[:-100])
    gc.disable()
    try:
        intake = taking.Intake(boss.desk)
        verdicts = intake.take(files, silent, lambda: False)
        gone = weakref.ref(intake)
        del intake
        assert answers(verdicts) == {"ACCEPTED": 1, "DAMAGED": 1, "GAP": 1}
        assert gone() is None
    finally:
        gc.enable()


def test_a_whole_stick_is_looked_into_with_its_folders(boss: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    files = stream(NURSE, 3, stick)
    for file, place in zip(files, ("", "Гомель", "Гомель/2026"), strict=True):
        (stick / place).mkdir(parents=True, exist_ok=True)
        file.rename(stick / place / file.name)
    (stick / "far" / "too" / "deep").mkdir(parents=True)
    (stick / "link").symlink_to(stick)
    assert answers(boss.receiving.take_all([stick], silent)) == {"ACCEPTED": 3}


def test_looking_into_a_heap_counts_what_comes_twice_once(boss: Office, tmp_path: Path) -> None:
    scene = make_scene(boss)
    stick = tmp_path / "stick"
    stick.mkdir()
    data, one = written(scene.next, records(row(8), row(9)))
    again = draft(id=uid("b5"), seq=5, prev=one.manifest_hash)
    for name, content in (("b", data), ("a", build(again, records(row(8), replace(row(9), revision=2), row(10))))):
        (stick / f"{name}.age").write_bytes(content)
    looked = boss.receiving.look([stick], silent)
    assert [(one.seq, one.added, one.changed) for one in looked.values()] == [(5, 1, 1), (4, 2, 0)]
    taken = boss.receiving.take_all([stick], silent)
    assert [(one.seq, one.added, one.changed) for one in taken] == [(5, 1, 1), (4, 2, 0)]


def test_two_coordinators_fed_the_same_sticks_in_another_order(country: Country, tmp_path: Path) -> None:
    centres, first = country.open(tmp_path)
    second = copied(country.folder / "coordinator", tmp_path / "second", 77)
    sticks = []
    for number, centre in enumerate(centres):
        person = centre.people.register({"sex": "female"}, {"names": [{"surname": "Коваль"}]}, sure=True)
        for turn in range(3):
            centre.help(person)
            stick = tmp_path / f"stick-{number}-{turn}"
            centre.send(stick)
            sticks.append(stick)
    for office, seed in ((first, 1), (second, 2)):
        Random(seed).shuffle(sticks)
        for stick in sticks:
            office.receiving.take_all([stick], silent)
    assert canonical_dump(first.desk) == canonical_dump(second.desk)
    for office in (*centres, first, second):
        office.lock()


def test_five_bad_ones_among_sixty_are_named_and_set_aside(boss: Office, tmp_path: Path) -> None:
    gone = Party("gone")
    enrol_party(boss, gone)
    boss.enrolment.revoke(gone.inst)
    folder = tmp_path / "stick"
    files = [*stream(NURSE, 30, folder), *stream(OTHER, 25, folder)]
    forked = replace(draft(id=uid("other history"), seq=30), prev="f" * 64)
    bad = {
        "stranger": build(draft(Party("stranger")), records(row(1)), party=Party("stranger")),
        "revoked": build(draft(gone), records(row(1, owner=gone.inst)), party=gone),
        "damaged": files[3].read_bytes()[:-200],
        "fork": build(forked, records(row(1))),
        "newer": build(draft(OTHER, id=uid("newer"), schema=99, seq=26, prev="e" * 64), records(row(1)), party=OTHER),
    }
    for name, data in bad.items():
        (folder / f"zz-{name}.age").write_bytes(data)
    verdicts = boss.receiving.take_all([folder], silent)
    assert answers(verdicts) == {
        "ACCEPTED": 55, "UNKNOWN_SENDER": 1, "REVOKED": 1, "DAMAGED": 1, "FORK": 1, "NEWER_SCHEMA": 1,
    }  # fmt: skip
    assert [one.file_name for one in verdicts if not one.ok] == sorted(f"zz-{name}.age" for name in bad)
    assert trust_of(boss.desk, NURSE.inst) == "stopped"
    listed = boss.receiving.aside()
    assert len(listed) == len(kept(boss)) == 5
    assert all(one.kept and one.sentence.endswith(".") for one in listed)
    assert {one.sender for one in listed} == {"", "Филиал"}
    assert not any(name.startswith("zz-") for name in kept(boss)), "neutral names"
    assert [one.answer for one in Aside(boss.desk).of(NURSE.inst)] == ["FORK"], "both histories are kept"
    boss.receiving.take_all([folder], silent)
    assert len(boss.receiving.aside()) == len(kept(boss)) == 5, "the same file is kept once"


def test_a_refused_one_in_a_batch_leaves_no_trace_and_holds_nobody_up(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fork in the rows shows only in the transaction, which has taken others before and takes others after."""
    monkeypatch.setattr(taking, "BATCH_SECONDS", 60)
    scene = make_scene(boss)
    folder = tmp_path / "stick"
    stream(OTHER, 1, folder)
    (folder / "a.age").write_bytes(build(scene.next, records(row(8), replace(RECORDS[0], data={"note": "иначе"}))))
    third = Party("third")
    enrol_party(boss, third)
    stream(third, 3, folder)
    before = count_of(boss.desk, SetAside)
    verdicts = boss.receiving.take_all([folder], silent)
    # OTHER's number 1 was taken in another form before: a fork too, found by its place.
    assert answers(verdicts) == {"FORK": 2, "ACCEPTED": 3}
    assert (trust_of(boss.desk, NURSE.inst), trust_of(boss.desk, third.inst)) == ("stopped", "trusted")
    assert boss.people.find() == []
    assert count_of(boss.desk, SetAside) == before + 2
    with boss.desk.store.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM record").scalar() == 8 + 3


def test_bundles_that_go_at_once_are_judged_as_one_after_the_other(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_workshop: Callable[[str], Office]
) -> None:
    """One repeats what came before, one changes it, one is somebody else's, one forks against an earlier one of the
    same transaction, one stands on the refused one: verdicts, proofs and register as if each had come alone.
    """
    monkeypatch.setattr(taking, "BATCH_SECONDS", 60)
    party, folder = Party("third"), tmp_path / "stick"
    folder.mkdir()
    enrol_party(boss, party)
    mine = [row(n, id=uid(f"of third {n}"), owner=party.inst) for n in range(1, 6)]
    first = replace(mine[0], data={"note": "па-другому"})
    name = row(6, id=uid("a name"), kind="identity", owner=party.inst, data={"names": [{"surname": "Коваль"}]})
    gone = replace(name, revision=2, state=RowState.WITHHELD, data={})
    bundles = [
        [name],
        [gone],  # comes and goes in one transaction: the erasure is confirmed all the same
        mine[:2],
        [*mine[:2], mine[2]],
        [replace(first, revision=2), mine[3]],
        [mine[4], row(9)],  # a row of another owner: refused whole
        [mine[4], replace(first, revision=2)],
        [mine[4], replace(first, revision=2, data={"note": "яшчэ"})],  # a fork against the third
        [mine[4]],
    ]
    files, prev = [], None
    for seq, held in enumerate(bundles, 1):
        data, result = written(draft(party, id=uid(f"t {seq}"), seq=seq, prev=prev), records(*held), party=party)
        prev = result.manifest_hash if seq != 6 else prev
        files.append(folder / f"{seq}.age")
        files[-1].write_bytes(data)
    verdicts = boss.receiving.take_all(files, silent)
    other = open_workshop("boss")
    enrol_party(other, party)
    alone = [other.receiving.take(file) for file in files]
    assert verdicts == alone
    assert [one.answer for one in verdicts] == [*["ACCEPTED"] * 5, "SENDER_MISMATCH", "ACCEPTED", "FORK", "FORK"]
    assert [(one.added, one.changed) for one in verdicts if one.ok] == [
        (1, 0),
        (0, 1),
        (2, 0),
        (1, 0),
        (1, 1),
        (1, 0),
    ]
    assert count_of(boss.desk, Erasure) == count_of(other.desk, Erasure) == 1
    assert canonical_dump(boss.desk) == canonical_dump(other.desk)
    assert count_of(boss.desk, BundleSeen) == count_of(other.desk, BundleSeen)
    with boss.desk.store.reading() as session:
        assert broken_at(session) is None


def test_a_gap_that_is_filled_heals_by_itself(boss: Office, tmp_path: Path) -> None:
    files = stream(NURSE, 4, tmp_path / "stick")
    assert answers(boss.receiving.take_all([files[0], files[2], files[3]], silent)) == {"ACCEPTED": 1, "GAP": 2}
    assert told(boss) == [("Филиал", 3, "GAP"), ("Филиал", 4, "GAP")]
    assert [one.missing for one in boss.receiving.aside() if one.seq == 3] == ["2"]
    verdicts = boss.receiving.take_all([files[1]], silent)
    assert (verdicts[0].seq, verdicts[0].answer) == (2, "ACCEPTED")
    assert sorted(one.seq for one in verdicts) == [2, 3, 4]
    assert (told(boss), kept(boss)) == ([], [])


def test_try_again_and_let_go(boss: Office, tmp_path: Path) -> None:
    stranger = Party("stranger")
    files = stream(stranger, 2, tmp_path / "stick")
    boss.receiving.take_all(files, silent)
    listed = boss.receiving.aside()
    assert [one.answer for one in listed] == ["UNKNOWN_SENDER"] * 2
    boss.receiving.let_go(listed[0].id)
    assert len(boss.receiving.aside()) == len(kept(boss)) == 1
    with pytest.raises(UserError):
        boss.receiving.let_go(listed[0].id)
    assert answers(boss.receiving.try_again([listed[1].id])) == {"UNKNOWN_SENDER": 1}
    enrol_party(boss, stranger)
    boss.receiving.take_all(files, silent)  # brought once more on a stick: it need not be kept any longer
    assert (boss.receiving.aside(), kept(boss)) == ([], [])


def test_what_was_enrolled_since_is_taken_from_aside(boss: Office, tmp_path: Path) -> None:
    stranger = Party("stranger")
    boss.receiving.take_all(stream(stranger, 2, tmp_path / "stick"), silent)
    enrol_party(boss, stranger)
    ids = [one.id for one in boss.receiving.aside()]
    assert answers(boss.receiving.try_again(ids)) == {"ACCEPTED": 2}
    assert (boss.receiving.aside(), kept(boss)) == ([], [])


def test_the_folder_is_bounded_and_what_has_no_room_is_still_listed(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = stream(Party("stranger"), 3, tmp_path / "stick")
    size = files[0].stat().st_size
    monkeypatch.setattr(aside, "MOST_BYTES", 2 * size + 100)
    boss.receiving.take_all(files, silent)
    listed = sorted(boss.receiving.aside(), key=lambda one: one.id)
    assert [one.kept for one in listed] == [False, True, True], "the oldest went"
    assert len(kept(boss)) == 2
    monkeypatch.setattr(aside, "MOST_FILES", 2)
    (tmp_path / "plain.age").write_bytes("имя фамилия".encode() * 50)
    boss.receiving.take(tmp_path / "plain.age")
    listed = sorted(boss.receiving.aside(), key=lambda one: one.id)
    assert [(one.answer, one.kept) for one in listed] == [("UNKNOWN_SENDER", True), ("DAMAGED", False)]
    assert "имя".encode() not in b"".join((boss.folder / aside.FOLDER / name).read_bytes() for name in kept(boss))


def test_what_a_cut_leaves_in_the_folder_is_swept_away(boss: Office, tmp_path: Path) -> None:
    boss.receiving.take_all(stream(Party("stranger"), 1, tmp_path / "stick"), silent)
    (boss.folder / aside.FOLDER / "abcdefghijklmnop.age").write_bytes(b"age-encryption.org/v1\n")
    Aside(boss.desk).sweep()
    assert len(kept(boss)) == 1
    assert [one.kept for one in boss.receiving.aside()] == [True]


def test_at_a_centre_nothing_is_set_aside(pair: Pair, tmp_path: Path) -> None:
    """A stick that goes round is full of what others get."""
    pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    pair.nurse.send(pair.stick)
    stream(Party("stranger"), 1, pair.stick)
    assert not any(one.ok for one in pair.nurse.receiving.take_all([pair.stick], silent))
    found: list[AsideFile] = pair.nurse.receiving.aside()
    assert (found, kept(pair.nurse)) == ([], [])


def test_a_full_disk_is_said_for_each_file_of_the_batch(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, calls = stream(NURSE, 3, tmp_path / "stick"), iter(range(9))
    real = Pile.write

    def full(pile: Pile, now: str) -> None:
        real(pile, now)
        if next(calls) < 2:
            raise UserError("The disk is full.")

    monkeypatch.setattr(Pile, "write", full)
    verdicts = boss.receiving.take_all(files, silent)
    # All went with their transaction, then each is taken alone; the second and third stand on what is not there.
    assert [one.answer for one in verdicts] == ["UNREADABLE", "GAP", "GAP"]
    assert verdicts[0].sentence == "The disk is full."
    monkeypatch.undo()
    assert answers(boss.receiving.take_all(files, silent)) == {"ACCEPTED": 3}
    assert boss.receiving.aside() == []


@pytest.mark.parametrize("where", ["prepare", "judge", "write"])
def test_a_file_at_which_the_program_fails_holds_up_no_other(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    files = [*stream(NURSE, 4, tmp_path / "stick"), *stream(OTHER, 2, tmp_path / "stick")]
    bad = uid("nurse record 3")

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: Any, **named: Any) -> object:
            if where == "prepare":
                touched = given[0].id == bad
            elif where == "judge":
                touched = any(one.row.id == bad for one in given[1])
            else:
                touched = bad in given[0]._takes
            if touched:
                raise KeyError("what a record says")
            return real(*given, **named)

        return wrapped

    module, name = (ready, "prepare") if where == "prepare" else (Pile, where)
    monkeypatch.setattr(module, name, failing(getattr(module, name)))
    if where == "prepare":
        assert answers(list(boss.receiving.look(files, silent).values()))["FAULT"] == 1
    verdicts = boss.receiving.take_all(files, silent)
    # The fourth stands on the third.
    assert [one.answer for one in verdicts] == ["ACCEPTED", "ACCEPTED", "FAULT", "GAP", "ACCEPTED", "ACCEPTED"]
    assert (verdicts[2].sender, verdicts[2].seq, verdicts[2].ok) == ("Филиал", 3, False)
    number = verdicts[2].sentence.rstrip(".").rsplit(" ", 1)[1]
    assert number in caplog.text
    assert "what a record says" not in caplog.text
    monkeypatch.undo()
    again = boss.receiving.take_all(files, silent)
    assert Counter(one.answer for one in again) == {"ALREADY_IMPORTED": 4, "ACCEPTED": 2}


def test_who_watches_may_stop_in_the_middle_of_a_large_one(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no fault of the file."""
    monkeypatch.setattr(ready, "MOST_ROWS", 0)

    class Stop(Exception):
        pass

    calls = iter(range(99))

    def moved(_done: int, _all: int) -> None:
        if next(calls) > 2:
            raise Stop

    files = stream(NURSE, 3, tmp_path / "stick")
    with pytest.raises(Stop):
        boss.receiving.take_all(files, moved)
    monkeypatch.undo()
    assert "FAULT" not in answers(boss.receiving.take_all(files, silent))


def test_stopping_takes_effect_between_two_bundles(boss: Office, tmp_path: Path) -> None:
    files = stream(NURSE, 5, tmp_path / "stick")
    done: list[int] = []

    def stop() -> bool:
        return bool(done) and done[-1] >= 2

    verdicts = boss.receiving.take_all(files, lambda count, _of: done.append(count), stop)
    assert [(one.seq, one.answer) for one in verdicts] == [(1, "ACCEPTED"), (2, "ACCEPTED")]
    assert answers(boss.receiving.take_all(files, silent)) == {"ALREADY_IMPORTED": 2, "ACCEPTED": 3}


def test_a_stick_pulled_in_the_middle_loses_no_receipt(
    country: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centres, boss = country.open(tmp_path)
    stick, back = tmp_path / "stick", tmp_path / "back"
    for centre in centres:
        centre.people.register({"sex": "female"}, {}, sure=True)
        boss.take(centre.send(stick))
    back.mkdir()
    real, calls = carrier._write_part, iter(range(9))

    def pulled(*arguments: object) -> object:
        if next(calls) >= 1:
            raise OSError(5, "Input/output error")
        return real(*arguments)  # type: ignore[arg-type]  # handed through

    with monkeypatch.context() as patch:
        patch.setattr(carrier, "_write_part", pulled)
        with pytest.raises(ReceiptsCutShort) as cut:
            boss.receiving.write_receipts(back)
    assert "written and good: 1; still to be written: 2." in cut.value.sentence()
    assert [path.name for path in cut.value.written] == [path.name for path in back.iterdir()]
    assert boss.receiving.receipts_due() == 2
    assert len(boss.receiving.write_receipts(back)) == 2
    assert boss.receiving.receipts_due() == 0
    for centre in centres:
        assert [one.type for one in centre.receiving.take_all([back], silent) if one.ok] == ["receipt"]
        centre.lock()
    boss.lock()


def test_a_heap_is_taken_in_few_transactions(
    boss: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_workshop: Callable[[str], Office]
) -> None:
    """Not one for each: that is what makes thousands fast. And none lasts: it takes what fits into a moment."""
    files = stream(NURSE, 30, tmp_path / "stick")
    begun: list[int] = []
    real = Store.transaction

    def counted(store: Store) -> AbstractContextManager[Session]:
        begun.append(1)
        return real(store)

    monkeypatch.setattr(Store, "transaction", counted)
    monkeypatch.setattr(taking, "BATCH_SECONDS", 60)
    boss.receiving.take_all(files, silent)
    assert len(begun) == 1
    begun.clear()
    monkeypatch.setattr(taking, "BATCH_SECONDS", 0)
    monkeypatch.setattr(together, "LEAST_ROWS", 1)
    open_workshop("boss").receiving.take_all(files, silent)
    assert len(begun) == 1 + 26, "four rows at first, then found to last too long, one by one"
    monkeypatch.setattr(ready, "MOST_ROWS", 0)
    begun.clear()
    assert boss.receiving.take(files[0]).answer == Answer.ALREADY_IMPORTED
