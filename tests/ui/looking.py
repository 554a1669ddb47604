"""What is wrong with a screen that is shown: controls without a name, cut words, poor contrast, English words.

Each check takes a widget that is on screen and answers sentences, none where all is well. They look at what Qt has
laid out and painted, not at how it was built, so that they hold for any screen there will ever be.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

import shiboken6
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from app import codelists
from app.ui.focus_order import takes_tab
from app.ui.printing.preview import PagesView
from app.ui.widgets.flow import Flow

TEXT: Final = 4.5
LARGE_TEXT: Final = 3.0
LARGE_PX: Final = 24
BOLD_LARGE_PX: Final = 18.5
"""WCAG 2.2, 1.4.3: 18 pt, or 14 pt bold, is large."""
_SLACK: Final = 1
_WIDEST_CELL: Final = 300

# Names (also of donors) and units that are the same in all three languages, keys of the keyboard, endings of files.
SAME_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "Apora USB PDF CSV JPEG PNG TXT KB MB CD4 HIV PEP AVPU ICD BMI SpO IOM EUR USD BYN RUB PLN UAH English "
        "Sida USAID ru be en RU BE EN Ctrl Enter Shift Alt Esc Tab Caps Lock Word Excel OpenDocument QR "
        "AGE SECRET KEY PQ XLSX Nextcloud https PEM SHA HTCDS CTDC CC BY Human Trafficking Case Data Standard",
    )
)
_CODE: Final = re.compile(
    r"\b\d{7}[A-Z]\d{3}[A-Z]{2}\d\b|\b[0-9A-Z]{4}-[0-9A-Z]{3}\b|\bF\d{1,2}\b|\b[0-9a-f]{12}\b|\S+\.[a-z]{2,4}\b"
)
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")


def shown(root: QWidget, kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    """All widgets of ``kind`` that can be seen or scrolled to."""
    for widget in root.findChildren(kind):
        if widget.isVisible():
            yield widget


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab can reach: enabled, visible, and not the stand-in for another."""
    return [widget for widget in shown(root) if widget.isEnabled() and takes_tab(widget)]


def unnamed(root: QWidget) -> list[str]:
    """Controls that a screen reader could only call "button" or "edit"."""
    found = []
    for widget in focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"no name: {told(widget)}")
    return found


def kept_items() -> list[str]:
    """Layouts of which Python keeps the items, also when Qt has deleted them (``app.ui.widgets.nested``)."""
    layouts = [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QLayout)]
    return [f"keeps its items: {type(one).__name__} in {_holder(one)}" for one in layouts if _keeps_items(one)]


def _keeps_items(layout: QLayout) -> bool:
    return any(isinstance(one, QLayoutItem) and not isinstance(one, QLayout) for one in gc.get_referents(layout))


def _holder(layout: QLayout) -> str:
    widget = layout.parentWidget()
    return told(widget) if widget is not None else "nothing"


