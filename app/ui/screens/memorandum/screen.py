"""The memoranda: which oblasts have one, what it says, and who its parties are since when."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app.i18n import _
from app.ui.dates import short_date
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.usecases.partners import MemorandumRow, Partners

_ANSWERS = {"yes": True, "no": False}


class MemorandumScreen(Page):
    """``MemorandumScreen(desk, partners)``; at a centre it is read, the coordinator also writes."""

    def __init__(self, desk: Desk, partners: Partners) -> None:
        super().__init__(_("Memorandum"), _("Who has agreed to work together, by oblast"))
        self._desk = desk
        self._partners = partners
        self._rows: tuple[MemorandumRow, ...] = ()
        self.add_action(ghost_button(_("Back (Esc)"), "", desk.back))
        self.new = primary_button(_("New memorandum"), "plus", partial(desk.go, "memorandum_edit"))
        self.change = button(_("Change"), "pencil", self._change)
        if partners.may_change:
            self.add_action(self.change)
            self.add_action(self.new)
        words = (
            _("Write down the memorandum of an oblast with its parties: all centres will see it.")
            if partners.may_change
            else _("The memoranda come with the receipts of the coordinator.")
        )
        self.nothing = EmptyState("document", _("No memorandum is written down yet"), words)
        self.listed = Card()
        self.table = PlainTable(_("Memoranda"), most_lines=4)
        self.table.picked.connect(lambda _row: self._show_chosen())
        self.table.activated.connect(lambda _index: self._change())
        self.listed.add(self.table)
        self.about = Card(_("What it says"))
        self.facts = KeyValue()
        self.about.add(self.facts)
        self.parties = Card(_("Parties"))
        self.members = PlainTable(_("Parties"), most_lines=12)
        self.members.activated.connect(lambda _index: self._open_party())
        self.parties.add(self.members)
        self.add(self.nothing, 1)
        for card in (self.listed, self.about, self.parties):
            self.add(card)
        self.body.addStretch(1)

    def entered(self) -> None:
        self._rows = self._partners.memoranda()
        for card in (self.listed, self.about, self.parties):
            card.setVisible(bool(self._rows))
        self.nothing.setVisible(not self._rows)
        self.change.setEnabled(bool(self._rows))
        heads = (
            Head(_("Oblast"), wide=True),
            Head(_("Signed on")),
            Head(_("Version")),
            Head(_("Parties today"), number=True),
            Head(_("Invited"), number=True),
        )
        lines = [
            Line((_whose(one.oblast), short_date(one.signed_on), one.version, str(one.parties), str(one.invited)))
            for one in self._rows
        ]
        self.table.show_lines(heads, lines)
        if lines and self.table.row() < 0:
            self.table.selectRow(0)
        self._show_chosen()
        if lines:
            self.table.setFocus()

    def snapshot(self) -> Mapping[str, object]:
        return {"row": self.table.row()}

    def restore(self, state: Mapping[str, object]) -> None:
        row = state.get("row")
        if isinstance(row, int) and 0 <= row < len(self._rows):
            self.table.selectRow(row)

    def _chosen(self) -> MemorandumRow | None:
        row = self.table.row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _show_chosen(self) -> None:
        if (one := self._chosen()) is None:
            return
        values = self._partners.memorandum(one.oblast)
        confidential = _ANSWERS.get(str(values.get("confidentiality")))
        article = {True: _("yes"), False: _("no"), None: ""}[confidential]
        self.facts.show_rows(
            (
                (_("Article on confidentiality"), article),
                (_("Refers to"), "\n".join(str(row["reference"]) for row in values.get("references", ()))),
                (_("SHA-256 of the signed document"), str(values.get("sha256", ""))),
            )
        )
        self.about.setVisible(any(values.get(name) for name in ("confidentiality", "references", "sha256")))
        heads = (Head(_("Organisation"), wide=True), Head(_("State")), Head(_("Joined on")), Head(_("Left on")))
        self._members = [row for row in values.get("parties", ()) if row.get("agency")]
        lines = [
            Line(
                (
                    coded("agencies", row["agency"]),
                    coded("mou_status", row.get("status")),
                    short_date(str(row.get("joined", ""))),
                    short_date(str(row.get("left", ""))),
                )
            )
            for row in self._members
        ]
        self.members.show_lines(heads, lines)

    def _open_party(self) -> None:
        if 0 <= (at := self.members.row()) < len(self._members):
            self._desk.go("partner", code=str(self._members[at]["agency"]))

    def _change(self) -> None:
        if self._partners.may_change and (one := self._chosen()) is not None:
            self._desk.go("memorandum_edit", oblast=one.oblast)


def _whose(oblast: str) -> str:
    return coded("oblasts", oblast) or _("the whole country")
