"""A new person (names, what is known, consents on one page), or a part of what is known of one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.catalogue import form_for_kind
from app.i18n import _
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view, record_id
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.screens.person_edit.already_known import AlreadyKnown, Values
from app.ui.screens.person_edit.asking import ConsentAsking
from app.ui.screens.person_edit.likely_panel import LikelyPanel
from app.ui.shortcuts import bind
from app.ui.widgets.reveal import reveal
from app.usecases.likely import Likely, number_contradicts_birth
from app.usecases.people import People

_NEW = "person/new"


class PersonEdit(EditPage):
    """``PersonEdit(desk, people, today, drafts, staff_name=..., person=..., part=...)``.

    Without ``person`` a new one is registered, and ``likely`` is asked whether she is known already; ``part`` is
    ``person`` or ``identity``.
    """

    def __init__(
        self,
        desk: Desk,
        people: People,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        staff_name: str,
        person: uuid.UUID | None = None,
        part: str = "person",
        likely: Likely | None = None,
    ) -> None:
        super().__init__(desk, drafts)
        self._people = people
        self._today = today
        self._staff = staff_name
        self._person = person
        self._part = part
        self._registered: uuid.UUID | None = None
        self.consents: ConsentAsking | None = None
        self._from: QWidget | None = None
        self.panel = LikelyPanel(today)
        self.panel.chosen.connect(self._open_known)
        self.panel.room_changed.connect(self._room_changed)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.foot), self.panel)
        bind(self, ("F6",), self._to_panel_and_back, within=True)
        self.known = AlreadyKnown(desk.tasks, likely, self.panel, self._typed) if likely else None
        self.rebuild()

    def rebuild(self) -> None:
        self.clear()
        if self._person is None:
            self._build_new()
            return
        person, identity = self._people.person(self._person), self._people.identity(self._person)
        titles = {"person": _("About the person"), "identity": _("Name and contact")}
        self.set_title(titles[self._part], title_of(person, identity))
        values = person if self._part == "person" else identity
        view = make_view(asked(form_for_kind(self._part)), values, self._today)
        self.show_forms(f"{self._part}/{self._person}", [view])
        other = identity if self._part == "person" else person
        self._doubt_with(other)
        view.changed.connect(partial(self._doubt_with, other))

    def store(self, *, sure: bool) -> None:
        if self._person is None:
            self._register(sure=sure)
        elif self._part == "person":
            self._people.change_person(self._person, self.values(), sure=sure)
        else:
            self._people.change_identity(self._person, self.values(), sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("Saved on this laptop · not sent yet"), "ok")
        # First back, so that a way back from the person's page does not lead to an empty form.
        self.desk.back()
        if self._registered is not None:
            self.desk.go("person", person=self._registered)

    def extra(self) -> Mapping[str, object]:
        kept: dict[str, object] = {"registered": self._registered}
        if self.consents is not None:
            kept["consents"] = self.consents.kept()
        return kept

    def bring_back(self, extra: Mapping[str, object]) -> None:
        self._registered = record_id(extra.get("registered"))
        consents = extra.get("consents")
        if self.consents is not None and isinstance(consents, Mapping):
            self.consents.bring_back(consents)
            self._follow()

    def _build_new(self) -> None:
        self.set_title(_("New person"), _("Everything may stay empty. The case code is made at once when you save."))
        identity = make_view(asked(form_for_kind("identity")), {"names": [{}]}, self._today)
        person = make_view(asked(form_for_kind("person")), {}, self._today)
        self.consents = ConsentAsking(self._today, self._staff)
        self.consents.changed.connect(self.touched)
        self.show_forms(_NEW, [identity, person], [self.consents])
        person.changed.connect(self._follow)
        for view in (identity, person):
            view.changed.connect(self._look)
        self._look()

    def _follow(self) -> None:
        if self.consents is not None:
            self.consents.follow(self.values(1).get("birth"))

    def _typed(self) -> tuple[Values, Values, uuid.UUID | None]:
        return self.values(1), self.values(0), self._registered

    def _look(self) -> None:
        self._show_doubt(self.values(1), self.values(0))
        if self.known is not None:
            self.known.soon()

    def _doubt_with(self, other: Values) -> None:
        person, identity = (self.values(), other) if self._part == "person" else (other, self.values())
        self._show_doubt(person, identity)

    def _show_doubt(self, person: Values, identity: Values) -> None:
        doubtful = number_contradicts_birth(person, identity)
        words = _("The personal number and the date of birth do not fit together. Please look at both.")
        self.panel.show_doubt(words if doubtful else "")

    def _room_changed(self) -> None:
        if (hand := self.focusWidget()) is not None:
            reveal(hand)

    def _to_panel_and_back(self) -> None:
        now = self.focusWidget()
        if now is not None and self.panel.isAncestorOf(now):
            if self._from is not None:
                self._from.setFocus()
        elif self.panel.take_focus():
            self._from = now

    def _open_known(self, person: object) -> None:
        """Her page; what was typed stays as a draft until it is thrown away in so many words."""
        self.desk.say(
            _("What you typed for a new person is kept as a draft, in case it was somebody else."),
            "info",
            _("Delete draft"),
            partial(self.drafts.forget, _NEW),
        )
        self.desk.go("person", person=person)

    def _register(self, *, sure: bool) -> None:
        identity, person = self.values(0), self.values(1)
        if self._registered is None:
            self._registered = self._people.register(person, identity, sure=sure)
        else:
            # The person is there already and a consent was doubted: no second person.
            self._people.change_person(self._registered, person, sure=sure)
            if identity:
                self._people.change_identity(self._registered, identity, sure=sure)
        assert self.consents is not None
        for values in self.consents.answers():
            self._people.set_consent(self._registered, values, sure=sure)
