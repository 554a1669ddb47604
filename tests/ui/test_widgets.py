"""The small widgets: what they say, what they take, what they answer."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.ui import dates
from app.ui.charts.columns import paint_columns
from app.ui.charts.data import Series, step_for, summary
from app.ui.charts.widget import Chart, picture
from app.ui.printing.plain_sheet import pdf_bytes
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip import Chip
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.flow import Flow
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel
from app.ui.widgets.tile import TileGrid, TileItem
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_items import TimelineItem


def test_digits_run_on_from_box_to_box(qtbot: QtBot) -> None:
    edit = DigitsEdit(4, 5)
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    qtbot.waitUntil(edit.isActiveWindow)
    edit.boxes[0].setFocus()
    for sign in "12345678901234567890":
        QTest.keyClick(QApplication.focusWidget() or edit, ord(sign))
    assert edit.digits() == "12345678901234567890"
    assert edit.is_complete()


def test_digits_are_pasted_with_whatever_lies_between(qtbot: QtBot) -> None:
    edit = DigitsEdit(8, 6)
    qtbot.addWidget(edit)
    QApplication.clipboard().setText("123456-123456 123456\n123456 123456 123456 123456 12345٣6")
    QTest.keyClick(edit.boxes[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.digits() == "123456" * 8
    QApplication.clipboard().clear()


def test_backspace_goes_back_a_box(qtbot: QtBot) -> None:
    edit = DigitsEdit(2, 3)
    qtbot.addWidget(edit)
    edit.set_digits("123")
    QTest.keyClick(edit.boxes[1], Qt.Key.Key_Backspace)
    assert edit.digits() == "12"


def test_the_passphrase_is_covered_and_caps_lock_is_named(qtbot: QtBot) -> None:
    edit = PassphraseEdit()
    qtbot.addWidget(edit)
    edit.show()
    assert not edit.is_shown()
    QTest.keyClicks(edit.line, "a")
    assert edit.hint() == ""
    QTest.keyClick(edit.line, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    edit.line.clear()
    QTest.sendKeyEvent(QTest.KeyAction.Click, edit.line, Qt.Key.Key_B, "B", Qt.KeyboardModifier.NoModifier)
    assert "Caps Lock" in edit.hint()
    with qtbot.waitSignal(edit.submitted):
        QTest.keyClick(edit.line, Qt.Key.Key_Return)
    edit.clear()
    assert edit.text() == ""


def test_a_question_names_the_action(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    bar = ConfirmBar()
    QVBoxLayout(host).addWidget(bar)
    host.show()
    done: list[str] = []
    bar.ask("Delete the draft?", "Delete draft", lambda: done.append("deleted"), danger=True)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert done == []
    bar.ask("Send?", "Send now", lambda: done.append("sent"))
    press = next(one for one in bar._buttons if one.text() == "Send now")
    press.click()
    assert done == ["sent"]
    assert bar.isHidden()


def test_a_banner_without_a_parent_is_no_window(qtbot: QtBot) -> None:
    banner = Banner("Said")
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    host = QWidget()
    qtbot.addWidget(host)
    QVBoxLayout(host).addWidget(banner)
    host.show()
    assert banner.isVisible()
    banner.say("")
    assert not banner.isVisible()


def test_tiles_by_digit_and_arrows(qtbot: QtBot) -> None:
    grid = TileGrid([TileItem(name, name) for name in "abcdefgh"])
    qtbot.addWidget(grid)
    grid.show()
    with qtbot.waitSignal(grid.chosen) as chosen:
        QTest.keyClick(grid, Qt.Key.Key_3)
    assert chosen.args == ["c"]
    assert grid.current() == "c"
    with qtbot.waitSignal(grid.chosen) as chosen:
        QTest.mouseClick(grid.tiles[7], Qt.MouseButton.LeftButton)
    assert chosen.args == ["h"]
    with qtbot.assertNotEmitted(grid.chosen):
        QTest.keyClick(grid, Qt.Key.Key_9)


def test_wrapped_text_takes_the_height_it_needs(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    text = WrapLabel("word " * 60)
    QVBoxLayout(host).addWidget(text)
    host.resize(300, 100)
    host.show()
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()))
    narrow = text.heightForWidth(text.width())
    assert narrow > 100
    host.resize(900, 100)
    qtbot.waitUntil(lambda: text.minimumHeight() < narrow)


def test_the_timeline_says_itself_in_words(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_items(
        [TimelineItem("k", "2026-03-09", "Check-up", "at the centre", group="medical", group_word="Medical")]
    )
    index = timeline.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "9 March 2026. Medical. Check-up. at the centre"
    timeline.setCurrentIndex(index)
    assert timeline.current_key() == "k"
    with qtbot.waitSignal(timeline.opened) as opened:
        timeline.activated.emit(index)
    assert opened.args == ["k"]
    assert not timeline.grab().isNull()


def test_dates_in_three_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {}
    for language in i18n.LANGUAGES:
        monkeypatch.setattr(dates, "language", lambda language=language: language)
        said[language] = (dates.long_date("2026-03-09"), dates.month_and_year("2026-03"), dates.long_date("2026"))
    assert said == {
        "ru": ("9 марта 2026 г.", "Март 2026", "2026 г."),
        "be": ("9 сакавіка 2026 г.", "Сакавік 2026", "2026 г."),
        "en": ("9 March 2026", "March 2026", "2026"),
    }
    assert dates.short_date("2026-03-09") == "09.03.2026"
    assert dates.short_date("nonsense") == "nonsense"


def test_steps_of_a_grid() -> None:
    assert [step_for(largest) for largest in (0, 1, 7, 48, 280, 12_000)] == [1, 1, 2, 10, 100, 5000]


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_charts_draw_what_is_there_and_not_what_is_hidden(qtbot: QtBot) -> None:
    months = ["Jan", "Feb"]
    series = [Series("One", [3, 5], "#2f6fb2"), Series("Two", [None, None], "#a6467a")]
    image = picture(lambda canvas: paint_columns(canvas, months, series), 400, 260, 1.0)
    below_legend = colours(image.copy(0, 60, 400, 200))
    assert "#2f6fb2" in below_legend
    assert "#a6467a" not in below_legend
    chart = Chart("By month", summary(months, series), lambda canvas: paint_columns(canvas, [], []))
    qtbot.addWidget(chart)
    assert not chart.grab().isNull(), "no figures at all are drawn too"
    assert chart.accessibleDescription() == "Jan: 3; Feb: 5"


def test_a_pdf_is_neutral(qapp: QApplication) -> None:
    made = pdf_bytes("<h1>Лист восстановления</h1><p>123456</p>")
    assert made.startswith(b"%PDF-")
    assert re.findall(rb"/Author\s*\(([^)]*)\)", made) in ([], [b""])
    titles = re.findall(rb"/Title\s*\(([^)]*)\)", made)
    assert [title.replace(b"\x00", b"").replace(b"\\376\\377", b"").strip(b"\xfe\xff") for title in titles] == [
        b"Apora"
    ]


def test_a_long_chip_folds_only_where_there_is_no_room(qtbot: QtBot) -> None:
    chip = Chip("33 records: 6 on this laptop only, 27 sent with bundle 1", "ok")
    flow = Flow(6)
    flow.add(chip)
    qtbot.addWidget(flow)
    flow.resize(900, 100)
    flow.show()
    one_line = chip.height()
    assert one_line < 2 * chip.fontMetrics().height()
    flow.resize(200, 100)
    qtbot.waitUntil(lambda: chip.height() > one_line)
    assert chip.height() >= chip.heightForWidth(chip.width())
