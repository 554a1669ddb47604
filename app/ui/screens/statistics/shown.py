"""An answer on screen: why it cannot be told, or its tables with what their reader must know."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, language, translate
from app.reports import words
from app.reports.pack import Picture
from app.reports.paper.tongue import Tongue
from app.ui.figures.told_card import ToldCard
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card
from app.ui.widgets.nested import empty
from app.ui.widgets.text import WrapLabel
from app.usecases.statistics import Answer


class Shown(QWidget):
    """``show_answer`` replaces what was shown before."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.cards: list[ToldCard] = []

    def clear(self) -> None:
        """Show nothing."""
        self.cards = []
        empty(self._column)

    def show_answer(self, answer: Answer) -> None:
        """The tables, the main one first with its picture; a sentence where they cannot be told."""
        self.clear()
        say = Tongue(language())
        if answer.problem:
            self._column.addWidget(Banner(translate(answer.problem), "warn"))
            return
        for at, told in enumerate(answer.told):
            card = ToldCard(told, answer.picture if not at else Picture.NONE, say)
            self.cards.append(card)
            self._column.addWidget(card)
        self._column.addWidget(_about(answer, say))

    def words(self) -> str:
        """All that is said beside the tables, for tests and for those who hear it."""
        return "\n".join(line.text() for line in self.findChildren(WrapLabel) if not line.isHidden())


def _about(answer: Answer, say: Tongue) -> Card:
    """Over what was counted, who is left out, and until which bundle of each centre; gaps first."""
    card = Card(_("What is counted"))
    lines = [words.scope(answer.told[0].scope, say)] if answer.told else []
    left_out = [told.left_out for told in answer.told]
    if left_out:
        lines.append(words.left_out(None if None in left_out else max(one or 0 for one in left_out), say))
    if any(told.hidden for told in answer.told):
        lines.append(
            _("Hatched places are hidden: they are too small, or a small number could be worked out from them.")
        )
    until = sorted(answer.until, key=lambda one: not one.missing)
    lines += [words.until(one, say) for one in until]
    for line in filter(None, lines):
        card.add(WrapLabel(line, "small"))
    return card
