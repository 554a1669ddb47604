"""The window and the shell: routes, folding, language and theme at the same place, lock, idleness."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.ui import theme
from app.ui.application import ApplicationShell, Preferences
from app.ui.errors import words
from app.ui.frame.status_line import StatusItem
from app.ui.main_window import DeskPlan, MainWindow, Place
from app.ui.relaunch import own_command
from app.ui.routes import Desk, Route, Routes
from app.ui.tasks import Tasks
from app.ui.widgets.page import Page

LEFT: list[str] = []


class Sample(Page):
    """A screen that remembers how it was built and when it left."""

    def __init__(self, desk: Desk, name: str, **arguments: object) -> None:
        super().__init__(name)
        self.desk, self.name, self.arguments = desk, name, arguments
        self.line = QLineEdit()
        self.add(self.line)
        self.shown = 0

    def entered(self) -> None:
        self.shown += 1

    def leaving(self) -> None:
        LEFT.append(self.name)


def plan(**changes: object) -> DeskPlan:
    def screen(name: str) -> object:
        return lambda desk, **arguments: Sample(desk, name, **arguments)

    routes = Routes(
        Route("today", screen("today"), "Today", "today", in_bar=True),  # type: ignore[arg-type]  # a factory
        Route("people", screen("people"), "People", "people", in_bar=True),  # type: ignore[arg-type]  # a factory
        Route("person", screen("person"), under="people"),  # type: ignore[arg-type]  # a factory
    )
    return DeskPlan(routes, Tasks(print), **changes)  # type: ignore[arg-type]  # forwarded as they are named


def current(window: MainWindow) -> Sample:
    screen = window.stack.currentWidget()
    assert isinstance(screen, Sample)
    return screen


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    LEFT.clear()
    made = MainWindow(plan(record="person", record_label="Record help", search="people"))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_routes_lead_and_lead_back(window: MainWindow) -> None:
    assert (current(window).name, current(window).shown) == ("today", 1)
    window.go("person", key=7)
    assert (current(window).name, current(window).arguments) == ("person", {"key": 7})
    assert LEFT == ["today"]
    assert window.nav.list.currentItem().text() == "People", "the place under which it lies is lit"
    window.go("people")
    window.back()
    assert current(window).arguments == {"key": 7}
    window.back()
    window.back()
    assert current(window).name == "today"


def test_the_title_says_nothing(window: MainWindow) -> None:
    window.go("person", key=7)
    assert window.windowTitle() == "Apora"


def control(widget: QWidget, letter: str) -> None:
    """Ctrl and a letter of any layout."""
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, widget, Qt.Key(ord(letter)), letter, Qt.KeyboardModifier.ControlModifier
    )


@pytest.mark.parametrize("letter", ["K", "Л"])
def test_search_by_either_layout(qtbot: QtBot, window: MainWindow, letter: str) -> None:
    control(current(window).line, letter)
    qtbot.waitUntil(window.top.search.hasFocus)
    QTest.keyClicks(window.top.search, "Ann")
    QTest.keyClick(window.top.search, Qt.Key.Key_Return)
    assert (current(window).name, current(window).arguments) == ("people", {"query": "Ann"})


def test_digits_and_f12(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert current(window).name == "people"
    with qtbot.waitSignal(window.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_F12)
    with qtbot.waitSignal(window.lock_wanted):
        control(window, "Д")


def test_undo_runs_once(window: MainWindow) -> None:
    undone: list[int] = []
    window.say("Saved", "ok", "Undo", lambda: undone.append(1))
    window.line.acted.emit()
    window.line.acted.emit()
    assert undone == [1]
    assert window.line.isHidden()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_it_fits_a_small_screen(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    theme.apply(qapp, scale=scale)
    status = [
        StatusItem("37 records of 12 people are not sent", "send"),
        StatusItem("No backup for 9 days", overdue=True),
    ]
    made = MainWindow(
        plan(
            record="person",
            record_label="Записать помощь человеку",
            search="people",
            practice=True,
            who="Т. Сакович",
            status=lambda: status,
        )
    )
    qtbot.addWidget(made)
    made.resize(1024, 600)
    made.show()
    qapp.processEvents()
    layout = made.layout()
    assert layout is not None
    assert made.size().width() == 1024
    assert layout.totalMinimumSize().width() <= 1024
    assert layout.totalMinimumSize().height() <= 600
    assert made.nav.width() < 150, "folded to icons"


@pytest.fixture
def shell(qapp: QApplication) -> Iterator[ApplicationShell]:
    LEFT.clear()
    made = ApplicationShell(qapp, Preferences("en"), save=SAVED.append, end=lambda: SAVED.append("ended"))
    SAVED.clear()
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    # Its watch must not see the clocks of a later test.
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp)


SAVED: list[object] = []


def test_language_and_theme_rebuild_at_the_same_place(shell: ApplicationShell) -> None:
    shell.show_desk(plan(), Place("person", {"key": 7}))
    first = shell.window
    shell.toggle_theme()
    assert theme.current().dark
    shell.set_language("en")
    shell.change_scale(0.25)
    assert shell.window is not first
    assert isinstance(shell.window, MainWindow)
    assert current(shell.window).arguments == {"key": 7}
    assert SAVED[-1] == Preferences("en", dark=True, scale=1.25)
    assert "person" in LEFT, "drafts are kept before the window is rebuilt"


def test_opening_is_built_again_in_another_language(qtbot: QtBot, shell: ApplicationShell) -> None:
    built: list[str] = []

    def screen() -> QWidget:
        built.append(i18n.language())
        made = QWidget()
        QVBoxLayout(made).addWidget(QLabel("unlock"))
        return made

    shell.show_opening(screen)
    shell.set_language("en")
    assert built == ["en", "en"]


def test_own_command_starts_with_this_interpreter() -> None:
    assert own_command()[0] == sys.executable


def test_a_defect_is_told_by_number_and_not_by_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def inner() -> None:
        raise KeyError("Анна Ковальчук")

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise RuntimeError("parameters: Анна Ковальчук") from error

    with pytest.raises(RuntimeError) as caught:
        outer()
    told = words(caught.value)
    assert told.defect
    assert told.defect in told.text
    assert "Ковальчук" not in told.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert "KeyError" in caplog.text
    assert told.defect in caplog.text


def test_the_interface_loads_no_database() -> None:
    """The unlock window must be painted before SQLAlchemy is loaded (measured: 170 ms against 690 ms)."""
    code = (
        "import sys, app.ui.application, app.ui.forms.form_view, app.ui.tables.view\n"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'cryptography', 'openpyxl', 'xlsxwriter'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_relaunch_replaces_the_process() -> None:
    """What follows the call is never run, and the fresh process has nothing but its arguments."""
    code = (
        "import sys; from app.ui.relaunch import relaunch; secret = 'kept in memory'\n"
        "relaunch([sys.executable, '-c', 'print(\"fresh\", \"secret\" in globals())'])\n"
        "print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["fresh", "False"]


def test_the_words_of_qt_follow_the_language(shell: ApplicationShell) -> None:
    """File dialogs are Qt's own: without its catalogue they would be English in a Russian screen."""
    shell.show_opening(QWidget)
    said = {}
    for language in ("ru", "be", "en"):
        shell.set_language(language)
        said[language] = QCoreApplication.translate("QPlatformTheme", "Cancel")
    assert said == {"ru": "Отмена", "be": "Отмена", "en": "Cancel"}


