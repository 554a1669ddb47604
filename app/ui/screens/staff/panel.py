"""The panel in which a passphrase is chosen: six drawn words, learnt and typed back by the one whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.i18n import _
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label, restyle

LONGEST_NAME = 120


class PassphrasePanel(Card):
    """``closed`` when it is put away. Which questions it asks depends on how it was opened."""

    closed = Signal()

    def __init__(self, draw: Callable[[], str], roles: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._draw = draw
        self._accept: Callable[[], object] | None = None
        self.heading = label("", "h2")
        self.told = WrapLabel("", "sub")
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(_("Name"))
        self.role = QComboBox()
        self.role.setAccessibleName(_("What she or he does here"))
        for code, words in roles:
            self.role.addItem(words, code)
        self.present = PassphraseEdit(_("Your present passphrase"))
        self.phrase = WrapLabel("", "h2")
        self.phrase.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.again = PassphraseEdit(_("The new passphrase once more"))
        self.again.submitted.connect(self.submit)
        self.error = WrapLabel("", "error")
        self.save = primary_button(_("Set the passphrase"), "key", self.submit)
        self.leave = button(_("Leave as it is"), "", self.put_away)
        self._lay_out()
        self.hide()

    def open_for_new(self, accept: Callable[[], object]) -> None:
        """Ask for a new member of staff."""
        told = _("The new colleague sits at the keyboard now, learns the six words and types them back.")
        self._open(_("New member of staff"), told, accept, naming=True)
        self.name.setFocus()

    def open_for_colleague(self, name: str, accept: Callable[[], object]) -> None:
        """Ask for a colleague's new passphrase."""
        told = _("{name} sits at the keyboard now, learns the six words and types them back.").format(name=name)
        self._open(_("New passphrase for {name}").format(name=name), told, accept)
        self.again.line.setFocus()

    def open_for_me(self, accept: Callable[[], object]) -> None:
        """Ask for my own."""
        told = _("Learn the six words and type them back. Your present passphrase opens nothing after that.")
        self._open(_("Change my passphrase"), told, accept, present=True)
        self.present.line.setFocus()

    def submit(self) -> None:
        """Check what can be checked here, then hand over."""
        if self.name_asked() and not self.name.text().strip():
            self.refuse(_("Type the name."), self.name)
        elif _folded(self.again.text()) != _folded(self.phrase.text()):
            sentence = _("This is not the new passphrase. Show what you have typed and mend it.")
            self.refuse(sentence, self.again.line)
        elif self._accept is not None:
            self.refuse("")
            self.busy(True)
            self._accept()

    def refuse(self, sentence: str, where: QLineEdit | None = None) -> None:
        """Say why not; what was typed stays."""
        self.busy(False)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        for edit in (self.name, self.again.line):
            restyle(edit, "invalid", edit is where)
        if where is not None:
            where.setFocus()

    def busy(self, on: bool) -> None:
        """The key is being derived: one to two seconds."""
        self.save.setEnabled(not on)
        self.save.setText(_("Setting …") if on else _("Set the passphrase"))

    def put_away(self) -> None:
        """Forget everything that was typed."""
        for edit in (self.present, self.again):
            edit.clear()
        self.phrase.setText("")
        self.name.clear()
        self._accept = None
        self.hide()
        self.closed.emit()

    def name_asked(self) -> bool:
        """Is it a new member of staff?"""
        return not self._naming.isHidden()

    def roll(self) -> None:
        """Draw other words."""
        self.phrase.setText(self._draw())
        self.again.clear()

    def _open(
        self, heading: str, told: str, accept: Callable[[], object], *, naming: bool = False, present: bool = False
    ) -> None:
        self.put_away()
        self._accept = accept
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.told.setText(told)
        self._naming.setVisible(naming)
        self._presenting.setVisible(present)
        self.refuse("")
        self.roll()
        self.show()

    def _lay_out(self) -> None:
        self._naming = _column((label(_("Name"), "field"), self.name, label(_("Work"), "field"), self.role))
        self._presenting = _column((label(_("Your present passphrase"), "field"), self.present))
        presses = Flow(8)
        presses.add(self.save)
        presses.add(self.leave)
        for item in (self.heading, self.told, self._naming, self._presenting):
            self.add(item)
        self.add(label(_("The new passphrase: six words to learn"), "field"))
        words = row_in(self.body)
        words.addWidget(self.phrase, 1)
        words.addWidget(button(_("Roll again"), "refresh", self.roll), 0, Qt.AlignmentFlag.AlignTop)
        self.add(label(_("The new passphrase once more"), "field"))
        for item in (self.again, self.error, presses):
            self.add(item)


def _column(items: Sequence[QWidget]) -> QWidget:
    card = Card()
    card.setProperty("kind", "")
    card.body.setContentsMargins(0, 0, 0, 0)
    for item in items:
        card.add(item)
    return card


def _folded(phrase: str) -> list[str]:
    return phrase.casefold().replace("ё", "е").split()
