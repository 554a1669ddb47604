"""The usual way in: the passphrase, and nothing else is asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui import icons, theme
from app.ui.screens.unlock.opener import Opener
from app.ui.widgets.buttons import link_button, primary_button
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label, restyle


class ByPassphrase(QWidget):
    """One field and one button."""

    def __init__(self, opener: Opener) -> None:
        super().__init__()
        self._opener = opener
        self.edit = PassphraseEdit(_("Passphrase"))
        self.edit.submitted.connect(self.submit)
        self.edit.changed.connect(self._typed)
        self.error = WrapLabel("", "error")
        self.error.hide()
        self.open = primary_button(_("Unlock"), "unlock", self.submit)
        self.forgotten = link_button(_("Passphrase forgotten? Use the recovery sheet"))
        self.restore = link_button(_("Restore a backup"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(icons.icon_label("lock", theme.tokens().accent_text, 34))
        column.addWidget(label(_("Locked"), "h1"))
        column.addSpacing(4)
        column.addWidget(label(_("Passphrase"), "field"))
        column.addWidget(self.edit)
        column.addWidget(self.error)
        column.addWidget(self.open)
        column.addSpacing(4)
        column.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        # As true where one works alone: this window must not know how many there are.
        told = _("A colleague who has a passphrase here can unlock too, and set a new one together with you.")
        column.addWidget(WrapLabel(told, "small"))
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.edit)
        self.show_busy()

    def submit(self) -> None:
        """Try what was typed."""
        if not self.edit.text().strip():
            self.refuse(_("Type the passphrase."))
            return
        self._opener.unlock(self.edit.text())
        self.show_busy()

    def refuse(self, sentence: str) -> None:
        """Say why it stays locked; what was typed stays, selected, so that it can be looked at or typed over."""
        self.show_busy()
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        restyle(self.edit.line, "invalid", bool(sentence))
        self.edit.line.setFocus()
        self.edit.line.selectAll()

    def show_busy(self) -> None:
        """The keys take one to two seconds to derive: the button says so meanwhile."""
        busy = self._opener.busy
        words = _("Unlocking …") if busy else _("Unlock")
        self.open.setText(words)
        self.open.setAccessibleName(words)
        self.open.setEnabled(not busy)
        self.edit.setEnabled(not busy)
        self.forgotten.setEnabled(not busy)
        self.restore.setEnabled(not busy)

    def _typed(self) -> None:
        self.error.hide()
        restyle(self.edit.line, "invalid", value=False)
