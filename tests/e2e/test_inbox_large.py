"""A large bundle is laid down, sealed and merged in slices: wholly in or wholly out, and nobody waits for it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import BundleSeen, Installation, Question, Record, Setting, StagedBundle, StagedContent, StagedRow
from app.store.connection import Journal
from app.store.engine import Store
from app.sync import bundle, directives, staging
from app.sync.errors import Answer
from app.sync.rows import Row
from app.usecases.inbox import large, ready
from tests.e2e.desks import Office, canonical_dump, content_digest, count_of, reopened, silent, trust_of
from tests.e2e.scene import OTHERS, RECORDS, Scene, make_scene, photo_part, photo_row, records
from tests.e2e.test_attacks_state import _die, _in_a_child
from tests.sync.crafting import NURSE, OTHER, build, lines_of, row, uid

ROWS = 400
STAGED = (StagedBundle, StagedRow, StagedContent)


@pytest.fixture(autouse=True)
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four hundred rows are a large bundle here."""
    monkeypatch.setattr(ready, "MOST_ROWS", 100)
    for name, value in (("_LAID_AT_ONCE", 50), ("_FIRST", 40), ("_MOST", 80)):
        monkeypatch.setattr(large, name, value)


def _bound() -> None:
    """For a child process, which has its own."""
    ready.MOST_ROWS = 100  # type: ignore[misc]  # a bound for tests
    large._LAID_AT_ONCE, large._FIRST, large._MOST = 50, 40, 80  # type: ignore[misc]


def many(*more: Row) -> list[Row]:
    """New rows, changed ones, one that came before, a deleted one, a person and her identity."""
    person = row(1000, kind="person", data={"sex": "female", "birth": "1990", "code": "ABCD-EFG"})
    named = {"person": str(person.id), "names": [{"surname": "Коваль", "given": "Анна", "kind": "current"}]}
    return [
        *(row(number) for number in range(1001, 1000 + ROWS)),
        replace(RECORDS[0], revision=2, data={"note": "иначе"}),
        RECORDS[1],
        replace(
            RECORDS[2], revision=2, state=RECORDS[2].state.__class__("deleted"), data={"reason": "entered_twice"}
        ),
        row(2000, kind="identity", data=named),
        person,  # after those that hang on it: order does not matter
        *more,
    ]


def crafted(scene: Scene, *more: Row) -> bytes:
    new = photo_row(b"another", id=uid("another"))
    return build(scene.next, [*records(*many(new, *more)), photo_part(b"another", "another"), photo_part()])


def seen(office: Office) -> tuple[object, ...]:
    with office.desk.store.reading() as session:
        one = session.scalars(select(BundleSeen).where(BundleSeen.seq == 4)).one()
        return one.rows, one.attachments, one.added, one.changed, one.deleted, one.flagged, one.flags


