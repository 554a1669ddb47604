"""The field for a passphrase: shown on demand, with a word about Caps Lock and the keyboard layout.

Why the layout is named: the same keys give other letters in Latin and Cyrillic, and behind the dots one cannot
see it; it is the most frequent reason why a right passphrase does not open the store.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import icon
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.nested import row_in


class PassphraseEdit(QWidget):
    """``text()``, ``clear()``, ``changed`` and ``submitted`` (Enter)."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name or _("Passphrase"))
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.textEdited.connect(self.changed)
        self.line.returnPressed.connect(self.submitted)
        self.line.installEventFilter(self)
        self._eye = icon_button("eye", _("Show the passphrase"), self._turn)
        self._hint = Chip("", "warn")
        self._hint.hide()
        self._caps = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = row_in(column)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self._eye)
        column.addWidget(self._hint)
        self.setFocusProxy(self.line)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_hint)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the field and cover it again."""
        self.line.clear()
        if self.is_shown():
            self._turn()

    def is_shown(self) -> bool:
        """Can the passphrase be read on the screen now?"""
        return self.line.echoMode() == QLineEdit.EchoMode.Normal

    def hint(self) -> str:
        """What is said about Caps Lock and the layout now."""
        return "" if self._hint.isHidden() else self._hint.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                self._watch_caps(event)
            elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._show_hint()
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = not self._caps
        elif text.isalpha():
            # Qt does not tell the state of Caps Lock; a letter whose case disagrees with Shift does.
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = text.isupper() != shift
        self._show_hint()

    def _show_hint(self) -> None:
        parts = []
        if self._caps:
            parts.append(_("Caps Lock is on"))
        # Only Windows and macOS tell the layout by the locale of the input method; elsewhere it is a constant.
        if sys.platform != "linux" and self.line.hasFocus():
            name = QGuiApplication.inputMethod().locale().nativeLanguageName()
            parts.append(_("keyboard: {language}").format(language=name))
        self._hint.show_text(" · ".join(parts), "warn" if self._caps else "plain")

    def _turn(self) -> None:
        shown = self.is_shown()
        mode = QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal
        self.line.setEchoMode(mode)
        self._eye.setIcon(icon("eye" if shown else "eye-off"))
        name = _("Show the passphrase") if shown else _("Hide the passphrase")
        self._eye.setToolTip(name)
        self._eye.setAccessibleName(name)
