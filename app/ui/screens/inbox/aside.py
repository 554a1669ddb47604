"""Files that were refused and are kept: why, what to do, and two buttons for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _, ngettext
from app.ui import icons
from app.ui.exchange import verdict_words
from app.ui.exchange.moments import moment
from app.ui.widgets.buttons import button, ghost_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import column_in
from app.ui.widgets.text import WrapLabel, label
from app.usecases.receiving import AsideFile, Verdict

MOST: Final = 20
"""Rows drawn at once: so many can be looked after in a sitting; the rest follow when these are gone."""


class AsideCard(Card):
    """Hidden while nothing is set aside. ``again`` gives the ids to try, ``let_go`` one to delete.

    ``centres_wanted``: about two histories it is decided there; trying again would only raise the alarm once more.
    """

    again = Signal(list)
    let_go = Signal(int)
    centres_wanted = Signal()

    def __init__(self) -> None:
        self.all = button(_("Try all again"), "refresh")
        super().__init__(_("Set aside"), self.all)
        self.all.clicked.connect(self._all_again)
        self.add(
            WrapLabel(
                _(
                    "These files were not taken. They are kept here, sealed as they came, until they can be taken "
                    "or you let them go. They are part of nothing else."
                ),
                "sub",
            )
        )
        self._rows: list[AsideRow] = []
        self._files: list[AsideFile] = []
        self._column = column_in(self.body)
        self._column.setSpacing(8)
        self.more = WrapLabel("", "sub")
        self.add(self.more)
        self.hide()

    def rows(self) -> list[AsideRow]:
        """The rows shown now."""
        return list(self._rows)

    def show_files(self, files: Sequence[AsideFile]) -> None:
        """Show these, what is an alarm first."""
        if list(files) == self._files and self._rows:
            return
        self._files = list(files)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        ordered = sorted(files, key=lambda one: verdict_words.weight(one.answer))
        self._rows = [AsideRow(one) for one in ordered[:MOST]]
        for row in self._rows:
            row.again.clicked.connect(lambda _checked=False, one=row.file: self.again.emit([one.id]))
            row.decide.clicked.connect(self.centres_wanted.emit)
            row.drop.clicked.connect(lambda _checked=False, one=row.file: self.let_go.emit(one.id))
            self._column.addWidget(row)
        left = len(ordered) - MOST
        self.more.setText(ngettext("… and {count} more.", "… and {count} more.", left).format(count=left))
        self.more.setVisible(left > 0)
        self.all.setVisible(sum(_may_go_in(one) for one in files) > 1)
        self.setVisible(bool(files))

    def set_busy(self, *, busy: bool) -> None:
        """Nothing can be pressed while something is taken."""
        for press in (self.all, *(one for row in self._rows for one in (row.again, row.decide, row.drop))):
            press.setEnabled(not busy)

    def _all_again(self) -> None:
        self.again.emit([one.id for one in self._files if _may_go_in(one)])


class AsideRow(QFrame):
    """One file."""

    def __init__(self, file: AsideFile) -> None:
        super().__init__()
        self.file = file
        self.setProperty("kind", "row")
        verdict = Verdict("", False, file.answer, file.sentence)
        seen = verdict_words.look(verdict)
        title = _title(file)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(icons.icon_label(seen.icon, verdict_words.colour(seen.kind), 22), 0, Qt.AlignmentFlag.AlignTop)
        words = column_in(row, 1)
        words.setSpacing(2)
        head = Flow(8)
        head.add(label(title, "strong"))
        head.add(Chip(_(seen.word), seen.kind))
        words.addWidget(head)
        words.addWidget(WrapLabel(file.sentence))
        kept = "" if file.kept else _("The file itself could not be kept here: when it can be taken, bring it again.")
        came = _("Set aside on {moment}.").format(moment=moment(file.set_aside_at))
        words.addWidget(WrapLabel(f"{came} {kept}".strip(), "sub"))
        self.again = button(_("Try again"))
        self.decide = button(_("To the centres"), "centre")
        self.drop = ghost_button(_("Let go…"))
        presses = Flow(8)
        for press in (self.again, self.decide, self.drop):
            press.setAccessibleName(f"{press.text().strip()}: {title}")
            presses.add(press)
        # After they are added, which shows them.
        self.again.setVisible(_may_go_in(file))
        self.decide.setVisible(file.answer == verdict_words.FORK)
        words.addWidget(presses)
        self.setAccessibleName(". ".join((title, _(seen.word), file.sentence)))


def _may_go_in(file: AsideFile) -> bool:
    """Can trying again do anything? Not about two histories, and not with what is not here."""
    return file.kept and file.answer != verdict_words.FORK


def _title(file: AsideFile) -> str:
    if not file.sender:
        size = -(-file.size // 1024)
        return _("File of {size} KB").format(size=size) if size else _("File that is not kept")
    if not file.seq:
        return file.sender
    return _("{sender} · bundle {number}").format(sender=file.sender, number=file.seq)
