"""A list of verdicts: icon, whose bundle, the word, what to do. Problems stand first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import icons
from app.ui.exchange import verdict_words
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import column_in, empty
from app.ui.widgets.text import WrapLabel, label
from app.usecases.receiving import Verdict

MOST: Final = 60
"""Rows drawn at once. Problems come first, so what is cut is only ever "taken in" or "nothing new"."""


class VerdictRow(QFrame):
    """One bundle."""

    def __init__(self, verdict: Verdict, *, inspected: bool = False) -> None:
        super().__init__()
        self.verdict = verdict
        seen = verdict_words.look(verdict, inspected=inspected)
        self.setProperty("kind", "row")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(icons.icon_label(seen.icon, verdict_words.colour(seen.kind), 22), 0, Qt.AlignmentFlag.AlignTop)
        words = column_in(row, 1)
        words.setSpacing(2)
        head = Flow(8)
        head.add(label(verdict_words.title(verdict), "strong"))
        head.add(Chip(_(seen.word), seen.kind))
        words.addWidget(head)
        told = verdict_words.flagged(verdict.flagged) if inspected else ""
        for text, role in ((verdict.sentence, ""), (told, "sub")):
            if text:
                words.addWidget(WrapLabel(text, role))
        said = (verdict_words.title(verdict), _(seen.word), verdict.sentence, told)
        self.setAccessibleName(". ".join(part for part in said if part))


class VerdictList(QWidget):
    """``show_verdicts`` replaces the list."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[VerdictRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_verdicts(self, verdicts: Sequence[Verdict], *, inspected: bool = False) -> None:
        """Show ``verdicts``, problems first, at most as many rows as one can read."""
        empty(self._column)
        ordered = verdict_words.in_order(verdicts)
        self._rows = [VerdictRow(verdict, inspected=inspected) for verdict in ordered[:MOST]]
        for row in self._rows:
            self._column.addWidget(row)
        if (rest := len(ordered) - MOST) > 0:
            more = ngettext("… and {count} more.", "… and {count} more.", rest)
            self._column.addWidget(label(more.format(count=rest), "sub"))

    def rows(self) -> list[VerdictRow]:
        """The rows shown now."""
        return list(self._rows)
