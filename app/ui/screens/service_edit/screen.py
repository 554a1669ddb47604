"""Record help. Who, what group, what kind, the form; and what one sees after the save.

The record's id is drawn when its form is opened: saving the same form twice changes one record, it never makes two.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app import codelists
from app.errors import UserError
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.spec import Problem, Severity
from app.i18n import _
from app.ui import theme
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, for_service, make_view, record_id
from app.ui.records.people_list import PeopleList
from app.ui.records.words import coded, shown, title_of
from app.ui.routes import Desk
from app.ui.screens.service_edit.choosing import KindList, kinds_of, tiles
from app.ui.screens.service_edit.finished import Finished
from app.ui.screens.service_edit.sources import Sources
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, danger_button, ghost_button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.steps import StepHeader
from app.usecases.assistance import GrantExceeded

MISTAKE = "entered_by_mistake"
_WHO, _WHAT, _FORM = range(3)
# What "as last time" must not repeat: it belongs to that day alone.
_OF_THE_DAY = frozenset(
    {
        "on",
        "until",
        "note",
        "next_step",
        "next_on",
        "next_session_on",
        "amount",
        "paid_on",
        "receipt_number",
        "instalment",
        "session_number",
        "rate",
        "rate_on",
    }
)


class ServiceEdit(EditPage):
    """``ServiceEdit(desk, sources, drafts, person=..., service=..., code=..., like=...)``.

    Without ``person`` one is looked for first; with ``service`` that record is opened; ``like`` is a record whose
    answers are taken over ("same as last time").
    """

    def __init__(
        self,
        desk: Desk,
        sources: Sources,
        drafts: Drafts,
        *,
        person: uuid.UUID | None = None,
        service: uuid.UUID | None = None,
        code: str = "",
        like: uuid.UUID | None = None,
    ) -> None:
        super().__init__(desk, drafts, _("Record help"))
        self._sources = sources
        self._person = person
        self._service = service
        self._code = code
        self._like = like
        self._approving = False
        self._new = service is None
        self._actions_shown: list[QWidget] = []
        self.content: QWidget = QWidget()
        self._begin()

    # the steps

    def show_who(self) -> None:
        """Look for the person."""
        self._turn(_WHO, _("Record help"))
        people = PeopleList(self.desk.tasks, self._sources.people)
        people.setMinimumHeight(theme.px(420))
        people.chosen.connect(self._person_chosen)
        people.new_wanted.connect(self._new_person)
        self._place(people)
        people.look()

    def show_tiles(self) -> None:
        """The eight groups."""
        self._turn(_WHAT, _("What help?"))
        self._remind()
        grid = tiles()
        grid.chosen.connect(self.show_kinds)
        self._place(grid)
        self.body.addStretch(1)
        grid.tiles[0].setFocus()

    def show_kinds(self, tile: str) -> None:
        """The kinds of one group; a single one is taken at once."""
        assert self._person is not None
        codes = kinds_of(tile, self._sources.used_kinds(self._person))
        if len(codes) == 1:
            self.show_form(codes[0])
            return
        self._turn(_WHAT, coded("tiles", tile))
        kinds = KindList(codes)
        kinds.chosen.connect(self.show_form)
        self._place(kinds)
        another = ghost_button(_("Another group"), "chevron-left", self.show_tiles)
        self.body.addWidget(another, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        kinds.setFocus()

    def show_form(self, code: str) -> None:
        """The form of the kind; for a payment without any grant, first the grant."""
        assert self._person is not None
        self._code = code
        self._approving = codelists.service_form(code) == "grant_payment" and not self._sources.grants(self._person)
        self._turn(_FORM, coded("services", code))
        if self._approving:
            self._show_grant(self._person)
        else:
            self._show_service(self._person)
        self.views[0].focus_first()

    # what the page asks of it

    def entered(self) -> None:
        if self.views:
            super().entered()
        else:
            self.content.setFocus()

    def rebuild(self) -> None:
        if self._code:
            self.show_form(self._code)

    def store(self, *, sure: bool) -> None:
        assert self._person is not None
        assistance = self._sources.assistance
        if self._approving:
            assistance.approve_grant(self._person, self.values(), sure=sure)
            return
        assert self._service is not None
        values = {**self.values(), "service": self._code}
        assistance.record_service(self._person, values, service=self._service, sure=sure)

    def saved(self, *, following: bool) -> None:
        if self._approving:
            self.show_form(self._code)
            self.say(_("The grant is approved. Now record the payment."), "ok")
        elif following:
            self._next()
            self.say(_("Saved on this laptop · not sent yet"), "ok")
        elif self._new:
            self._show_finished()
        else:
            self.desk.say(_("Saved on this laptop · not sent yet"), "ok")
            self.desk.back()

    def refused(self, error: UserError) -> None:
        # The refusals of this use case are about the sum or the grant: the sentence belongs beside it.
        field = "amount" if isinstance(error, GrantExceeded) else "grant"
        view = self.views[0]
        if field in view.boxes:
            view.show_problems([Problem(field, Severity.ERROR, "grant", error.message, error.values)])
            # Once the summary above has taken its room, or the field would be scrolled past.
            QTimer.singleShot(0, view, lambda: view.go_to(field))
        else:
            super().refused(error)

    def extra(self) -> Mapping[str, object]:
        return {"service": self._service}

    def bring_back(self, extra: Mapping[str, object]) -> None:
        self._service = record_id(extra.get("service")) or self._service

    # inside

    def _begin(self) -> None:
        if self._person is None:
            self.show_who()
        elif self._service is not None:
            self._open(self._person, self._service)
        elif self._like is not None:
            self.show_form(str(self._sources.assistance.service(self._like)["service"]))
        elif self._code:
            self.show_form(self._code)
        else:
            self.show_tiles()

    def _open(self, person: uuid.UUID, service: uuid.UUID) -> None:
        values = self._sources.assistance.service(service)
        mine = any(row.uid == service and row.mine for row in self._sources.assistance.timeline(person))
        code = str(values.get("service", ""))
        if mine:
            self.show_form(code)
            self._act(danger_button(_("Delete"), "trash", self._ask_to_delete))
            self._act(button(_("Same again"), "refresh", self._same_again))
            return
        self._code = code
        self._turn(_FORM, coded("services", code))
        card = Card(_("Recorded by another centre: for reading"))
        card.add(KeyValue(shown(form_for_service(code), values)))
        self._place(card)
        self.body.addStretch(1)

    def _show_grant(self, person: uuid.UUID) -> None:
        self.add(Banner(_("A payment needs an approved grant. Approve it here; the payment comes next."), "info"))
        fresh = {"currency": "BYN", "approved_on": self._sources.today().isoformat()}
        view = make_view(asked(form_for_kind("grant")), fresh, self._sources.today)
        self.save_button.setText(_("Approve and go on"))
        self.next_button.hide()
        self.show_forms(f"grant/{person}/None", [view])

    def _show_service(self, person: uuid.UUID) -> None:
        assistance, grants = self._sources.assistance, self._sources.grants(person)
        self.save_button.setText(_("Save"))
        self.next_button.setVisible(self._new)
        hint = grants[0].text if len(grants) == 1 else ""
        form = for_service(form_for_service(self._code), self._code, hint)
        if self._new:
            # An id of its own for each form that is opened; a draft brings its own back.
            self._service = assistance.new_service()
            values = assistance.defaults(person, self._code) | self._taken_over()
            key = f"service/{person}/{self._code}"
        else:
            assert self._service is not None
            values, key = assistance.service(self._service), f"service/{self._service}"
        self._remind()
        self.show_forms(key, [make_view(form, values, self._sources.today, grants)])

    def _taken_over(self) -> dict[str, object]:
        if self._like is None:
            return {}
        last = self._sources.assistance.service(self._like)
        return {name: value for name, value in last.items() if name not in _OF_THE_DAY}

    def _remind(self) -> None:
        """Help is never blocked; that the person was not asked is said, and one press leads there."""
        if self._person is None or not self._new or self._sources.agrees_to_help(self._person):
            return
        words = _("It is not recorded that the person agrees to be helped. You may record the help all the same.")
        reminder = Banner(words, "warn", _("Record consents"))
        reminder.acted.connect(self._to_consents)
        self.add(reminder)

    def _show_finished(self) -> None:
        self.clear()
        self._drop_actions()
        done = Finished(coded("services", self._code))
        done.another.connect(self._next)
        done.to_person.connect(self._to_person)
        done.mend.connect(self._mend)
        self.add(done, 1)
        done.setFocus()

    def _next(self) -> None:
        self._service, self._like, self._new = None, None, True
        self.show_tiles()

    def _mend(self) -> None:
        self._new = False
        self.show_form(self._code)

    def _to_person(self) -> None:
        # First back, so that a way back from the person's page does not lead into this form.
        self.desk.back()
        self.desk.go("person", person=self._person)

    def _to_consents(self) -> None:
        self.desk.go("consent_edit", person=self._person)

    def _same_again(self) -> None:
        self.desk.go("service_edit", person=self._person, like=self._service)

    def _ask_to_delete(self) -> None:
        question = _("Delete this record? That it was deleted remains known, its contents do not.")
        self.confirm.ask(question, _("Delete the record"), self._delete, stay=_("Keep it"), danger=True)

    def _delete(self) -> None:
        assert self._service is not None
        self._sources.assistance.delete_service(self._service, MISTAKE)
        self.forget()
        self.desk.refresh_status()
        self.desk.say(_("The record is deleted. The deletion travels with the next bundle."), "ok")
        self.desk.back()

    def _person_chosen(self, person: uuid.UUID) -> None:
        self._person = person
        self.show_tiles()

    def _new_person(self) -> None:
        self.desk.go("person_edit")

    def _turn(self, step: int, title: str) -> None:
        self.clear()
        self._drop_actions()
        self.say("")
        people = self._sources.people
        who = title_of(people.person(self._person), people.identity(self._person)) if self._person else ""
        self.set_title(title, who)
        if self._new:
            self.add(StepHeader([_("Who"), _("What"), _("Details")], step))
        if step == _FORM and self._new:
            self._act(button(_("Another kind of help"), "chevron-left", self.show_tiles))

    def _place(self, content: QWidget) -> None:
        self.content = content
        self.add(content)

    def _act(self, action: QWidget) -> None:
        self._actions_shown.append(action)
        self.add_action(action)

    def _drop_actions(self) -> None:
        for action in self._actions_shown:
            action.hide()
            action.deleteLater()
        self._actions_shown = []
