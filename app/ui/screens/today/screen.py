"""Today: what a nurse sees first. Only what is true now, and each line is one press from being done."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import _
from app.ui.dates import long_date, short_date, weekday
from app.ui.exchange.columns import Columns
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import FormContext
from app.ui.records.places import place_of
from app.ui.routes import Desk
from app.ui.screens.today import tasks
from app.ui.screens.today.cards import BackupCard, FirstSteps, SentCard
from app.ui.screens.today.lines import Section, Task, nothing_waits
from app.ui.screens.today.moving import MoveBar
from app.ui.screens.today.restored import RestoredNotice
from app.ui.screens.today.sources import RECENT, Known, Sources
from app.ui.tasks import Job
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.column import column_of
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.agenda import APPOINTMENT, AgendaRow
from app.usecases.doubts import Doubt
from app.usecases.drafts import DraftLine
from app.usecases.kept import payment_code
from app.usecases.people import PersonRow
from app.usecases.safekeeping import BackupMade
from app.usecases.task_force_rows import DecisionRow

_KINDS: Final = {"appointment": "appointment", "follow_up": "service", "step": "need", "instalment": "grant"}


class TodayScreen(Page):
    """``TodayScreen(desk, sources)``. "Record help" stands in the bar above every screen, and so not here again."""

    def __init__(self, desk: Desk, sources: Sources) -> None:
        day = sources.clock.today()
        super().__init__(_("Today"), f"{weekday(day)}, {long_date(day.isoformat())} · {sources.centre_name}")
        self._desk = desk
        self._sources = sources
        self._drafts: list[DraftLine] = []
        self._back_to: tuple[Section, int] | None = None
        self.new_person = button(_("New person"), "person", self._to_new_person)
        self.add_action(self.new_person)
        self.restored = RestoredNotice()
        self.restored.acted.connect(partial(desk.go, "centres"))
        self.add(self.restored)
        self.first = FirstSteps(self._to_new_person, partial(desk.go, "centres"), self._to_backups)
        self.add(self.first)
        self.appointments = Section(_("Appointments"), self._open_person)
        self.moving = MoveBar(FormContext(choices=code_choices, today=sources.clock.today))
        self.moving.moved.connect(self._moved)
        self.doubts = Section(_("Questions of the coordinator"), self._open_person)
        self.follow_ups = Section(_("Next steps"), self._open_person)
        self.steps = Section(_("Steps of plans"), self._open_person)
        self.instalments = Section(_("Instalments"), self._open_person)
        self.decisions = Section(_("Decisions of the task force"), self._open_person)
        self.drafts = Section(_("Not finished"), self._open_person)
        self.sections = (
            self.appointments,
            self.doubts,
            self.follow_ups,
            self.steps,
            self.instalments,
            self.decisions,
            self.drafts,
        )
        self.nothing = WrapLabel("", "sub")
        self.sent = SentCard(partial(desk.go, "send"))
        self.backup = BackupCard(self._back_up, self._to_backups)
        self.add(self.appointments)
        self.add(self.moving)
        self.columns = Columns(self._waiting(), column_of(self.sent, self.backup), (3, 2)).top_aligned()
        self.add(self.columns)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read what is true now."""
        self._desk.tasks.run(self._read(), self._show)

    # building

    def _waiting(self) -> QWidget:
        return column_of(*self.sections[1:], self.nothing, self._recent_card())

    def _recent_card(self) -> Card:
        self.recent = Card(_("People you worked with last"))
        self.people = PlainTable(_("People you worked with last"), RECENT)
        self.people.activated.connect(self._open_recent)
        self.recent.add(self.people)
        self.recent.hide()
        return self.recent

    def _read(self) -> Callable[[Job], Known]:
        sources = self._sources
        return lambda _job: sources.read()

    def _show(self, known: Known) -> None:
        day, do, agenda = self._sources.clock.today(), self._verbs(), known.agenda
        shown: dict[Section, list[Task]] = {
            self.appointments: [tasks.of_appointment(row, do, day) for row in agenda.appointments],
            self.doubts: [tasks.of_doubt(one, do) for one in known.doubts],
            self.follow_ups: [tasks.of_follow_up(row, do, day) for row in agenda.follow_ups],
            self.steps: [tasks.of_step(row, do, day) for row in agenda.steps],
            self.instalments: [tasks.of_instalment(row, do, day) for row in agenda.instalments],
            self.decisions: [tasks.of_decision(row, do, day) for row in agenda.decisions],
            self.drafts: [tasks.of_draft(one, do, day) for one in known.drafts],
        }
        self._drafts = list(known.drafts)
        for section, lines in shown.items():
            section.show_tasks(lines, known.summary.attention if section is self.doubts else 0)
        self.nothing.setText("" if known.newcomer else nothing_waits(at_all=not any(shown.values())))
        self.nothing.setVisible(bool(self.nothing.text()))
        self.first.setVisible(known.newcomer)
        self.columns.setVisible(not known.newcomer)
        self.sent.show_summary(known.summary)
        self.backup.show_state(known.backup)
        self.restored.show_waits(known.waits)
        self._show_recent(known.recent)
        self._return_focus()

    def _verbs(self) -> tasks.Verbs:
        return tasks.Verbs(
            help=self._help,
            done=partial(self._mark, "done"),
            missed=partial(self._mark, "missed"),
            move=self._ask_to_move,
            open=self._open,
            met=self._met,
            pay=self._pay,
            open_draft=self._open_draft,
            drop_draft=self._drop_draft,
            open_doubt=self._open_doubt,
            decided=self._decided,
            open_decision=self._open_decision,
            answer=self._answer,
        )

    def _return_focus(self) -> None:
        """After a line was settled, the hand is on the next one."""
        if self._back_to is not None:
            section, at = self._back_to
            self._back_to = None
            if not section.focus_line(at):
                self.new_person.setFocus()

    def _again(self) -> None:
        """Read anew after a line was settled; its neighbour gets the focus."""
        self._back_to = next(((one, at) for one in self.sections if (at := one.focused()) >= 0), None)
        self._desk.refresh_status()
        self.entered()

    # what the lines do

    def _help(self, row: AgendaRow) -> None:
        if row.kind == APPOINTMENT:
            code = self._sources.service_of(row.record)
            self._desk.go("service_edit", person=row.person, code=code, appointment=row.record)
        else:
            self._desk.go("service_edit", person=row.person, like=row.record)

    def _mark(self, state: str, row: AgendaRow) -> None:
        planning = self._sources.planning
        try:
            planning.mark_appointment(row.record, state)
        except UserError as error:
            self._desk.tell(error)
            return
        said = (
            _("The appointment is marked as kept.") if state == "done" else _("The appointment is marked as missed.")
        )
        self._desk.say(said, "ok", _("Undo"), partial(self._undo, row.record))
        self._again()

    def _undo(self, appointment: uuid.UUID) -> None:
        self._sources.planning.mark_appointment(appointment, "planned")
        self._desk.go("today")

    def _ask_to_move(self, row: AgendaRow) -> None:
        self.moving.ask(row)

    def _moved(self, row: AgendaRow, moment: str) -> None:
        try:
            self._sources.planning.mark_appointment(row.record, "moved", moment)
        except UserError as error:
            self._desk.tell(error)
            return
        words = _("The appointment is moved to {moment}.")
        self._desk.say(words.format(moment=" ".join((short_date(moment[:10]), moment[11:16])).strip()), "ok")
        self._again()

    def _met(self, row: AgendaRow) -> None:
        planning = self._sources.planning
        day = self._sources.clock.today().isoformat()
        values = {**planning.record(row.record), "progress": "met", "met_on": day}
        planning.save_need(row.person, values, need=row.record, sure=True)
        self._desk.say(_("The goal is marked as met."), "ok")
        self._again()

    def _pay(self, row: AgendaRow) -> None:
        grants = self._sources.assistance.grants(row.person)
        kind = next((one.kind for one in grants if one.uid == row.record), "")
        self._desk.go("service_edit", person=row.person, code=payment_code(kind), grant=row.record)

    def _open(self, row: AgendaRow) -> None:
        route, arguments = place_of(_KINDS[row.kind], row.person, row.record)
        self._desk.go(route, **arguments)

    def _decided(self, row: DecisionRow) -> None:
        try:
            self._sources.agenda.mark_decision(row.uid, "done")
        except UserError as error:
            self._desk.tell(error)
            return
        said = _("The decision is marked as done. It travels with the next bundle.")
        self._desk.say(said, "ok", _("Undo"), partial(self._undo_decided, row))
        self._again()

    def _undo_decided(self, row: DecisionRow) -> None:
        self._sources.agenda.mark_decision(row.uid, row.status)
        self._desk.go("today")

    def _open_decision(self, row: DecisionRow) -> None:
        self._desk.go("decision_edit", decision=row.uid, meeting=row.meeting)

    def _open_draft(self, draft: DraftLine) -> None:
        self._desk.go(draft.route, **draft.arguments)

    def _drop_draft(self, draft: DraftLine) -> None:
        at = next((at for at, one in enumerate(self._drafts) if one.key == draft.key), -1)
        if 0 <= at < len(self.drafts.lines):
            task = tasks.of_draft(draft, self._verbs(), self._sources.clock.today())
            self.drafts.lines[at].confirm.ask(
                _("Delete the draft “{draft}”? What was typed is gone then.").format(
                    draft=" · ".join(part for part in (task.who, task.what) if part)
                ),
                _("Delete draft"),
                partial(self._forget, draft.key),
                danger=True,
            )

    def _forget(self, key: str) -> None:
        self._sources.drafts.forget(key)
        self._again()

    def _open_doubt(self, doubt: Doubt) -> None:
        route, arguments = place_of(doubt.kind, doubt.person, doubt.record, doubt.about)
        self._desk.go(route, **arguments, asked=doubt.record)

    def _answer(self, doubt: Doubt, said: str) -> None:
        try:
            for one in doubt.asked:
                self._sources.deliveries.answer(one.uid, said)
        except UserError as error:
            self._desk.tell(error)
        else:
            self._desk.say(_("Your answer is kept. It goes to the coordinator with the next bundle."), "ok")
        self._again()

    # backup

    def _back_up(self) -> None:
        safekeeping = self._sources.safekeeping
        self.backup.busy(True)
        self._desk.tasks.run(
            lambda job: safekeeping.back_up(job.report, lambda: job.cancelled),
            self._backed_up,
            self._not_backed_up,
            self.backup.progress,
        )

    def _backed_up(self, _made: BackupMade) -> None:
        self._desk.say(_("The backup is made and checked."), "ok")
        self._desk.refresh_status()
        self.entered()

    def _not_backed_up(self, error: BaseException) -> None:
        self.backup.busy(False)
        self._desk.tell(error)

    # ways out

    def _show_recent(self, rows: Sequence[PersonRow]) -> None:
        self._recent = list(rows)
        self.recent.setVisible(bool(rows))
        heads = (Head(_("Code")), Head(_("Name"), wide=True), Head(_("Last help")), Head(_("Services"), number=True))
        lines = [
            Line((row.code, row.name or "—", short_date(row.last_service) or "—", str(row.services))) for row in rows
        ]
        self.people.show_lines(heads, lines)

    def _open_recent(self) -> None:
        if 0 <= (at := self.people.row()) < len(self._recent):
            self._open_person(self._recent[at].uid)

    def _open_person(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)

    def _to_new_person(self) -> None:
        self._desk.go("new_person")

    def _to_backups(self) -> None:
        self._desk.go("backup")
