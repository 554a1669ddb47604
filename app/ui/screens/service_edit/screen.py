"""Record help: the form of the kind, the save, and what one sees after it. The steps before it are ``Steps``.

A nurse with a queue goes on with "save, then the next person": the kind stays, and the next one is a name, Enter, a
few words, and the same key again. For a group the same form makes one record for each of its people, all or none.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from app import codelists
from app.errors import UserError
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.spec import Problem, Severity
from app.i18n import _
from app.ui.records.forms import Drafts, asked, for_service, make_view, starts_at
from app.ui.records.last_time import lasting, taken_over
from app.ui.records.words import coded, shown
from app.ui.routes import Desk
from app.ui.screens.service_edit.finished import Finished
from app.ui.screens.service_edit.keys import LAST_TIME, with_key
from app.ui.screens.service_edit.many import in_words
from app.ui.screens.service_edit.recording import Recording, ids
from app.ui.screens.service_edit.sources import Sources
from app.ui.screens.service_edit.steps import DETAILS, Steps
from app.ui.screens.service_edit.undoing import say_saved, undone
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, danger_button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.usecases.assistance import GrantExceeded
from app.usecases.groups import NotForAll

MISTAKE = "entered_by_mistake"


class ServiceEdit(Steps):
    """``ServiceEdit(desk, sources, drafts, person=..., service=..., code=..., like=..., persons=...)``.

    Without ``person`` one is looked for first; ``persons`` are several at once; with ``service`` that record is
    opened; ``like`` is a record whose answers are taken over ("same as last time").
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
        persons: object = (),
    ) -> None:
        super().__init__(desk, sources, drafts, Recording(ids(persons) or ((person,) if person else ()), code))
        self._like = like
        self._approving = False
        self._last: uuid.UUID | None = None
        self._form_values: Mapping[str, Any] = {}
        self.next_button.setToolTip("Ctrl+Shift+Enter")
        self._begin(service)

    def show_form(self, code: str) -> None:
        """The form of the kind; for a payment without any grant, first the grant."""
        person = self.help.person
        self.help.code = code
        pays = codelists.service_form(code) == "grant_payment"
        self._approving = pays and person is not None and not self._sources.grants(person)
        self._last = None
        self.turn("form", DETAILS, coded("services", code))
        if self._approving and person is not None:
            self._show_grant(person)
        else:
            self._show_service()
        self._to_first_field()

    # what the page asks of it

    def entered(self) -> None:
        if self.views:
            self._to_first_field()
        else:
            self.content.setFocus()

    def rebuild(self) -> None:
        if self.help.code:
            self.show_form(self.help.code)

    def store(self, *, sure: bool) -> None:
        assistance, person = self._sources.assistance, self.help.person
        values = {**self.values(), "service": self.help.code}
        if self._approving and person is not None:
            assistance.approve_grant(person, self.values(), sure=sure)
        elif person is not None and self.help.service is not None:
            assistance.record_service(person, values, service=self.help.service, sure=sure)
        else:
            try:
                assistance.record_for_many(self.help.persons, values, self.help.services, sure=sure)
            except NotForAll as refusal:
                raise in_words(refusal) from refusal

    def saved(self, *, following: bool) -> None:
        if self._approving:
            self.show_form(self.help.code)
            self.say(_("The grant is approved. Now record the payment."), "ok")
        elif following:
            say_saved(self.desk, self._sources.assistance, self.help.way_back())
            self._next_person()
        elif self.help.new:
            self._show_finished()
        else:
            self.desk.back()
            then = partial(self.desk.go, "person", person=self.help.person) if self.help.person else _stay
            say_saved(self.desk, self._sources.assistance, self.help.way_back(), then)

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
        if not self.help.many:
            return {"service": self.help.service}
        return {"services": {str(person): uid for person, uid in self.help.services.items()}}

    def address(self) -> tuple[str, Mapping[str, Any]]:
        if self.help.many:
            return "record", {"persons": list(self.help.persons), "code": self.help.code}
        if self.help.new:
            return "record", {"person": self.help.person, "code": self.help.code}
        return "service_edit", {"person": self.help.person, "service": self.help.service}

    def about(self) -> str:
        return f"services/{self.help.code}"

    def bring_back(self, extra: Mapping[str, object]) -> None:
        kept = {str(self.help.person): extra["service"]} if "service" in extra else extra.get("services")
        self.help.take_services(kept)

    # the form

    def _begin(self, service: uuid.UUID | None) -> None:
        person = self.help.person
        if person is not None and service is not None:
            self._open(person, service)
        elif not self.help.persons:
            self.show_who()
        elif self._like is not None:
            self.show_form(str(self._sources.assistance.service(self._like)["service"]))
        elif self.help.code:
            self.show_form(self.help.code)
        else:
            self.show_tiles()

    def _open(self, person: uuid.UUID, service: uuid.UUID) -> None:
        values = self._sources.assistance.service(service)
        code = str(values.get("service", ""))
        self.help = Recording((person,), code, {person: service}, new=False)
        if any(row.uid == service and row.mine for row in self._sources.assistance.timeline(person)):
            self.show_form(code)
            self.act(danger_button(_("Delete"), "trash", self._ask_to_delete))
            self.act(button(_("Same again"), "refresh", self._same_again))
            return
        self.turn("form", DETAILS, coded("services", code))
        card = Card(_("Recorded by another centre: for reading"))
        card.add(KeyValue(shown(form_for_service(code), values)))
        self.place(card)
        self.body.addStretch(1)

    def _show_grant(self, person: uuid.UUID) -> None:
        self.add(Banner(_("A payment needs an approved grant. Approve it here; the payment comes next."), "info"))
        fresh = {
            "currency": "BYN",
            "approved_on": self._sources.today().isoformat(),
            "grant_kind": grant_kind(self.help.code),
        }
        view = make_view(asked(form_for_kind("grant")), fresh, self._sources.today)
        self.save_button.setText(_("Approve and go on"))
        self.next_button.hide()
        self.show_forms(f"grant/{person}/None", [view])

    def _show_service(self) -> None:
        assistance, person, code = self._sources.assistance, self.help.person, self.help.code
        self.save_button.setText(_("Save"))
        self.next_button.setText(
            _("Save, then the next group") if self.help.many else _("Save, then the next person")
        )
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setVisible(self.help.new)
        if self.help.new:
            # An id of its own for each form that is opened; a draft brings its own back.
            self.help.draw(assistance)
            many = assistance.defaults_for_many(self.help.persons, code)
            self._form_values = assistance.defaults(person, code) if person else many
        else:
            self.help.earlier = {uid: assistance.service(uid) for uid in self.help.services.values()}
            self._form_values = next(iter(self.help.earlier.values()))
        values = dict(self._form_values)
        if self._like is not None:
            values |= self._answers_of(self._like)
        self.remind()
        self._offer_last(person, code)
        grants = self._sources.grants(person) if person else []
        hints = self._sources.payment_hints(person) if person else {}
        if self.help.new and "allergies_known" in values:
            hints["allergies_known"] = _("As told at an earlier visit. Ask whether it still holds.")
        form = for_service(form_for_service(code), code, hints, many=self.help.many)
        live = partial(_look_over, self._sources, person, code)
        self.show_forms(self.help.key, [make_view(form, values, self._sources.today, grants, live=live)])

    def _offer_last(self, person: uuid.UUID | None, code: str) -> None:
        """Where the person has had this kind before: one press for the same answers."""
        if person is not None and self.help.new and self._like is None:
            self._last = self._sources.assistance.last_of(person, code)
        if self._last is not None:
            self.act(with_key(button(_("Same as last time"), "refresh", self.same_as_last), LAST_TIME))

    def same_as_last(self) -> None:
        if self._last is None or not self.views:
            return
        view = self.views[0]
        view.set_values(taken_over(view.values(), self._form_values, self._answers_of(self._last)))
        self.touched()
        self.say(_("Taken over from last time. What belongs to the day is still to be filled in."), "info")
        self._to_first_field()

    def _answers_of(self, service: uuid.UUID) -> dict[str, object]:
        return lasting(form_for_service(self.help.code), self._sources.assistance.service(service))

    def _to_first_field(self) -> None:
        # A draft knows where the hand was.
        if self._hand or not self.help.new:
            super().entered()
        else:
            view = self.views[0]
            view.start_at(("on", *starts_at(view.form)))

    # after the save

    def _show_finished(self) -> None:
        saved = self.values()
        self.clear()
        self.drop_actions()
        self.step = "finished"
        done = Finished(many=self.help.many)
        done.another.connect(self._another)
        done.to_person.connect(self._to_person)
        done.mend.connect(self._mend)
        done.undo.connect(partial(self._undo, saved))
        self.content = done
        self.add(done, 1)
        done.setFocus()

    def _undo(self, saved: Mapping[str, object]) -> None:
        """Take the record back; what was typed stays in the form, unsaved."""
        way_back = self.help.way_back()
        way_back.go(self._sources.assistance)
        self.desk.refresh_status()
        self._like = None
        self.show_form(self.help.code)
        self.views[0].set_values(saved)
        self.touched()
        self.say(_("{undone} Your answers are still here.").format(undone=undone(way_back)), "info", _("Start anew"))

    def _another(self) -> None:
        self._like = None
        self.help = Recording(self.help.persons)
        self.show_tiles()

    def _next_person(self) -> None:
        many, self._like = self.help.many, None
        self.help = Recording(code=self.help.code)
        if many:
            self.show_several()
        else:
            self.show_who()

    def _mend(self) -> None:
        self.help.new = False
        self._like = None
        self.show_form(self.help.code)

    def _to_person(self) -> None:
        # First back, so that a way back from the person's page does not lead into this form.
        self.desk.back()
        if self.help.person is not None:
            self.desk.go("person", person=self.help.person)

    def _same_again(self) -> None:
        self.desk.go("service_edit", person=self.help.person, like=self.help.service)

    def _ask_to_delete(self) -> None:
        question = _("Delete this record? That it was deleted remains known, its contents do not.")
        self.confirm.ask(question, _("Delete the record"), self._delete, stay=_("Keep it"), danger=True)

    def _delete(self) -> None:
        assert self.help.service is not None
        self._sources.assistance.delete_service(self.help.service, MISTAKE)
        self.deleted()


def grant_kind(service: str) -> str:
    """The kind of grant from which a service of this code is paid; empty where several may be."""
    kind = service.removeprefix("grant_")
    return kind if kind in codelists.get("grant_kinds") else ""


def _stay() -> None:
    """A group has no page to go to."""


def _look_over(
    sources: Sources, person: uuid.UUID | None, code: str, values: Mapping[str, Any]
) -> tuple[Problem, ...]:
    """What is odd so far; of a group what is odd about each of them comes at the save."""
    return sources.assistance.look_over(person, {**values, "service": code})