def cut(root: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    found = [f"cut: {told(widget)}" for widget in shown(root) if _is_cut(widget)]
    found += [f"outside: {told(widget)}" for widget in shown(root) if _sticks_out(widget)]
    found += [f"squeezed: {told(flow)}" for flow in shown(root, Flow) if _is_squeezed(flow)]
    found += [
        f"scrolls sideways: {told(area)}"
        for area in shown(root, QScrollArea)
        # A sheet of paper that is shown as it will be printed has its own width.
        if isinstance(area, QScrollArea)
        and not isinstance(area, PagesView)
        and area.horizontalScrollBar().maximum() > 0
    ]
    return found


def _is_squeezed(flow: QWidget) -> bool:
    """Has it fewer rows than its widgets need?"""
    return flow.heightForWidth(flow.width()) > flow.height() + _SLACK


def _is_cut(widget: QWidget) -> bool:
    room = widget.contentsRect()
    match widget:
        case QLabel() if widget.text() and widget.wordWrap():
            return _wrapped_is_cut(widget, room)
        case QLabel() if widget.text():
            needed = max(widget.fontMetrics().horizontalAdvance(line) for line in widget.text().split("\n"))
            return needed > room.width() + _SLACK or widget.fontMetrics().height() > widget.height() + _SLACK
        case QComboBox():
            return _combo_is_cut(widget)
        case QAbstractButton() if widget.text():
            hint = widget.minimumSizeHint() if hasattr(widget, "item") else widget.sizeHint()
            return hint.width() > widget.width() + _SLACK or hint.height() > widget.height() + _SLACK
        case QLineEdit() if not widget.text() and widget.placeholderText():
            # Two pixels at either side belong to the line itself.
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 4
            margins = widget.textMargins()
            return needed > room.width() - margins.left() - margins.right() + _SLACK
        case QHeaderView():
            return _head_is_cut(widget)
        case QTableView():
            return _cells_are_cut(widget)
    return False


def _wrapped_is_cut(label: QLabel, room: QRect) -> bool:
    metrics = label.fontMetrics()
    flags = int(Qt.TextFlag.TextWordWrap) | int(label.alignment())
    needed = metrics.boundingRect(QRect(0, 0, max(1, room.width()), 1 << 20), flags, label.text())
    longest = max((metrics.horizontalAdvance(word) for word in re.findall(r"[^\s-]+-?", label.text())), default=0)
    # A pixel less for each line: a font says a little more height than its letters need.
    return needed.height() > room.height() + metrics.descent() or longest > room.width() + _SLACK


def _combo_is_cut(combo: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    sub = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, sub, combo)
    needed = combo.fontMetrics().horizontalAdvance(combo.currentText())
    return min(needed, _widest(combo)) > room.width() + _SLACK


def _head_is_cut(head: QHeaderView) -> bool:
    model = head.model()
    if head.orientation() != Qt.Orientation.Horizontal or model is None:
        return False
    for at in range(head.count()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        room = QRect(0, 0, max(1, head.sectionSize(at) - 8), 1 << 16)
        needed = QFontMetrics(head.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        if not head.isSectionHidden(at) and (needed.width() > room.width() or needed.height() > head.height()):
            return True
    return False


def _cells_are_cut(table: QTableView) -> bool:
    return any(
        table.columnWidth(at) < min(table.sizeHintForColumn(at), _widest(table))
        for at in range(table.model().columnCount())
        if not table.isColumnHidden(at)
    )


def _widest(widget: QWidget) -> float:
    """What is typed by people may be longer than any column: beyond this it may be shortened."""
    return _WIDEST_CELL * widget.fontMetrics().height() / 18


def _sticks_out(widget: QWidget) -> bool:
    """Beyond the edge of what holds it, where no scroll bar leads."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or not isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return False
    above = parent.parentWidget()
    if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
        return False
    return not parent.rect().adjusted(-2, -2, 2, 2).contains(widget.geometry())


def too_large(window: QWidget, width: int = 1024, height: int = 600) -> list[str]:
    """Does the screen ask for more than the smallest window has?"""
    hint = window.minimumSizeHint()
    if hint.width() > width or hint.height() > height:
        return [f"needs {hint.width()}x{hint.height()}: {told(window)}"]
    return []


def luminance(colour: int) -> float:
    """Relative luminance of ``0xRRGGBB``, WCAG 2.2."""
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: int, other: int) -> float:
    """The ratio of two colours."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def poor_contrast(window: QWidget) -> list[str]:
    """Texts whose painted letters do not stand out from what is painted behind them. What is off is exempt."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = image.devicePixelRatio()
    found = []
    for widget in shown(window):
        if not (isinstance(widget, QLabel | QAbstractButton) and widget.text() and widget.isEnabled()):
            continue
        seen = widget.visibleRegion().boundingRect()
        if seen != widget.rect():
            continue  # partly under the edge of what scrolls: its letters may be out of sight
        corner = widget.mapTo(window, seen.topLeft())
        area = QRect(corner, seen.size())
        painted = image.copy(
            QRect(
                round(area.x() * ratio),
                round(area.y() * ratio),
                round(area.width() * ratio),
                round(area.height() * ratio),
            )
        )
        best = _best_contrast(painted)
        font = widget.font()
        large = font.pixelSize() >= LARGE_PX or (font.bold() and font.pixelSize() >= BOLD_LARGE_PX)
        if best < (LARGE_TEXT if large else TEXT) - 0.1:
            found.append(f"contrast {best:.1f}: {told(widget)}")
    return found


def _best_contrast(image: QImage) -> float:
    """How far the farthest colour is from the most frequent one: letters are few pixels on much ground."""
    row = image.bytesPerLine() // 4
    pixels = memoryview(image.constBits()).cast("I")
    counted: Counter[int] = Counter()
    for y in range(image.height()):
        counted.update(pixels[y * row : y * row + image.width()])
    if not counted:
        return 21.0
    ground = counted.most_common(1)[0][0] & 0xFFFFFF
    return max(contrast(ground, colour & 0xFFFFFF) for colour in counted)


def left_in_english(window: QWidget) -> list[str]:
    """Latin words on a screen that is shown in Russian or Belarusian."""
    found: set[str] = set()
    for widget in shown(window):
        # A paper speaks the language of the person who will hold it.
        on_paper = any(isinstance(one, PagesView) for one in (widget, *_ancestors(widget)))
        for text in () if on_paper else _texts(widget):
            if text.removesuffix(".").endswith(_english_names()):
                continue  # the name of an organisation in English, which its card tells beside the others
            words = [word for word in _LATIN.findall(_CODE.sub(" ", text)) if word not in SAME_WORDS]
            if words:
                found.add(f"not translated: {text.strip()[:80]!r}")
    return sorted(found)


@cache
def _english_names() -> tuple[str, ...]:
    return tuple(entry.labels["en"] for entry in codelists.get("agencies") if len(entry.labels["en"]) > 4)


def _texts(widget: QWidget) -> Iterator[str]:
    """Everything a widget says, also to a screen reader."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QLineEdit():
            yield widget.placeholderText()
        case QHeaderView() if widget.orientation() == Qt.Orientation.Horizontal and widget.model() is not None:
            yield from (
                str(widget.model().headerData(at, widget.orientation()) or "") for at in range(widget.count())
            )
        case QAbstractItemView() if not isinstance(widget, QHeaderView) and widget.model() is not None:
            model = widget.model()
            for row in range(min(model.rowCount(), 40)):
                yield from (str(model.index(row, at).data() or "") for at in range(_columns(model)))


def _columns(model: QAbstractItemModel) -> int:
    # A list model of Qt keeps its own answer to itself.
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def off_the_tab_order(window: QWidget) -> list[str]:
    """Controls that Tab does not reach, or reaches twice on one round."""
    wanted = {id(widget): widget for widget in focusable(window)}
    if not wanted:
        return ["nothing to reach by Tab"]
    seen: Counter[int] = Counter()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window), "only the active window has a focus"
    next(iter(wanted.values())).setFocus(Qt.FocusReason.TabFocusReason)
    first = QApplication.focusWidget()
    for _step in range(2 * len(wanted) + 5):
        now = QApplication.focusWidget()
        if now is None or (seen and now is first):
            break
        seen[id(now)] += 1
        QTest.keyClick(now, Qt.Key.Key_Tab)
    missed = [f"not reached by Tab: {told(widget)}" for key, widget in wanted.items() if not seen[key]]
    return missed + [
        f"reached twice: {told(wanted[key])}" for key, count in seen.items() if count > 1 and key in wanted
    ]


def told(widget: QWidget) -> str:
    """Which widget it is, for whoever has to mend it."""
    text = getattr(widget, "text", None)
    said = str(text())[:60] if callable(text) else ""
    above = [type(one).__name__ for one in _ancestors(widget)][:4]
    size = f"{widget.width()}x{widget.height()}"
    return f"{type(widget).__name__} {said!r} ({widget.accessibleName()[:40]}) {size} in {' < '.join(above)}"


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()