def test_the_register_is_the_one_of_a_single_transaction(
    open_workshop: Callable[[str], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = open_workshop("boss"), open_workshop("boss")
    scene = make_scene(one)
    data = crafted(scene)
    looked = one.folder.parent / "looked.age"
    looked.write_bytes(data)
    before = one.receiving.inspect(looked)
    verdict = one.take_bytes(data)
    assert verdict.answer == "ACCEPTED"
    make_scene(other)
    monkeypatch.setattr(ready, "MOST_ROWS", 10_000)
    assert other.take_bytes(data) == replace(verdict, file_name=f"{other.folder.name}-crafted.age")
    assert canonical_dump(one.desk) == canonical_dump(other.desk)
    assert seen(one) == seen(other)
    counts = (verdict.rows, verdict.added, verdict.changed, verdict.deleted, verdict.flagged)
    assert counts == (before.rows, before.added, before.changed, before.deleted, before.flagged)
    assert counts[:4] == (ROWS + 5, ROWS + 2, 1, 1)
    assert [count_of(one.desk, table) for table in STAGED] == [0, 0, 0]
    assert one.take_bytes(data).answer == Answer.ALREADY_IMPORTED


def _forked(scene: Scene) -> bytes:
    return crafted(scene, replace(RECORDS[4], data={"note": "иначе"}))


def _forked_with_itself(scene: Scene) -> bytes:
    """The same record twice, the second time other than the first, far behind it."""
    return crafted(scene, row(1001, data={"note": "иначе"}))


def _anothers_row(scene: Scene) -> bytes:
    return crafted(scene, replace(OTHERS, owner=NURSE.inst))


def _one_row_short(scene: Scene) -> bytes:
    part = bundle.records_part(lines_of(*many()))
    short = bundle.PartSource(replace(part.info, rows=part.info.rows + 1), part.pieces)
    return build(scene.next, [short])


def _a_file_that_no_record_names(scene: Scene) -> bytes:
    return build(scene.next, [*records(*many()), photo_part(b"nobody", "nobody")])


def _a_file_overwritten(scene: Scene) -> bytes:
    return build(scene.next, [*records(*many(photo_row(b"new", revision=2))), photo_part(b"new")])


REFUSED = {
    "forked": (Answer.FORK, _forked),
    "forked_with_itself": (Answer.FORK, _forked_with_itself),
    "anothers_row": (Answer.SENDER_MISMATCH, _anothers_row),
    "one_row_short": (Answer.COUNT, _one_row_short),
    "file_unnamed": (Answer.DIGEST, _a_file_that_no_record_names),
    "file_overwritten": (Answer.ATTACHMENT_EXISTS, _a_file_overwritten),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_before_anything_is_merged(
    boss: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    answer, attack = REFUSED[name]
    scene = make_scene(boss)
    data = attack(scene)
    stop = {"audit", "installation.trust"}
    before = content_digest(boss.desk, stop)
    assert boss.take_bytes(data).answer == answer
    assert content_digest(boss.desk, stop) == before
    assert trust_of(boss.desk, NURSE.inst) == ("stopped" if answer is Answer.FORK else "trusted")
    monkeypatch.setattr(ready, "MOST_ROWS", 10_000)
    if answer is Answer.FORK:
        boss.enrolment.resume(NURSE.inst)
    assert boss.take_bytes(data).answer == answer, "as the one transaction says"


# --- cut off ----------------------------------------------------------------------------------------------------

STATES: dict[str, tuple[str, int, bool]] = {
    "laying": ("lay_rows", 3, False),
    "files_laid": ("lay_content", 0, False),
    "before_the_seal": ("seal", 0, False),
    "merging_first": ("merge_slice", 0, True),
    "merging_later": ("merge_slice", 3, True),
    "rows_merged": ("merge_content", 0, True),
    "last_step": ("end", 0, True),
}
"""Where it is cut: in which step, the how-manieth time, and whether the bundle is taken by then."""


def _cut(monkeypatch: pytest.MonkeyPatch, step: str, times: int, deed: Callable[[], None]) -> None:
    real, calls = getattr(staging, step), iter(range(10_000))

    def counted(*arguments: object, **named: object) -> object:
        if next(calls) == times:
            deed()
        return real(*arguments, **named)

    monkeypatch.setattr(staging, step, counted)


class _PulledPlug(Exception):
    pass


def _raise() -> None:
    raise _PulledPlug


def _expected(office: Office, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The register as one transaction makes it."""
    make_scene(office)
    with monkeypatch.context() as patch:
        patch.setattr(ready, "MOST_ROWS", 10_000)
        assert office.take_bytes(crafted(scene)).answer == "ACCEPTED"
    return canonical_dump(office.desk)


@pytest.mark.parametrize("state", STATES)
def test_an_error_in_each_state(
    open_workshop: Callable[[str], Office], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """What is not sealed is gone at once; what is sealed is finished when the next bundle comes."""
    step, times, taken = STATES[state]
    boss, other = open_workshop("boss"), open_workshop("boss")
    scene = make_scene(boss)
    data, before = crafted(scene), canonical_dump(boss.desk)
    whole = _expected(other, scene, monkeypatch)
    with monkeypatch.context() as patch:
        _cut(patch, step, times, _raise)
        if taken:
            with pytest.raises(_PulledPlug):
                boss.take_bytes(data)
        else:
            assert boss.take_bytes(data).answer == "FAULT"
    if not taken:
        assert canonical_dump(boss.desk) == before
        assert [count_of(boss.desk, table) for table in STAGED] == [0, 0, 0]
    answer = boss.take_bytes(data).answer
    assert answer == (Answer.ALREADY_IMPORTED if taken else "ACCEPTED")
    assert canonical_dump(boss.desk) == whole
    assert [count_of(boss.desk, table) for table in STAGED] == [0, 0, 0]


@pytest.mark.parametrize("error", [_PulledPlug(), UserError("The disk is full.")])
def test_what_cannot_be_finished_keeps_nobody_from_her_store(
    open_workshop: Callable[[str], Office], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It opens, and the next heap begins with what is left over: it says so, or finishes it."""
    boss, other = open_workshop("boss"), open_workshop("boss")
    scene = make_scene(boss)
    data, whole = crafted(scene), _expected(other, scene, monkeypatch)

    def failing(*_given: object, **_named: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(staging, "merge_slice", failing)
        with suppress(_PulledPlug):
            boss.take_bytes(data)
        boss.lock()
        boss = reopened(boss.folder, 502)
        assert canonical_dump(boss.desk) != whole
        with pytest.raises(type(error)):
            boss.take_bytes(data)
    assert boss.take_bytes(data).answer == Answer.ALREADY_IMPORTED
    assert canonical_dump(boss.desk) == whole
    boss.lock()


@pytest.mark.parametrize("state", STATES)
def test_killed_in_each_state(
    open_workshop: Callable[[str], Office], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """At the next opening it is wholly in or wholly out."""
    step, times, taken = STATES[state]
    boss, other = open_workshop("boss"), open_workshop("boss")
    scene = make_scene(boss)
    whole, before = _expected(other, scene, monkeypatch), canonical_dump(boss.desk)
    file = boss.folder.parent / "large.age"
    file.write_bytes(crafted(scene))

    def prepare() -> None:
        _bound()
        _cut(pytest.MonkeyPatch(), step, times, _die)

    _in_a_child(boss, file, 500, prepare, None)
    boss = reopened(boss.folder, 501)
    assert canonical_dump(boss.desk) == (whole if taken else before)
    assert [count_of(boss.desk, table) for table in STAGED] == [0, 0, 0]
    boss.take(file)
    assert canonical_dump(boss.desk) == whole
    boss.lock()


def test_a_seal_that_was_kept_although_it_reported_an_error_is_not_thrown_away(
    boss: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_scene(boss)
    real, seal, sealed = Store.transaction, staging.seal, list[str]()

    def noted(*arguments: object) -> None:
        seal(*arguments)  # type: ignore[arg-type]  # handed through
        sealed.append("sealed")

    @contextmanager
    def reports_an_error(store: Store) -> Iterator[Session]:
        with real(store) as session:
            yield session
        if sealed == ["sealed"]:
            sealed.append("and the error reported")
            _raise()

    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", reports_an_error)
        patch.setattr(staging, "seal", noted)
        with pytest.raises(_PulledPlug):
            boss.take_bytes(crafted(scene))
    assert boss.take_bytes(crafted(scene)).answer == Answer.ALREADY_IMPORTED
    assert count_of(boss.desk, Record) == 8 + ROWS + 2


def test_a_handover_while_it_is_merged_makes_its_row_late(boss: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_scene(boss)
    newer = photo_row(b"newer", revision=2)
    lines = [replace(RECORDS[0], revision=2, data={"note": "иначе"}), newer]
    data = build(scene.next, records(*(row(n) for n in range(1001, 1400)), *lines))

    def hand_over() -> None:
        with boss.desk.store.transaction() as session:
            heir = session.scalars(select(Installation).where(Installation.uid == OTHER.inst)).one()
            directives.hand_over(session, [RECORDS[0].id, uid("photo")], heir, 1)

    real, done = staging.next_slice, list[int]()

    def then(*arguments: object) -> staging.Slice:
        found = real(*arguments)  # type: ignore[arg-type]  # handed through
        if not done:
            done.append(1)
            hand_over()
        return found

    monkeypatch.setattr(staging, "next_slice", then)
    assert boss.take_bytes(data).answer == "ACCEPTED"
    assert count_of(boss.desk, Question) == 2, "the row and the file's row"
    assert [count_of(boss.desk, table) for table in STAGED] == [0, 0, 0]


# --- a save meanwhile -------------------------------------------------------------------------------------------


def test_who_saves_meanwhile_waits_for_one_slice_at_most(boss: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Her saves go between the slices. ``APORA_LARGE=30000`` is the size of the measurement in docs/adr/0008."""
    size = int(os.environ.get("APORA_LARGE", "1500"))
    monkeypatch.undo()
    monkeypatch.setattr(ready, "MOST_ROWS", 1000)
    scene = make_scene(boss)
    file = boss.folder.parent / "large.age"
    file.write_bytes(build(scene.next, records(*(row(number) for number in range(1000, 1000 + size)))))
    waits: list[float] = []
    slices: list[int] = []
    ended = threading.Event()
    real = staging.merge_slice

    def counted(session: Session, staged: int, some: staging.Slice, **named: object) -> None:
        slices.append(len(some.keys))
        real(session, staged, some, **named)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(staging, "merge_slice", counted)

    def save() -> None:
        while not ended.wait(0.002):
            begun = time.perf_counter()
            with boss.desk.store.transaction() as session:
                session.merge(Setting(name="saved", value=str(len(waits))))
            waits.append(time.perf_counter() - begun)

    saver = threading.Thread(target=save)
    saver.start()
    begun = time.perf_counter()
    verdicts = boss.receiving.take_all([file], silent)
    spent = time.perf_counter() - begun
    ended.set()
    saver.join()
    waits.sort()
    print(
        f"{size} rows in {spent:.1f} s, {len(slices)} slices; {len(waits)} saves, longest {waits[-1] * 1000:.0f} ms"
    )
    assert verdicts[0].added == size
    assert max(slices) <= large._MOST
    assert len(slices) >= 2
    assert len(waits) >= len(slices) // 2, "she was served between the slices"


def test_the_register_works_in_wal_and_a_centre_does_not(boss: Office, nurse: Office) -> None:
    def journal(office: Office) -> object:
        with office.desk.store.reading() as session:
            return session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()

    assert (journal(boss), journal(nurse)) == (Journal.WAL.value, Journal.TRUNCATE.value)
    wal = boss.folder / "store.db-wal"
    assert wal.exists()
    boss.lock()
    assert not wal.exists()


def test_one_may_read_while_a_slice_is_merged(boss: Office) -> None:
    with boss.desk.store.transaction() as session:
        session.merge(Setting(name="saved", value="1"))
        session.flush()
        found: list[object] = []
        reader = threading.Thread(target=lambda: found.append(count_of(boss.desk, Record)))
        reader.start()
        reader.join(2)
        assert found == [0]
