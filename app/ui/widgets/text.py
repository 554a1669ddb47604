"""Labels by role: h1, h2, h3, sub, small, field, kpi, strong, code, error, doubt, fine (see the style sheet)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import theme


def label(text: str, role: str = "") -> QLabel:
    """One line of plain text in ``role``. Text is never read as HTML: records may hold angle brackets."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def heading(text: str) -> QLabel:
    """The title of a screen."""
    return label(text, "h1")


def subheading(text: str) -> QLabel:
    """The title of a card or a section."""
    return label(text, "h2")


class WrapLabel(QLabel):
    """Text that wraps and takes the height it needs at its width, in any layout.

    A plain ``QLabel`` with word wrap tells its layout a height for a width that it will not have, and is then
    cut or floats in space; this one sets its minimum height again each time its width changes.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(theme.px(80))
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """Measured by ourselves: QLabel's answer is never less than the minimum height that is set below, so the
        label would keep the height of the narrowest width it ever had."""
        margins = self.contentsMargins()
        inner = max(1, width - margins.left() - margins.right())
        room = QRect(0, 0, inner, 1 << 20)
        flags = int(Qt.TextFlag.TextWordWrap) | int(self.alignment())
        needed = self.fontMetrics().boundingRect(room, flags, self.text()).height()
        return needed + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.minimumWidth())
        return QSize(width, max(0, self.heightForWidth(width)))

    def _fit(self) -> None:
        height = max(0, self.heightForWidth(max(self.width(), self.minimumWidth())))
        if height != self.minimumHeight():
            self.setMinimumHeight(height)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet reads, and have the widget drawn by it at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def show_when_placed(widget: QWidget, *, shown: bool) -> None:
    """Show or hide ``widget``; one without a parent is only unhidden later by its parent.

    ``setVisible(True)`` on a widget that is in no layout yet would open it as a window of its own.
    """
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        widget.setVisible(shown)
