"""Writers are served in the order in which they asked; long work gives way; the journal can be chosen late."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from app.store import engine
from app.store.connection import Journal
from app.store.turn import Turn
from tests.store.bench import Bench, names, save


def test_who_has_waited_is_served_before_who_asks_again() -> None:
    """With a plain lock the loop below takes it again and again before the waiting thread has woken up."""
    turn, order = Turn(), list[str]()
    waiting = threading.Event()

    def save_once() -> None:
        waiting.set()
        with turn:
            order.append("save")

    with turn:
        saver = threading.Thread(target=save_once)
        saver.start()
        waiting.wait()
        time.sleep(0.05)
    for _slice in range(50):
        with turn:
            order.append("slice")
    saver.join()
    assert order[0] == "save"
    assert not turn.is_mine()


def test_many_are_served_one_at_a_time() -> None:
    turn, inside, most = Turn(), list[int](), list[int]()

    def work() -> None:
        for _time in range(50):
            with turn:
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(most)) == (1, 200)


def test_long_work_gives_way_and_does_not_wait_for_ever(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    store = bench.open()
    begun = time.perf_counter()
    store.give_way()
    assert time.perf_counter() - begun < 0.1, "nobody writes"
    ended = threading.Event()

    def hold() -> None:
        with store.transaction():
            ended.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    while not store._write_turn._waiting:
        time.sleep(0.001)
    monkeypatch.setattr(engine, "_LONGEST_GIVING_WAY", 0.2)
    begun = time.perf_counter()
    store.give_way()
    assert 0.15 < time.perf_counter() - begun < 2
    ended.set()
    holder.join()
    store.close()


def test_a_store_works_in_the_journal_of_who_opened_it(bench: Bench) -> None:
    store = bench.open()
    save(store, "before")
    store.work_in(Journal.WAL)
    for journal in (Journal.WAL, Journal.TRUNCATE, Journal.WAL):
        store.work_in(journal)
        save(store, journal.value)
        with store.reading() as session:
            assert session.execute(text("PRAGMA journal_mode")).scalar() == journal.value
    copy = bench.folder / "copy.db"
    store.copy_to(copy)
    store.close()
    assert not (bench.folder / "store.db-wal").exists()
    store = bench.open()
    assert sorted(names(store)) == ["before", "truncate", "wal", "wal"]
    store.close()
