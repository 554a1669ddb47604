"""Each check of the walk finds what it is there to find: a bad widget of each sort is planted and told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui import focus_order
from app.ui.widgets.buttons import button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.nested import grid_in, row_in
from app.ui.widgets.text import WrapLabel, label
from tests.ui import looking


class Window(QWidget):
    """A window with a column, in which Tab goes as in the program's own."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's names
        return focus_order.step(self, forward=next)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    made.column.addWidget(label("All is well"))
    made.column.addWidget(button("Save", "check"))
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def shown(qtbot: QtBot, window: Window, *planted: QWidget) -> Window:
    for widget in planted:
        window.column.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_a_good_window_has_nothing_to_tell(qtbot: QtBot, window: Window) -> None:
    shown(qtbot, window, QCheckBox("I agree"), WrapLabel("A sentence that is long enough to be broken. " * 3))
    checks = (looking.unnamed, looking.cut, looking.too_large, looking.poor_contrast, looking.off_the_tab_order)
    assert [told for check in checks for told in check(window)] == []


def test_a_control_without_a_name(qtbot: QtBot, window: Window) -> None:
    assert "QLineEdit" in looking.unnamed(shown(qtbot, window, QLineEdit()))[0]


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox])
def test_a_text_with_too_little_room(qtbot: QtBot, window: Window, kind: type[QLabel]) -> None:
    planted = kind("Ten words that do not fit into forty pixels")
    planted.setFixedWidth(40)
    assert "Ten words" in looking.cut(shown(qtbot, window, planted))[0]


def test_a_choice_a_hint_and_a_head_that_are_cut(qtbot: QtBot, window: Window) -> None:
    combo, line, table = QComboBox(), QLineEdit(), QTableWidget(1, 1)
    combo.addItem("A choice that is much longer than its box")
    line.setPlaceholderText("A hint that is much longer than its line")
    table.setHorizontalHeaderLabels(["A heading of many words, none of which fits"])
    table.setColumnWidth(0, 20)
    for narrow in (combo, line):
        narrow.setFixedWidth(60)
    told = " ".join(looking.cut(shown(qtbot, window, combo, line, table)))
    assert all(name in told for name in ("QComboBox", "QLineEdit", "QHeaderView"))


def test_wrapped_text_without_its_height_and_a_widget_beyond_the_edge(qtbot: QtBot, window: Window) -> None:
    low = QLabel("A sentence that needs many lines. " * 9)
    low.setWordWrap(True)
    low.setFixedHeight(20)
    far = QLabel("far", window)
    shown(qtbot, window, low)
    far.setGeometry(window.width() - 10, 0, 60, 20)
    far.show()
    told = looking.cut(window)
    assert any(one.startswith("cut: QLabel 'A sentence") for one in told)
    assert any(one.startswith("outside: QLabel 'far'") for one in told)


def test_a_page_that_scrolls_sideways(qtbot: QtBot, window: Window) -> None:
    area, wide = QScrollArea(), QWidget()
    wide.setFixedSize(2000, 10)
    area.setWidget(wide)
    assert any(one.startswith("scrolls sideways") for one in looking.cut(shown(qtbot, window, area)))


def test_a_screen_that_is_larger_than_the_smallest_window(qtbot: QtBot, window: Window) -> None:
    wide = QWidget()
    wide.setMinimumSize(1100, 10)
    assert looking.too_large(shown(qtbot, window, wide))


def test_letters_that_are_hard_to_see(qtbot: QtBot, window: Window) -> None:
    grey = label("Grey on white")
    grey.setStyleSheet("color: #BBBBBB; background: #FFFFFF")
    assert "Grey" in looking.poor_contrast(shown(qtbot, window, grey))[0]


def test_words_left_in_english(qtbot: QtBot, window: Window) -> None:
    window.column.addWidget(label("Apora 9VW2-8GH: Ctrl+K, 38.2 °C"))
    assert looking.left_in_english(shown(qtbot, window)) == [
        "not translated: 'All is well'",
        "not translated: 'Save'",
    ]


def test_a_flow_that_is_squeezed(qtbot: QtBot, window: Window) -> None:
    flow = flow_of(*(button(f"Press me for number {number}") for number in range(6)))
    shown(qtbot, window, flow)
    assert looking.cut(window) == []
    flow.setFixedHeight(40)
    assert any(one.startswith("squeezed: Flow") for one in looking.cut(window))


def test_layouts_that_keep_their_items(qtbot: QtBot, window: Window) -> None:
    filled = QHBoxLayout()
    filled.addWidget(label("Put in too early"))
    shown(qtbot, window)
    list(focus_order.stops(window))
    assert looking.kept_items() == []
    window.column.addLayout(filled)
    (complaint,) = looking.kept_items()
    assert complaint.startswith("keeps its items: QVBoxLayout in Window")


def test_a_trap_for_tab(qtbot: QtBot) -> None:
    """Qt's own chain, and in it the sort of widget that made it run in a circle: a menu and a focus proxy."""
    plain, trap = QWidget(), QWidget()
    inner = QVBoxLayout(trap)
    menu = QMenu(trap)
    inside = QPushButton("Menu")
    inner.addWidget(inside)
    trap.setFocusProxy(inside)
    column = QVBoxLayout(plain)
    for widget in (QPushButton("First"), trap, QPushButton("Last")):
        column.addWidget(widget)
    qtbot.addWidget(plain)
    with qtbot.waitActive(plain):
        plain.show()
        plain.activateWindow()
    assert any("not reached by Tab: QPushButton 'Last'" in one for one in looking.off_the_tab_order(plain))
    menu.deleteLater()


def test_tab_follows_layouts_not_the_order_of_making(qtbot: QtBot, window: Window, qapp: QApplication) -> None:
    last, first, second, third = (QLineEdit(name) for name in ("last", "first", "second", "third"))
    grid, row = grid_in(window.column), row_in(window.column)
    grid.addWidget(third, 1, 0)
    grid.addWidget(second, 0, 1)
    grid.addWidget(first, 0, 0)
    row.addWidget(last)
    shown(qtbot, window)
    first.setFocus()
    seen = []
    for _step in range(4):
        now = qapp.focusWidget()
        assert isinstance(now, QLineEdit)
        seen.append(now.text())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert seen == ["first", "second", "third", "last"]
    QTest.keyClick(first, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert qapp.focusWidget() is not first
