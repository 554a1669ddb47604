"""The form at the left and the preview at the right, which goes along while the form is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.exchange.columns import Columns


class Beside(Columns):
    """``Beside(form, card)``. One below the other where there is little room; then the card stays where it is."""

    def __init__(self, form: QWidget, card: QWidget) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above = QWidget()
        self._above.setFixedHeight(0)
        column.addWidget(self._above)
        column.addWidget(card)
        column.addStretch(1)
        super().__init__(form, holder, (3, 2))
        self._form = form
        self._card = card
        self._holder = holder
        self._area: QScrollArea | None = None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, self._attach)
        return super().event(event)

    def _attach(self) -> None:
        above: QObject | None = self.parent()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parent()
        if isinstance(above, QScrollArea) and above is not self._area:
            self._area = above
            above.verticalScrollBar().valueChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Keep the card in sight: as far down as what is scrolled away, never below the form."""
        beside = self._holder.x() > self._form.x()
        gone = -self.mapTo(self._area.viewport(), QPoint(0, 0)).y() if self._area is not None else 0
        most = max(0, self._form.height() - self._card.sizeHint().height())
        wanted = min(max(0, gone), most) if beside else 0
        if self._above.height() != wanted:
            self._above.setFixedHeight(wanted)
