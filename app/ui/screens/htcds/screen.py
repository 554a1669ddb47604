"""The spreadsheet of HTCDS 2.0: a file for one receiver after a plain warning; a filled workbook, looked at first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.i18n import _, language, ngettext
from app.ui.exchange import choosing
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.taking_page import LeaveOut, TakingPage
from app.ui.exchange.work import Ticker
from app.ui.forms.editor import CalmCombo
from app.ui.printing.pdf import keep_file
from app.ui.routes import Desk
from app.ui.screens.htcds.rows import Rows
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import flow_of
from app.ui.widgets.text import WrapLabel, label
from app.usecases.htcds import OURSELVES, WARNING, Htcds, Opened, Outlook
from app.usecases.taking_in import Choices, Done, Plan


class HtcdsScreen(TakingPage):
    """At the coordinator's both ways; at a centre only in."""

    def __init__(self, desk: Desk, htcds: Htcds) -> None:
        super().__init__(
            desk, _("People as an HTCDS spreadsheet"), _("Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0)")
        )
        self._htcds = htcds
        self._opened: Opened | None = None
        self._register = ""
        self.add_fixed(self.work)
        self.out = self._out_card()
        self.in_ = self._in_card()
        self.preview = self._preview_card()
        self.out.setVisible(htcds.may_export)
        for card in (self.out, self.in_, self.preview):
            self.add(card)
        self.body.addStretch(1)
        self.preview.hide()

    def entered(self) -> None:
        """Who may receive a file is read anew."""
        if self._htcds.may_export:
            self._fill_receivers()
            self.look_out()

    def look_out(self) -> None:
        """Say what a file for the chosen receiver would hold."""
        htcds, receiver = self._htcds, str(self.receiver.currentData())
        self.agreed.setChecked(False)
        self.outlook.setText("")
        self.run(_("Looking who may leave…"), lambda _ticker: htcds.look(receiver), self._foreseen)

    def ask_where(self) -> None:
        """Where to write. The name of the file says nothing of what is in it."""
        choosing.choose_new_file(self, _("Write the file"), "cases.xlsx", self.write_to)

    def write_to(self, file: Path) -> None:
        """Note in the audit log who leaves, and write the file whole or not at all."""
        htcds, receiver, tongue = self._htcds, str(self.receiver.currentData()), language()
        target = file.with_suffix(".xlsx")

        def work(_ticker: Ticker) -> tuple[str, Outlook]:
            content, outlook = htcds.export(receiver, tongue)
            keep_file(target, content)
            return target.name, outlook

        self.run(_("Writing the file…"), work, self._written)

    def open_file(self, paths: Sequence[Path]) -> None:
        """Read a filled workbook, and show what would become of each row."""
        htcds, path = self._htcds, paths[0]
        self._choices, self._register = Choices(), path.stem
        self.run(_("Reading the file…"), lambda _ticker: htcds.open(path), self._read)

    def look(self) -> None:
        htcds, opened, register, choices = self._htcds, self._opened, self._register, self._choices
        if opened is not None:
            self.run(
                _("Looking at each row…"),
                lambda ticker: htcds.plan(opened, register, choices, ticker.progress),
                self._looked,
            )

    def take(self) -> None:
        """Take in what was looked at: all of it or nothing."""
        htcds, opened, plan = self._htcds, self._opened, self._plan
        if opened is not None and plan is not None and plan.ready:
            self.run(
                _("Taking the rows in…"), lambda ticker: htcds.take_in(opened, plan, ticker.progress), self._taken
            )

    def _out_card(self) -> Card:
        card = Card(_("Write a file"))
        card.add(Banner(_(WARNING), "warn"))
        card.add(label(_("For whom?"), "field"))
        self.receiver = CalmCombo()
        self.receiver.setAccessibleName(_("For whom?"))
        self.receiver.activated.connect(lambda _at: self.look_out())
        card.add(self.receiver)
        words = _(
            "Only parties of a memorandum stand here. A person is in the file if she agreed to be counted in the "
            "figures, and by name if she agreed that this very organisation is told of her."
        )
        card.add(WrapLabel(words, "sub"))
        self.outlook = WrapLabel("", "strong")
        card.add(self.outlook)
        self.agreed = QCheckBox(_("I hand this file over to this receiver alone"))
        self.agreed.toggled.connect(lambda _on: self.offer())
        card.add(self.agreed)
        self.write = primary_button(_("Write the file…"), "download", self.ask_where)
        card.add(flow_of(self.write))
        return card

    def _in_card(self) -> Card:
        card = Card(_("Take a filled file in"))
        words = _("The file is only read. Before anything is taken in, you see what would become of each row.")
        card.add(WrapLabel(words, "sub"))
        self.zone = DropZone(_("Drop the file here."), folders=False, several=False)
        self.zone.dropped.connect(self.open_file)
        card.add(self.zone)
        return card

    def _preview_card(self) -> Card:
        card = Card(_("What would be taken in"))
        self.notes = WrapLabel("", "sub")
        card.add(self.notes)
        self.rows = Rows()
        self.rows.same_chosen.connect(self.choose_same)
        card.add(self.rows)
        self.leave_out = LeaveOut()
        self.leave_out.toggled.connect(self.choose_to_leave_out)
        card.add(self.leave_out)
        self.take_in = button("", "check", self.take)
        card.add(flow_of(self.take_in))
        return card

    def _fill_receivers(self) -> None:
        chosen = self.receiver.currentData()
        self.receiver.clear()
        self.receiver.addItem(_("For our own use: with case codes, without names"), OURSELVES)
        for code, name in self._htcds.receivers():
            self.receiver.addItem(name, code)
        self.receiver.setCurrentIndex(max(0, self.receiver.findData(chosen)))

    def _foreseen(self, outlook: Outlook) -> None:
        words = _("People: {persons}. By name: {named}. Left out, for they did not agree: {left_out}.")
        self.outlook.setText(
            words.format(persons=outlook.persons, named=outlook.named, left_out=outlook.left_out)
            if outlook.rows
            else _("Nobody has agreed to this. There is nothing to write.")
        )
        self.agreed.setEnabled(outlook.rows > 0)

    def _written(self, done: tuple[str, Outlook]) -> None:
        name, outlook = done
        words = ngettext(
            "Saved as {name}, with {count} person. The audit log says who is in it.",
            "Saved as {name}, with {count} persons. The audit log says who is in it.",
            outlook.persons,
        )
        self.say(words.format(name=name, count=outlook.persons), "ok")
        self.agreed.setChecked(False)

    def _read(self, opened: Opened) -> None:
        self._opened = opened
        self.look()

    def _looked(self, plan: Plan) -> None:
        self._plan = plan
        notes = [note.sentence() for note in plan.notes]
        self.notes.setText("\n".join(dict.fromkeys(notes)))
        self.notes.setVisible(bool(notes))
        self.rows.show_plan(plan)
        self.leave_out.show_plan(plan)
        self.preview.show()
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer()

    def _taken(self, done: Done) -> None:
        words = _("Taken in: new people {persons}, changed records {changed}.")
        self.say(words.format(persons=done.persons, changed=done.changed), "ok")
        self.preview.hide()
        self._opened = self._plan = None
        self._desk.refresh_status()

    def offer(self) -> None:
        busy = self.work.is_busy()
        for card in (self.out, self.in_, self.preview):
            card.setEnabled(not busy)
        self.write.setEnabled(self.agreed.isChecked() and not busy)
        plan = self._plan
        text = _("Nothing is new")
        if plan is not None and (plan.to_write or plan.known):
            text = ngettext("Take in {count} record", "Take in {count} records", plan.to_write)
            text = text.format(count=plan.to_write)
        self.take_in.setText(f" {text}")
        self.take_in.setAccessibleName(text)
        self.take_in.setEnabled(plan is not None and plan.ready and not busy)
