"""Steps about the passphrase: six drawn words, shown and rolled again; then typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.i18n import _
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Question, Step
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label


class PassphraseStep(Step):
    """Shows the phrase. It can be rolled again but not edited: an edited phrase is no longer drawn by chance."""

    def __init__(self, draft: Draft, new_passphrase: Callable[[], str]) -> None:
        super().__init__(
            draft,
            _("Your passphrase"),
            _("Six words open this laptop's records. Learn them; a short story that holds the six words helps."),
        )
        self._new = new_passphrase
        self._words = Flow(8)
        self._labels: list[QLabel] = []
        card = Card()
        card.add(self._words)
        self.body.addWidget(card)
        row = row_in(self.body)
        row.addWidget(button(_("Roll again"), "refresh", self.roll))
        row.addStretch(1)
        advice = _(
            "Write the words down only until you know them, keep the paper on you and destroy it then. "
            "Nobody can tell you the passphrase again; the recovery sheet that comes next is the only other way in."
        )
        self.body.addWidget(WrapLabel(advice, "sub"))
        self.body.addStretch(1)
        if draft.passphrase:
            self._show()
        else:
            self.roll()

    def roll(self) -> None:
        """Draw another phrase."""
        self.draft.passphrase, self.draft.typed_phrase = self._new(), ""
        self._show()

    def _show(self) -> None:
        for old in self._labels:
            self._words.flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = []
        for number, word in enumerate(self.draft.passphrase.split(), 1):
            shown = label(f"{number}  {word}", "h2")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            shown.setAccessibleName(_("Word {number}: {word}").format(number=number, word=word))
            shown.setContentsMargins(0, 4, 18, 4)
            self._labels.append(shown)
            self._words.add(shown)


class TypedBackStep(Step):
    """The phrase is typed back, so that nobody makes a store that she cannot open."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            draft,
            _("Type the passphrase back"),
            _("Capital letters do not matter, nor do е and ё. Go back to see the words once more."),
        )
        self.verb = _("Set up this laptop")
        self.edit = PassphraseEdit(_("Passphrase"))
        self.edit.line.setText(draft.typed_phrase)
        self.edit.line.textChanged.connect(self._keep)
        self.question = Question(_("The six words"), self.edit)
        self.body.addWidget(self.question)
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        return self.edit

    def accept(self) -> bool:
        wrong = wrong_words(self.edit.text(), self.draft.passphrase)
        self.question.problem(wrong)
        return not wrong

    def _keep(self, typed: str) -> None:
        self.draft.typed_phrase = typed


def wrong_words(typed: str, phrase: str) -> str:
    """What differs between what was typed and the phrase, in words; nothing where they are the same."""
    got, wanted = _folded(typed), _folded(phrase)
    if not got:
        return _("Please type the six words.")
    if len(got) != len(wanted):
        return _("There are {wanted} words in the passphrase; {got} are typed.").format(
            wanted=len(wanted), got=len(got)
        )
    wrong = [str(at) for at, pair in enumerate(zip(got, wanted, strict=True), 1) if pair[0] != pair[1]]
    return (
        _("Not the same: word {numbers}. Show what you have typed and mend it.").format(numbers=", ".join(wrong))
        if wrong
        else ""
    )


def _folded(phrase: str) -> list[str]:
    return phrase.casefold().replace("ё", "е").split()
