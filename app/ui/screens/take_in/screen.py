"""Taking in an existing register: the file, its columns, a preview, and then all of it at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from app.i18n import _, ngettext
from app.sheets.mapping import Columns
from app.sheets.table import Sheet
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.taking_page import TakingPage
from app.ui.exchange.work import Ticker
from app.ui.forms.editor import CalmCombo
from app.ui.routes import Desk
from app.ui.screens.take_in.columns_step import ColumnsStep
from app.ui.screens.take_in.preview_step import PreviewStep
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.column import column_of
from app.ui.widgets.flow import flow_of
from app.ui.widgets.steps import StepHeader
from app.ui.widgets.text import WrapLabel
from app.usecases.taking_in import Choices, Done, Plan, State, TakingIn

_FILE, _COLUMNS, _PREVIEW, _DONE = range(4)


class TakeInScreen(TakingPage):
    """Nothing is written before the last button, and then all of it or nothing. The file is only read."""

    def __init__(self, desk: Desk, taking: TakingIn) -> None:
        super().__init__(desk, _("Take in a register"))
        self._taking = taking
        self._sheets: list[Sheet] = []
        self._file_name = ""
        self.steps = StepHeader([_("File"), _("Columns"), _("Preview"), _("Taken in")])
        self.add_fixed(self.steps)
        self.add_fixed(self.work)
        self.columns = ColumnsStep()
        self.columns.changed.connect(self.offer)
        self.columns.head_chosen.connect(self._head_chosen)
        self.preview = PreviewStep()
        self.preview.left_out.connect(self.choose_to_leave_out)
        self.preview.same_chosen.connect(self.choose_same)
        self.preview.source_chosen.connect(self._follow)
        self._pages: list[QWidget] = [
            self._file_page(),
            self._columns_page(),
            self._preview_page(),
            self._done_page(),
        ]
        for page in self._pages:
            self.add(page)
        self._actions_of = {_COLUMNS: (self.another, self.next), _PREVIEW: (self.back, self.take_in)}
        for press in (one for some in self._actions_of.values() for one in some):
            self.add_action(press)
        self.body.addStretch(1)
        self._go(_FILE)

    def open_file(self, paths: Sequence[Path]) -> None:
        """Read a file; what is wrong with it is said."""
        taking, path = self._taking, paths[0]
        self._file_name = path.stem
        self.run(_("Reading the file…"), lambda _ticker: taking.open(path), self._opened)

    def look(self) -> None:
        columns, sheet = self.columns.columns(), self._sheet()
        if columns is None or sheet is None:
            return
        taking, choices = self._taking, self._choices

        def work(ticker: Ticker) -> Plan:
            return taking.plan(sheet, columns, choices, ticker.progress)

        self.run(_("Looking at each row…"), work, self._looked)

    def take(self) -> None:
        """Take in what was looked at."""
        taking, plan = self._taking, self._plan
        if plan is not None and plan.ready:
            self.run(
                _("Taking the register in…"), lambda ticker: taking.carry_out(plan, ticker.progress), self._taken
            )

    def step_back(self) -> bool:
        """Esc: to the step before."""
        if super().step_back():
            return True
        if self._step in (_COLUMNS, _PREVIEW) and not self.work.is_busy():
            self._go(self._step - 1)
            return True
        return False

    def _file_page(self) -> QWidget:
        card = Card(_("Which file?"))
        words = _(
            "A register that was kept in a sheet (Excel or CSV). The file is only read: it is not changed and not "
            "copied. Before anything is taken in, you see what would become of each row."
        )
        card.add(WrapLabel(words))
        self.zone = DropZone(_("Drop the file here."), folders=False, several=False)
        self.zone.dropped.connect(self.open_file)
        card.add(self.zone)
        return card

    def _columns_page(self) -> QWidget:
        self.sheet_card = Card(_("Which sheet?"))
        self.sheet = CalmCombo()
        self.sheet.setAccessibleName(_("Which sheet?"))
        self.sheet.activated.connect(lambda _at: self._show_sheet())
        self.sheet_card.add(self.sheet)
        self.sheet_notes = WrapLabel("", "sub")
        self.next = primary_button(_("To the preview"), "chevron-right", self.look)
        self.another = button(_("Another file"), "", lambda: self._go(_FILE))
        self.missing = WrapLabel("", "error")
        return column_of(self.sheet_card, self.sheet_notes, self.missing, self.columns)

    def _preview_page(self) -> QWidget:
        self.take_in = primary_button("", "download", self.take)
        self.final = WrapLabel(
            _("There is no undo for all of it: later each record can be changed or deleted by itself."), "small"
        )
        self.back = button(_("Back to the columns"), "chevron-left", lambda: self._go(_COLUMNS))
        return column_of(self.preview, self.final)

    def _done_page(self) -> QWidget:
        card = Card(_("Taken in"))
        self.done_words = WrapLabel()
        card.add(self.done_words)
        self.people = primary_button(_("To the people"), "people", lambda: self._desk.go("people"))
        card.add(flow_of(self.people, button(_("Take in another file"), "", lambda: self._go(_FILE))))
        return card

    def _go(self, step: int) -> None:
        self._step = step
        for at, page in enumerate(self._pages):
            page.setVisible(at == step)
        for at, presses in self._actions_of.items():
            for press in presses:
                press.setVisible(at == step)
        self.steps.set_step(step)
        self.banner.clear()
        if step == _FILE:
            self._sheets, self._plan, self._choices = [], None, Choices()
        self.offer()
        if self.isVisible():
            self._begin_at_top()

    def _begin_at_top(self) -> None:
        """A step begins with its first control, and with what stands above it. (Work takes the focus away.)"""
        area = self._pages[self._step].parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.verticalScrollBar().setValue(0)
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first(self) -> QWidget:
        if self._step == _FILE:
            return self.zone.files
        if self._step == _COLUMNS:
            return self.sheet if len(self._sheets) > 1 else self.columns.register
        if self._step == _PREVIEW:
            return self.preview.filter if self.preview.leave_out.isHidden() else self.preview.leave_out
        return self.people

    def _sheet(self) -> Sheet | None:
        at = self.sheet.currentIndex()
        return self._sheets[at] if 0 <= at < len(self._sheets) else None

    def _opened(self, sheets: list[Sheet]) -> None:
        self._sheets = sheets
        self.sheet.clear()
        for one in sheets:
            words = ngettext("{name}, {count} row", "{name}, {count} rows", len(one.rows))
            self.sheet.addItem(words.format(name=one.name or "CSV", count=len(one.rows)))
        # The register itself is the longest; title pages and lists of codes stand beside it.
        self.sheet.setCurrentIndex(max(range(len(sheets)), key=lambda at: len(sheets[at].rows)))
        self.sheet_card.setVisible(len(sheets) > 1)
        self._go(_COLUMNS)
        self._show_sheet()

    def _show_sheet(self) -> None:
        """Read from the store how a sheet like this was understood; the guess stands in for it."""
        sheet, taking = self._sheet(), self._taking
        if sheet is None:
            return

        def work(_ticker: Ticker) -> tuple[Columns, bool, list[str]]:
            known = taking.remembered(sheet)
            return known or taking.guess(sheet), known is not None, taking.registers()

        self.run(_("Reading the headings…"), work, self._understood)

    def _understood(self, found: tuple[Columns, bool, list[str]]) -> None:
        columns, remembered, registers = found
        sheet = self._sheet()
        if sheet is None:
            return
        if not columns.register:
            # Not the name of a register that is here already: rows of both that have one number would be one person.
            columns = dataclasses.replace(columns, register=self._file_name or _("Register"))
        notes = [note.sentence() for note in sheet.notes]
        if remembered:
            notes.insert(0, _("A sheet with these headings was taken in before: its columns are understood as then."))
        self.sheet_notes.setText("\n".join(notes))
        self.sheet_notes.setVisible(bool(notes))
        self._choices = Choices()
        self.columns.show_sheet(sheet, columns, registers)
        self.offer()
        self._begin_at_top()

    def _head_chosen(self, head: int) -> None:
        sheet = self._sheet()
        before = self.columns.columns()
        if sheet is not None:
            columns = self._taking.guess(sheet, head)
            name = before.register if before else columns.register
            self.columns.show_sheet(sheet, dataclasses.replace(columns, register=name or _("Register")), [])
            self.offer()

    def _looked(self, plan: Plan) -> None:
        self._plan = plan
        self.preview.show_plan(plan)
        if self._step != _PREVIEW:
            self._go(_PREVIEW)
        else:
            self.offer()
            self.preview.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, key: str, follow: bool) -> None:
        wins = self._choices.sheet_wins
        self._choices = dataclasses.replace(self._choices, sheet_wins=wins | {key} if follow else wins - {key})
        self.look()

    def _taken(self, done: Done) -> None:
        words = _("Taken in: new people {persons}, new records of help {services}, changed records {changed}.")
        said = [words.format(persons=done.persons, services=done.services, changed=done.changed)]
        if self._plan is not None and self._plan.errors:
            words = ngettext(
                "{count} row is left out and is not here. Put it right in the sheet, and take the same file in "
                "again.",
                "{count} rows are left out and are not here. Put them right in the sheet, and take the same file in "
                "again.",
                self._plan.errors,
            )
            said.append(words.format(count=self._plan.errors))
        self.done_words.setText("\n".join(said))
        self._go(_DONE)
        self._sheets, self._plan = [], None
        self._desk.refresh_status()

    def failed(self, error: BaseException) -> None:
        super().failed(error)
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self) -> None:
        """What can be pressed now, and what is missing for the next step."""
        busy = self.work.is_busy()
        for page in self._pages:
            page.setEnabled(not busy)
        columns = self.columns.columns()
        for press in (self.another, self.back):
            press.setEnabled(not busy)
        self.next.setEnabled(columns is not None and not busy)
        self.missing.setText(
            "" if columns is not None else _("Give the register a name, a day for the ages, and at least one column.")
        )
        self.missing.setVisible(columns is None)
        plan = self._plan
        if plan is not None:
            words = _("Take in: people {persons}, help {services}, changes {changed}").format(
                persons=plan.count("person", State.NEW) + len(plan.known),
                services=plan.count("service", State.NEW),
                changed=sum(count for (_kind, state), count in plan.counts.items() if state is State.CHANGED),
            )
            text = words if plan.to_write or plan.known else _("Nothing is new")
            self.take_in.setText(f" {text}")
            self.take_in.setAccessibleName(text)
            self.take_in.setEnabled(plan.ready and not busy)
            self.final.setVisible(plan.ready)
