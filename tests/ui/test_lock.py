"""Lock: blank at once, everything else afterwards; by key, by idleness in any window, and after a sleep."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui import idle, theme
from app.ui.application import ApplicationShell, Preferences
from app.ui.idle import IdleWatch, SleepSense
from app.ui.main_window import DeskPlan, MainWindow, Place
from app.ui.routes import Desk, Route, Routes
from app.ui.tasks import Tasks
from app.ui.widgets.page import Page

DONE: list[object] = []


class Typing(Page):
    """A screen with a text, which says where its cursor is and whether it was blank when asked to leave."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__("Ганна Кавалёва")
        self.desk, self.name = desk, name
        self.line = QLineEdit("Кавалёва")
        self.add(self.line)

    def leaving(self) -> None:
        DONE.append(("left", blank(self.window())))

    def snapshot(self) -> Mapping[str, object]:
        return {"at": self.line.cursorPosition(), "text": self.line.text()}

    def restore(self, state: Mapping[str, object]) -> None:
        self.line.setText(str(state["text"]))
        self.line.setCursorPosition(int(str(state["at"])))


class Broken(Typing):
    """A screen with a defect."""

    broken = True

    def leaving(self) -> None:
        if self.broken:
            self.broken = False
            raise RuntimeError("a defect")


def plan(screen: type[Typing] = Typing) -> DeskPlan:
    routes = Routes(
        Route("today", screen, "Today", "today", in_bar=True),
        Route("people", screen, "People", "people", in_bar=True),
        Route("form", screen),
        Route("person", screen, under="people"),
    )
    return DeskPlan(routes, Tasks(print))


def blank(window: QWidget) -> bool:
    """Is there one colour alone?"""
    image: QImage = window.grab().toImage()
    first = image.pixel(5, 5)
    width, height = image.width(), image.height()
    return all(image.pixel(x, y) == first for x in range(0, width, 3) for y in range(0, height, 3))


@pytest.fixture
def shell(qapp: QApplication) -> Iterator[ApplicationShell]:
    DONE.clear()
    made = ApplicationShell(qapp, Preferences("en"), save=print, end=lambda: DONE.append("ended"))
    yield made
    qapp.processEvents()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    # Its watch must not see the clocks of the next test.
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp)


