"""The window before unlock: a calm card in the middle. It shows names only behind the proof of the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import errors, theme
from app.ui.screens.unlock.by_passphrase import ByPassphrase
from app.ui.screens.unlock.by_sheet import BySheet
from app.ui.screens.unlock.new_phrase import NewPhrase
from app.ui.screens.unlock.opener import Opener
from app.ui.widgets.card import Card
from app.ui.widgets.nested import row_in

_NARROW, _WIDE = 420, 540


class Unlock(QWidget):
    """``Unlock(opener)``. What comes of it is told by ``opener.opened``; ``restore`` leads to restoring a backup."""

    def __init__(self, opener: Opener, restore: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._opener = opener
        self._painted = False
        self.by_passphrase = ByPassphrase(opener)
        self.by_sheet = BySheet(opener)
        self.new_phrase = NewPhrase(opener)
        self.by_passphrase.forgotten.clicked.connect(self.show_sheet)
        self.by_passphrase.restore.setHidden(restore is None)
        self._restore = restore
        self.by_passphrase.restore.clicked.connect(self._ask_restore)
        self.by_sheet.back.clicked.connect(self.show_passphrase)
        self._card = Card()
        # Not a stack: the card is as high as what it shows now, not as its highest page.
        self._card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self._card.body.setContentsMargins(theme.px(32), theme.px(28), theme.px(32), theme.px(28))
        self._card.add(self.by_passphrase)
        self._card.add(self.by_sheet)
        self._card.add(self.new_phrase)
        self._lay_out()
        opener.proved.connect(self._proved)
        opener.refused.connect(self._refused)
        self.setAccessibleName(_("Locked"))
        self.show_passphrase()
        if opener.sheet is not None:
            self._proved()

    def show_passphrase(self) -> None:
        """Ask for the passphrase."""
        self._turn(self.by_passphrase, _NARROW)

    def show_sheet(self) -> None:
        """Ask for the recovery sheet."""
        self._turn(self.by_sheet, _WIDE)

    def _ask_restore(self) -> None:
        if self._restore is not None:
            self._restore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The window would give the focus to its first button.
        QTimer.singleShot(0, self, self._focus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # Only now, when the field can be typed into, the libraries of the store are brought in.
            QTimer.singleShot(0, self, self._opener.warm)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addStretch(2)
        row = row_in(column)
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        column.addStretch(3)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(room)

    def _turn(self, shown: QWidget, width: float) -> None:
        for page in self._pages:
            page.setVisible(page is shown)
        self._card.stand_alone(width)
        self._focus()

    @property
    def _pages(self) -> tuple[QWidget, ...]:
        return (self.by_passphrase, self.by_sheet, self.new_phrase)

    def _focus(self) -> None:
        shown = next(page for page in self._pages if not page.isHidden())
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _proved(self) -> None:
        self.by_sheet.clear()
        if self._opener.sheet is None:
            self.new_phrase.end()
            self.show_passphrase()
        else:
            self.new_phrase.begin()
            self._turn(self.new_phrase, _WIDE)

    def _refused(self, error: BaseException) -> None:
        sentence = errors.words(error).text
        if not self.new_phrase.isHidden():
            self.new_phrase.refuse(sentence)
        elif not self.by_sheet.isHidden():
            self.by_sheet.refuse(error, sentence)
        else:
            self.by_passphrase.refuse(sentence)
