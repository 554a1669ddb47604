"""After the recovery sheet is proved: who holds it says who she is, and learns her new passphrase.

Only here, behind the proof, do names stand on a page of the window before unlock.
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.screens.unlock.opener import Opener
from app.ui.widgets.buttons import button, link_button, primary_button
from app.ui.widgets.nested import column_in, row_in
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label


class NewPhrase(QWidget):
    """Who she is (not asked where one alone works here), the drawn phrase, and the phrase once more."""

    def __init__(self, opener: Opener) -> None:
        super().__init__()
        self._opener = opener
        self._phrase = ""
        opener.drawn.connect(self._show_phrase)
        self.names: dict[UUID, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._named)
        self.question = WrapLabel("", "field")
        self.told = WrapLabel(_("Only your passphrase is set anew; those of the others stay as they are."), "small")
        self.name_error = WrapLabel("", "error")
        self.phrase = WrapLabel("", "h2")
        self.again = PassphraseEdit(_("The new passphrase once more"))
        self.again.submitted.connect(self.submit)
        self.again_error = WrapLabel("", "error")
        self.open = primary_button(_("Set the passphrase and unlock"), "unlock", self.submit)
        self.back = link_button(_("Back to the passphrase"), opener.leave_sheet)
        self._lay_out()
        self._show_names()

    def begin(self) -> None:
        """Show who works here, and draw the new passphrase."""
        self._show_names()
        self.again.clear()
        for error in (self.name_error, self.again_error):
            error.hide()
        self._opener.draw()

    def end(self) -> None:
        """Nobody went on: no name stays."""
        self._show_names()
        self._show_phrase("")

    def member(self) -> UUID | None:
        """Who she says she is."""
        return next((uid for uid, radio in self.names.items() if radio.isChecked()), None)

    def submit(self) -> None:
        """Check what can be checked here, then set the passphrase and open the desk."""
        member = self.member()
        _tell(self.name_error, "" if member else _("Say who you are."))
        if member is None:
            next(iter(self.names.values()), self.again).setFocus()
            return
        same = self._phrase and _folded(self.again.text()) == _folded(self._phrase)
        wrong = _("This is not the new passphrase. Show what you have typed and mend it.")
        _tell(self.again_error, "" if same else wrong)
        if not same:
            self.again.line.setFocus()
            return
        self._opener.enter(member, self._phrase)
        self.show_busy()

    def refuse(self, sentence: str) -> None:
        """Say why the passphrase was not set."""
        self.show_busy()
        _tell(self.again_error, sentence)
        self.again.line.setFocus()

    def show_busy(self) -> None:
        """While the keys are derived, nothing can be changed."""
        busy = self._opener.busy
        words = _("Unlocking …") if busy else _("Set the passphrase and unlock")
        self.open.setText(words)
        self.open.setAccessibleName(words)
        for widget in (self.open, self.again, self.back, *self.names.values()):
            widget.setEnabled(not busy)

    def _show_names(self) -> None:
        for old in self.names.values():
            self._group.removeButton(old)
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        candidates = self._opener.sheet.candidates if self._opener.sheet is not None else ()
        self.names = {}
        for one in candidates:
            radio = QRadioButton(one.name.replace("&", "&&"))
            radio.setAccessibleName(one.name)
            self._group.addButton(radio)
            self._list.addWidget(radio)
            self.names[one.uid] = radio
        alone = len(candidates) == 1
        if alone:
            self.names[candidates[0].uid].setChecked(True)
        for radio in self.names.values():
            radio.setVisible(not alone)
        words = _("The new passphrase is for: {name}").format(name=candidates[0].name) if alone else _("Who are you?")
        self.question.setText(words)
        self.told.setVisible(not alone)
        self.setFocusProxy(self.again if alone or not self.names else next(iter(self.names.values())))

    def _named(self) -> None:
        self.name_error.hide()

    def _show_phrase(self, phrase: str) -> None:
        self._phrase = phrase
        self.phrase.setText(phrase)
        self.again.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("The sheet is right"), "h1"))
        column.addWidget(self.question)
        self._list = column_in(column)
        self._list.setSpacing(2)
        column.addWidget(self.told)
        column.addWidget(self.name_error)
        column.addWidget(label(_("Your new passphrase: learn these six words"), "field"))
        row = row_in(column)
        row.addWidget(self.phrase, 1)
        row.addWidget(button(_("Roll again"), "refresh", self._opener.draw), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(label(_("The new passphrase once more"), "field"))
        column.addWidget(self.again)
        column.addWidget(self.again_error)
        column.addWidget(self.open)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)


def _tell(where: WrapLabel, sentence: str) -> None:
    where.setText(sentence)
    where.setVisible(bool(sentence))


def _folded(phrase: str) -> list[str]:
    return phrase.casefold().replace("ё", "е").split()
