"""Work in the background: results come to living screens only, errors are never silent, cancel stops."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.tasks import Cancelled, Job, Tasks


class Screen(QWidget):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.failures: list[BaseException] = []
        self.progress: list[tuple[int, int]] = []

    def done(self, result: object) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.got.append(result)

    def failed(self, error: BaseException) -> None:
        self.failures.append(error)

    def progressed(self, count: int, total: int) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.progress.append((count, total))


@pytest.fixture
def unclaimed() -> list[BaseException]:
    return []


@pytest.fixture
def tasks(unclaimed: list[BaseException]) -> Tasks:
    return Tasks(unclaimed.append)


def idle(tasks: Tasks) -> bool:
    return not tasks.busy


def test_results_and_progress_arrive(qtbot: QtBot, tasks: Tasks) -> None:
    screen = Screen()
    qtbot.addWidget(screen)

    def work(job: Job) -> int:
        for number in range(3):
            job.report(number + 1, 3)
        return 42

    tasks.run(work, screen.done, screen.failed, screen.progressed)
    qtbot.waitUntil(lambda: idle(tasks))
    assert (screen.got, screen.failures) == ([42], [])
    assert screen.progress == [(1, 3), (2, 3), (3, 3)]


def test_work_is_done_one_after_the_other_in_one_thread(qtbot: QtBot, tasks: Tasks) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    for _number in range(5):
        tasks.run(lambda _job: threading.get_ident(), screen.done)
    qtbot.waitUntil(lambda: idle(tasks))
    assert len(set(screen.got)) == 1
    assert screen.got[0] != threading.get_ident()


def test_a_dead_screen_hears_nothing(qtbot: QtBot, tasks: Tasks, unclaimed: list[BaseException]) -> None:
    screen = Screen()
    told = screen.got
    gate = threading.Event()
    tasks.run(lambda _job: gate.wait(5), screen.done, screen.failed)
    screen.deleteLater()
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: idle(tasks))
    assert told == []
    assert unclaimed == []


def test_an_error_without_a_listener_is_told_anyway(
    qtbot: QtBot, tasks: Tasks, unclaimed: list[BaseException]
) -> None:
    def work(_job: Job) -> None:
        raise ValueError

    tasks.run(work)
    qtbot.waitUntil(lambda: idle(tasks))
    assert [type(error) for error in unclaimed] == [ValueError]


def test_cancel_stops_at_the_next_report(qtbot: QtBot, tasks: Tasks, unclaimed: list[BaseException]) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    begun, go = threading.Event(), threading.Event()
    reached: list[str] = []

    def work(job: Job) -> None:
        begun.set()
        go.wait(5)
        try:
            job.report(1, 2)
        except Cancelled:
            reached.append("stopped")
            raise
        reached.append("went on")

    job = tasks.run(work, screen.done, screen.failed)
    begun.wait(5)
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: idle(tasks))
    assert reached == ["stopped"]
    assert (screen.got, screen.failures, unclaimed) == ([], [], [])


def test_lambdas_are_refused(tasks: Tasks) -> None:
    with pytest.raises(TypeError):
        tasks.run(lambda _job: 1, lambda _result: None)
    assert isinstance(tasks, QObject)


def test_after_the_stop_nothing_is_begun(qtbot: QtBot) -> None:
    """A timer of a screen that is left over fires between the lock of the store and the end of the process."""
    begun: list[int] = []
    tasks = Tasks(begun.append)  # type: ignore[arg-type]  # nothing fails here
    assert tasks.stop()
    job = tasks.run(lambda _job: begun.append(1))
    qtbot.wait(20)
    assert begun == []
    assert job.done
    assert not tasks.busy