def test_what_was_said_goes_with_the_next_step(qapp: QApplication, window: MainWindow) -> None:
    window.go("person", key=7)
    window.say("Saved")
    window.back()
    assert window.line.text() == "Saved", "it is for the screen after the save"
    qapp.processEvents()
    window.go("people")
    assert window.line.isHidden()


def test_the_focus_stays_on_the_screen_when_its_widget_vanishes(qtbot: QtBot, window: MainWindow) -> None:
    other = QLineEdit()
    current(window).add(other)
    for line in (current(window).line, other):
        line.show()
        line.setFocus()
        qtbot.waitUntil(line.hasFocus)
    other.hide()
    qtbot.waitUntil(current(window).line.hasFocus)


def test_escape_leads_back_from_a_page_and_not_from_a_place(qtbot: QtBot, window: MainWindow) -> None:
    window.go("person", key=7)
    current(window).line.setFocus()
    QTest.keyClick(current(window).line, Qt.Key.Key_Escape)
    assert current(window).name == "today"
    window.go("people")
    QTest.keyClick(current(window).line, Qt.Key.Key_Escape)
    assert current(window).name == "people"


def test_ctrl_enter_in_the_bar_leads_nowhere(window: MainWindow) -> None:
    window.nav.list.setCurrentRow(1)
    QTest.keyClick(window.nav.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert current(window).name == "today"
    QTest.keyClick(window.nav.list, Qt.Key.Key_Return)
    assert current(window).name == "people"
