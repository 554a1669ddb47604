"""The table over ids: lazy pages, order, sorting, and Qt's own tester of models."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.tables.model import PAGE, Column, IdTableModel
from app.ui.tables.view import IdTable
from app.ui.widgets.timeline import TimelineModel
from app.ui.widgets.timeline_items import TimelineItem

COLUMNS = [Column("code", "Code", sortable=True), Column("count", "Services", number=True)]


class Store:
    """Answers rows and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def fetch(self, ids: Sequence[int]) -> list[dict[str, object]]:
        self.asked.append(list(ids))
        return [{"code": f"C{number}", "count": number} for number in ids]

    def sort(self, key: str, descending: bool) -> Sequence[int]:
        assert key == "code"
        return range(999, -1, -1) if descending else range(1000)


def test_only_drawn_pages_are_fetched() -> None:
    store = Store()
    model = IdTableModel(COLUMNS, store.fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    store.asked.clear()
    model.show_ids(range(100_000))
    store.asked.clear()
    model.refresh()
    store.asked.clear()
    assert model.index(50_050, 0).data() == "C50050"
    assert store.asked == [list(range(50_000, 50_000 + PAGE))]
    assert model.index(50_099, 1).data() == "50099"
    assert len(store.asked) == 1, "kept"
    assert model.rowCount() == 100_000
    assert tester.model() is model


def test_sorting_asks_for_new_ids(qtbot: QtBot) -> None:
    store = Store()
    table = IdTable("Things", COLUMNS, store.fetch, store.sort)
    qtbot.addWidget(table)
    table.show_ids(range(1000))
    table.rows.sort(0, Qt.SortOrder.DescendingOrder)
    assert table.rows.id_at(0) == 999
    table.rows.sort(1)
    assert table.rows.id_at(0) == 999, "a column that cannot be sorted changes nothing"


def test_enter_opens_the_row(qtbot: QtBot) -> None:
    store = Store()
    table = IdTable("Things", COLUMNS, store.fetch)
    qtbot.addWidget(table)
    table.show_ids([7, 1 << 40])
    table.show()
    table.selectRow(1)
    assert table.current_id() == 1 << 40
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1 << 40]


def test_the_timeline_is_a_sound_model() -> None:
    model = TimelineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_items(
        [TimelineItem("1", "2026-03-09", "A"), TimelineItem("2", "2026-03", "B"), TimelineItem("3", "2025", "C")]
    )
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == ["March 2026", "A", "B", "2025", "C"]
    assert tester.model() is model


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_cell_is_cut_at_any_size_of_text(qapp: QApplication, qtbot: QtBot, scale: float) -> None:
    """The table scrolls sideways where it must; at 100 % it fills its room and does not scroll."""
    theme.apply(qapp, scale=scale)
    columns = [Column(key, "A heading", width=70) for key in ("code", "a", "b", "c")] + [Column("count", "Count")]
    table = IdTable("Things", columns, lambda ids: [{c.key: "seventeen letters" for c in columns} for _ in ids])
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    table.show_ids([1, 2, 3])
    assert all(table.columnWidth(at) >= table.sizeHintForColumn(at) for at in range(5))
    total = sum(table.columnWidth(at) for at in range(5))
    assert (total > table.viewport().width()) == (scale == 2.0)
    assert total >= table.viewport().width() - 5


def test_a_table_that_has_room_does_not_scroll_sideways(qtbot: QtBot) -> None:
    """Also where its scroll bar at the right appears while the columns are being fitted."""
    store = Store()
    columns = [*COLUMNS, Column("wide", "The rest")]
    table = IdTable("Things", columns, store.fetch)
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    table.show_ids(range(500))
    # The bars' ranges are worked out when Qt has a moment.
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0 and table.horizontalScrollBar().maximum() == 0)
    assert table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert table.room(bar=True) == table.viewport().width()


class Counting(IdTable):
    """Counts how often it is fitted, and does not do it for ever."""

    fitted = 0

    def fit_columns(self) -> None:
        self.fitted += 1
        if self.fitted < 20:
            super().fit_columns()


@pytest.mark.parametrize("height", [130, 200])
@pytest.mark.parametrize("width", [540, 565, 590, 615])
def test_a_wide_row_that_comes_in_sight_and_goes_does_not_stop_the_program(
    qapp: QApplication, qtbot: QtBot, width: int, height: int
) -> None:
    """Its cell called for a scroll bar below, that hid the row, without it no bar was needed, and so for ever."""
    columns = [
        Column("kind", "Kind of activity", width=90),
        Column("place", "Where it was held"),
        Column("count", "How many came", number=True, width=60),
        Column("state", "State of it", width=80),
    ]
    row: dict[str, object] = {"kind": "Lecture", "count": 12, "state": "not sent yet"}
    for rows in (2, 3, 4, 5):
        cells = ["In town"] * (rows - 1) + ["In the house of culture of a town with a long name"]
        table = Counting("Things", columns, lambda ids, c=cells: [row | {"place": c[one]} for one in ids])  # type: ignore[misc]
        qtbot.addWidget(table)
        table.resize(width, height)
        table.show()
        table.show_ids(range(rows))
        for _round in range(4):
            qapp.processEvents()
        assert table.fitted <= 3
        table.hide()


@pytest.mark.parametrize(("lines", "width"), [(10, 1000), (10, 300), (13, 1000)])
def test_a_plain_table_leaves_no_scroll_bar_to_come_and_go(qtbot: QtBot, lines: int, width: int) -> None:
    """Bars that did made it fit its columns anew for ever, with the first line half hidden (at 1366x747)."""
    table = PlainTable("Laptops")
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    heads = (Head("Centre", wide=True), *(Head("Needs attention", number=True),) * 4)
    table.show_lines(heads, [Line(("Учебный центр, Витебск", "1", "2", "3", "4"))] * lines)
    on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert table.verticalScrollBarPolicy() == (on if lines > 12 else off)
    assert table.horizontalScrollBarPolicy() == (on if width < 400 else off)
    assert bool(table.verticalScrollBar().maximum()) == (lines > 12)
    assert bool(table.horizontalScrollBar().maximum()) == (width < 400)


def test_heads_break_into_two_lines_before_anything_scrolls(qtbot: QtBot) -> None:
    columns = [Column("code", "Kind of help that was given"), Column("count", "How many of them there are")]
    table = IdTable("Things", columns, Store().fetch)
    qtbot.addWidget(table)
    table.show_ids([1])
    table.resize(900, 300)
    table.show()
    header = table.horizontalHeader()
    whole, one_line = header.length(), header.height()
    assert whole <= table.viewport().width()
    table.resize(theme.px(300), 300)
    assert header.height() > one_line
    assert header.length() <= table.viewport().width(), "nothing scrolls sideways"
    table.resize(900, 300)
    assert header.height() == one_line