def desk_of(shell: ApplicationShell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def form_of(window: MainWindow) -> Typing:
    """The form that is open in ``window``."""
    screen = window.stack.currentWidget()
    assert isinstance(screen, Typing)
    return screen


def test_the_window_is_blank_before_anything_else_is_done(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan())
    window = desk_of(shell)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not blank(window), "else the test would see nothing"
    QApplication.clipboard().setText("a name")
    began = time.monotonic()
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert time.monotonic() - began < 0.5
    assert DONE[-2:] == [("left", True), "ended"]
    assert blank(window)
    assert QApplication.clipboard().text() == ""


def test_dialogs_and_popups_go_too(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan())
    window = desk_of(shell)
    dialog, own, menu = QDialog(window), QDialog(), QMenu(window)
    dialog.setModal(True)
    menu.addAction("a name")
    for other in (dialog, own, menu):
        qtbot.addWidget(other)
        other.show()
    window.lock()
    assert not any(other.isVisible() for other in (dialog, own, menu))
    assert DONE[-1] == "ended"


@pytest.mark.parametrize("key", ["F12", "L", "Д"])
def test_the_key_locks_from_a_dialog_too(qtbot: QtBot, shell: ApplicationShell, key: str) -> None:
    shell.show_desk(plan())
    dialog = QDialog(shell.window)
    dialog.setModal(True)
    line = QLineEdit(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    line.setFocus()
    if key == "F12":
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F12)
    else:
        control = Qt.KeyboardModifier.ControlModifier
        press = QKeyEvent(QEvent.Type.KeyPress, ord(key), control, key)
        QApplication.sendEvent(dialog.windowHandle(), press)
    assert DONE[-1:] == ["ended"]
    assert not dialog.isVisible()


def test_a_defect_in_a_screen_does_not_keep_the_store_open(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan(Broken))
    window = desk_of(shell)
    window.lock()
    assert DONE == ["ended"]
    assert blank(window)


def test_a_second_key_locks_no_second_time(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan())
    shell.lock()
    shell.lock()
    assert DONE.count("ended") == 1


def test_where_one_was_is_known_after_the_lock_and_one_returns_to_it(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan())
    window = desk_of(shell)
    window.go("form", name="a")
    screen = form_of(window)
    screen.line.setText("half a wo")
    screen.line.setCursorPosition(4)
    shell.lock()
    assert shell.left_at == Place("form", {"name": "a"}, {"at": 4, "text": "half a wo"})
    back = MainWindow(plan(), shell.left_at)
    qtbot.addWidget(back)
    again = form_of(back)
    assert (again.name, again.line.text(), again.line.cursorPosition()) == ("a", "half a wo", 4)


@pytest.mark.parametrize(("left_at", "above"), [("person", "people"), ("form", "today")])
def test_without_a_way_back_one_comes_to_the_place_that_is_lit(qtbot: QtBot, left_at: str, above: str) -> None:
    window = MainWindow(plan(), Place(left_at, {"name": "a"}))
    qtbot.addWidget(window)
    assert window.place.route == left_at
    window.back()
    assert window.place.route == above


def test_a_click_into_the_top_bar_leaves_the_hand_where_it_is(qtbot: QtBot, shell: ApplicationShell) -> None:
    """Who locks by mouse goes on in the middle of the word too; by Tab the buttons are reached all the same."""
    shell.show_desk(plan())
    window = desk_of(shell)
    window.go("form", name="a")
    screen = form_of(window)
    window.activateWindow()
    screen.line.setFocus()
    qtbot.waitUntil(screen.line.hasFocus)
    presses = [one for one in window.top.findChildren(QPushButton) if one is not window.top.record]
    assert len(presses) == 5
    window.top.blockSignals(True)
    for press in presses:
        assert press.focusPolicy() == Qt.FocusPolicy.TabFocus
        if press.menu() is None:
            QTest.mouseClick(press, Qt.MouseButton.LeftButton)
            assert screen.line.hasFocus()


@pytest.mark.parametrize("place", [Place("gone"), Place("form", {"strange": 1})])
def test_a_place_that_is_no_more_leads_home(qtbot: QtBot, place: Place) -> None:
    window = MainWindow(plan(), place)
    qtbot.addWidget(window)
    assert window.place.route == "today"


def test_theme_and_language_keep_the_state_and_the_way_back(qtbot: QtBot, shell: ApplicationShell) -> None:
    shell.show_desk(plan())
    desk_of(shell).go("form", name="a")
    desk_of(shell).go("form", name="b")
    screen = form_of(desk_of(shell))
    screen.line.setText("step two")
    screen.line.setCursorPosition(3)
    for change in (shell.toggle_theme, lambda: shell.set_language("ru"), lambda: shell.change_scale(0.25)):
        change()
        again = form_of(desk_of(shell))
        assert (again.name, again.line.text(), again.line.cursorPosition()) == ("b", "step two", 3)
    desk_of(shell).back()
    assert desk_of(shell).place.arguments == {"name": "a"}
    desk_of(shell).back()
    assert desk_of(shell).place.route == "today"


def test_what_could_not_be_kept_holds_the_window_once(qtbot: QtBot) -> None:
    found = plan()
    window = MainWindow(DeskPlan(found.routes, found.tasks, unkept=lambda: True))
    qtbot.addWidget(window)
    window.show()
    assert not window.close()
    assert "could not be kept" in window.line.text()
    assert window.close()


def test_a_notice_stands_above_every_screen(qtbot: QtBot) -> None:
    said = ["The clock of this laptop shows 1970."]
    found = plan()
    window = MainWindow(DeskPlan(found.routes, found.tasks, notice=lambda: said[0]))
    qtbot.addWidget(window)
    window.go("form")
    window.say("")
    assert window.notice.text() == said[0]
    said[0] = ""
    window.refresh_status()
    assert window.notice.isHidden()


def test_idleness_locks_and_a_touch_in_any_window_puts_it_off(qtbot: QtBot) -> None:
    widget, dialog = QWidget(), QDialog()
    line = QLineEdit()
    QVBoxLayout(dialog).addWidget(line)
    qtbot.addWidget(widget)
    qtbot.addWidget(dialog)
    widget.show()
    watch = IdleWatch(300)
    fired: list[int] = []
    watch.wanted.connect(lambda: fired.append(1))
    # Opened later than the watch: it must be found.
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for _number in range(6):
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
        qtbot.wait(100)
    assert fired == []
    qtbot.waitUntil(lambda: bool(fired), timeout=2000)
    qtbot.wait(400)
    assert fired == [1]


class Times:
    """The two clocks, held still."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_800_000_000.0, 50.0

    def time(self) -> float:
        return self.wall

    def monotonic(self) -> float:
        return self.steady


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    held = Times()
    monkeypatch.setattr(idle, "time", held)
    return held


@pytest.mark.parametrize(
    ("wall", "steady", "slept"),
    [(2, 2, False), (25, 25, False), (600, 2, True), (600, 600, True), (-3600, 2, False), (-3600, 600, True)],
)
def test_a_leap_of_either_clock_is_a_sleep(times: Times, wall: float, steady: float, slept: bool) -> None:
    sense = SleepSense()
    times.wall += wall
    times.steady += steady
    assert sense.slept(2) is slept
    assert not sense.slept(2), "told once"


def test_the_first_touch_after_a_sleep_locks_and_is_swallowed(qtbot: QtBot, times: Times) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    watch = IdleWatch(60_000)
    fired: list[int] = []
    watch.wanted.connect(lambda: fired.append(1))
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    assert (line.text(), fired) == ("a", [])
    times.wall += 3600
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_B)
    assert (line.text(), fired) == ("a", [1])


def test_waking_locks_without_a_touch(qtbot: QtBot, times: Times) -> None:
    watch = IdleWatch(60_000)
    with qtbot.waitSignal(watch.wanted, timeout=4000):
        times.wall += 3600
