"""The window before unlock in which a backup is chosen and put in the store's place. It names nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, translate
from app.ui import errors, theme
from app.ui.dates import long_date
from app.ui.exchange.place_chooser import PlaceChooser
from app.ui.screens.restore.restorer import Restorer
from app.ui.screens.restore.secret import Secret
from app.ui.sizes import megabytes
from app.ui.widgets.buttons import link_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.text import WrapLabel, label

if TYPE_CHECKING:
    from app.usecases.restoring import BackupFound

WIDE = 600


class Restore(QWidget):
    """``Restore(restorer, back)``; what comes of it is told by ``restorer.opened`` and ``proved``."""

    def __init__(self, restorer: Restorer, back: Callable[[], object]) -> None:
        super().__init__()
        self._restorer = restorer
        self._looked: Path | None = None
        self.places = PlaceChooser(restorer.sticks, _("Where the backup lies"))
        self.places.changed.connect(self._look)
        self.backups = QComboBox()
        self.backups.setAccessibleName(_("Backup"))
        self.nothing = WrapLabel(_("No backup is found there."), "sub")
        self.secret = Secret()
        self.secret.submitted.connect(self.submit)
        self.aside = QCheckBox(_("Put the store that lies here aside. It is not deleted."))
        self.error = WrapLabel("", "error")
        self.phase = WrapLabel("", "sub")
        self.go = primary_button(_("Restore"), "undo", self.submit)
        self.back = link_button(_("Back"), back)
        self._lay_out()
        restorer.found.connect(self._show)
        restorer.refused.connect(self._refused)
        restorer.phased.connect(self._tell)
        restorer.ready.connect(self._warmed)
        self._show([])
        self._offer()

    def submit(self) -> None:
        """Check what can be checked here, then restore."""
        missing = self._missing()
        self._say(missing)
        if missing or self._restorer.busy:
            return
        backup, replace = Path(str(self.backups.currentData())), self.aside.isChecked()
        if self.secret.by_sheet:
            self._restorer.restore_by_sheet(backup, self.secret.groups(), replace=replace)
        else:
            self._restorer.restore(backup, self.secret.edit.text(), replace=replace)
        self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restorer.warm()

    def _missing(self) -> str:
        if self.backups.currentData() is None:
            return _("Choose where the backup lies.")
        if not self.aside.isHidden() and not self.aside.isChecked():
            return _("A store lies here already. Say that it may be put aside.")
        return self.secret.missing()

    def _warmed(self) -> None:
        self.aside.setVisible(self._restorer.store_is_here())
        self.places.refresh()
        self._look()

    def _look(self) -> None:
        place = self.places.place()
        if place is not None and place != self._looked:
            self._looked = place
            self._restorer.look(place)

    def _show(self, rows: Sequence[BackupFound]) -> None:
        self.backups.clear()
        for row in rows:
            day = long_date(row.made_on) if row.made_on else _("day not known")
            words = _("{day} · {name} · {size} MB").format(day=day, name=row.name, size=megabytes(row.size))
            self.backups.addItem(words, str(row.path))
        self.backups.setVisible(bool(rows))
        self.nothing.setVisible(not rows and self._looked is not None)
        if rows and not self.secret.isAncestorOf(QApplication.focusWidget() or self.secret):
            self.secret.setFocus()

    def _refused(self, error: BaseException) -> None:
        self._offer()
        self._say(errors.words(error).text)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _tell(self, phase: str) -> None:
        self.phase.setText(translate(phase))

    def _offer(self) -> None:
        busy = self._restorer.busy
        for widget in (self.go, self.back, self.secret, self.places, self.backups, self.aside):
            widget.setEnabled(not busy)
        self.phase.setVisible(busy)

    def _lay_out(self) -> None:
        card = Card()
        card.stand_alone(WIDE)
        card.body.setContentsMargins(theme.px(32), theme.px(28), theme.px(32), theme.px(28))
        told = _(
            "A backup holds what was on the laptop then. It opens with the passphrase or the recovery sheet of that "
            "time. For the coordinator this becomes a new laptop: afterwards give her the new card."
        )
        self.backups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for item in (label(_("Restore a backup"), "h1"), WrapLabel(told, "sub")):
            card.add(item)
        for below in (label(_("Where the backup lies"), "field"), self.places, self.backups, self.nothing):
            card.add(below)
        for last in (self.secret, self.aside, self.error, self.phase, self.go):
            card.add(last)
        card.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.aside.hide()
        self.error.hide()
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.addStretch(1)
        row.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        room = QScrollArea()
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(room)
        self.setAccessibleName(_("Restore a backup"))
        self.setFocusProxy(self.places.choose)
