"""The top bar: one search box for everything, the main button, lock, and language, theme, size of text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import button, icon_button, primary_button
from app.ui.widgets.menu_button import MenuButton
from app.ui.widgets.search_line import SearchLine
from app.ui.widgets.text import label, show_when_placed

WITH_NAME: Final = 1200
WITH_WORDS: Final = 760
LANGUAGE_NAMES = (("ru", "Русский"), ("be", "Беларуская"), ("en", "English"))


class TopBar(QFrame):
    """Signals only; the window decides what they do."""

    searched = Signal(str)
    search_entered = Signal(str)
    record_pressed = Signal()
    lock_pressed = Signal()
    help_pressed = Signal()
    language_chosen = Signal(str)
    theme_pressed = Signal()
    larger_pressed = Signal()
    smaller_pressed = Signal()

    def __init__(self, language: str, who: str = "", record: str = "", search_hint: str = "") -> None:
        super().__init__()
        self.setObjectName("top")
        find = _("Find")
        hints = [_("{what}  (Ctrl+K)").format(what=what) for what in (search_hint, find) if what]
        self.search = SearchLine(search_hint or find, [*hints, find])
        self.search.setMaximumWidth(theme.px(470))
        self.search.setMinimumWidth(theme.px(110))
        self.search.textEdited.connect(self.searched)
        self.search.returnPressed.connect(self._entered)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        self.record = primary_button(record or _("Record help"), "plus", self.record_pressed.emit)
        show_when_placed(self.record, shown=bool(record))
        self._who = label(who, "sub")
        show_when_placed(self._who, shown=bool(who))
        row.addWidget(self._who)
        row.addWidget(self.record)
        self._look = icon_button("sun" if theme.current().dark else "moon", "", self.theme_pressed.emit)
        name = _("Light colours (F11)") if theme.current().dark else _("Dark colours (F11)")
        self._look.setToolTip(name)
        self._look.setAccessibleName(name)
        self._help = icon_button("question", _("Help (F1)"), self.help_pressed.emit)
        self._lock = button(_("Lock"), "lock", self.lock_pressed.emit)
        self._keys = {self.record: "Ctrl+N", self._lock: "F12"}
        for press in (self._look, self._help, self._lock):
            # A click leaves the hand in the field it was in: after a lock, or in another look, one goes on there.
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for one in (self._language_button(language), self._look, self._size_button(), self._help, self._lock):
            row.addWidget(one)

    def fold(self, room: int) -> None:
        """Make do with ``room`` pixels (at 100 %): first without the member of staff, then with icons alone."""
        self._who.setVisible(bool(self._who.text()) and room >= WITH_NAME)
        words = room >= WITH_WORDS
        for press in (self.record, self._lock):
            press.setText(f" {press.accessibleName()}" if words else "")
            press.setToolTip(f"{press.accessibleName()} ({self._keys[press]})")
        self._look.setVisible(words)

    def _language_button(self, language: str) -> MenuButton:
        menu = MenuButton(language.upper(), _("Language"))
        for code, name in LANGUAGE_NAMES:
            entry = menu.choices.addAction(name)
            entry.setData(code)
            entry.setCheckable(True)
            entry.setChecked(code == language)
        menu.picked.connect(self.language_chosen)
        return menu

    def _size_button(self) -> MenuButton:
        menu = MenuButton("", _("Size of text"), "text-size")
        menu.choices.addAction(_("Larger text (Ctrl +)")).setData("larger")
        menu.choices.addAction(_("Smaller text (Ctrl −)")).setData("smaller")
        menu.picked.connect(self._sized)
        return menu

    def _sized(self, which: str) -> None:
        (self.larger_pressed if which == "larger" else self.smaller_pressed).emit()

    def _entered(self) -> None:
        self.search_entered.emit(self.search.text().strip())
