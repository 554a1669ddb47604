"""A small calendar that opens below a date's line; a press on a day takes it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from app.i18n import language
from app.ui import theme


class DayPicker(QFrame):
    """``picked`` gives ``2026-03-09``. It closes by itself."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, shown: str, today: dt.date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(language()))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Qt paints weekends red by itself: red is for errors here.
        plain = QTextCharFormat()
        plain.setForeground(QColor(theme.tokens().text))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        start = QDate.fromString(shown, "yyyy-MM-dd")
        self.calendar.setSelectedDate(start if start.isValid() else QDate(today.year, today.month, today.day))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)

    def show_below(self, widget: QWidget) -> None:
        """Open under ``widget``."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(day.toString("yyyy-MM-dd"))
        self.close()
