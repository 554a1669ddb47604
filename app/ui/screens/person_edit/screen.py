"""A new person (names, what is known, consents on one page), or a part of what is known of one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.catalogue import form_for_kind
from app.i18n import N_, _
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.screens.person_edit.already_known import AlreadyKnown, Values
from app.ui.screens.person_edit.asking import ConsentAsking
from app.ui.screens.person_edit.likely_panel import LikelyPanel
from app.ui.screens.person_edit.parts import CONSENTS_BEFORE, part_forms, together
from app.ui.shortcuts import bind
from app.ui.widgets.reveal import reveal
from app.usecases.likely import Likely, LikelyMatch, number_contradicts_birth
from app.usecases.people import People

_NEW = "person/new"
_EMPTY: Final[tuple[Values, ...]] = ({"names": [{}]}, {}, {}, {})


class _KnownAlready(UserError):
    """Nothing is saved yet: first somebody very like is to be looked at. Who it is stands on the screen alone."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody very like is recorded already."))


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
        self._seen: set[uuid.UUID] = set()
        self._very_like: LikelyMatch | None = None
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

    def refused(self, error: UserError) -> None:
        match = self._very_like
        if match is None or not isinstance(error, _KnownAlready):
            super().refused(error)
            return
        question = _("Somebody very like is recorded already: {who}. Save as a new person?")
        self.confirm.ask(
            question.format(who=" ".join(filter(None, (match.code, match.name)))),
            _("Save as a new person"),
            partial(self._is_another, match.uid),
            stay=_("Open her page"),
            other=partial(self._open_known, match.uid),
        )

    def extra(self) -> Mapping[str, object]:
        if self.consents is None:
            return {}
        return {"consents": self.consents.kept(), "seen": sorted(self._seen)}

    def bring_back(self, extra: Mapping[str, object]) -> None:
        seen, consents = extra.get("seen"), extra.get("consents")
        self._seen = {one for one in seen if isinstance(one, uuid.UUID)} if isinstance(seen, list) else set()
        if self.consents is not None and isinstance(consents, Mapping):
            self.consents.bring_back(consents)

    def _build_new(self) -> None:
        self.set_title(_("New person"), _("Everything may stay empty. The case code is made at once when you save."))
        self._seen = set()
        views = [make_view(form, values, self._today) for form, values in zip(part_forms(), _EMPTY, strict=True)]
        self.consents = ConsentAsking(self._today, self._staff)
        self.consents.changed.connect(self.touched)
        self.show_forms(_NEW, views, [self.consents], before=CONSENTS_BEFORE)
        views[1].changed.connect(self._follow)
        for view in views:
            view.changed.connect(self._look)
        self._follow()
        self._look()

    def _follow(self) -> None:
        born = self.values(1)
        self.views[3].know(born)
        if self.consents is not None:
            self.consents.follow(born.get("birth"))

    def _typed(self) -> tuple[Values, Values]:
        parts = [view.values() for view in self.views]
        return together("person", parts), together("identity", parts)

    def _look(self) -> None:
        # The question was about what is no longer typed.
        self.confirm.dismiss()
        self._show_doubt(*self._typed())
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

    def _open_known(self, person: uuid.UUID) -> None:
        """Her page; what was typed stays as a draft until it is thrown away in so many words."""
        self._has_seen(person)
        self.desk.say(
            _("What you typed for a new person is kept as a draft, in case it was somebody else."),
            "info",
            _("Delete draft"),
            partial(self.drafts.forget, _NEW),
        )
        self.desk.go("person", person=person)

    def _is_another(self, person: uuid.UUID) -> None:
        self._has_seen(person)
        self.save()

    def _has_seen(self, person: uuid.UUID) -> None:
        """She is not asked about again, also when the draft is taken up later."""
        self._seen.add(person)
        self.touched()

    def _register(self, *, sure: bool) -> None:
        matches = self.known.very_like() if self.known is not None else []
        if matches and not any(one.uid in self._seen for one in matches):
            self._very_like = matches[0]
            raise _KnownAlready
        assert self.consents is not None
        person, identity = self._typed()
        self._registered = self._people.register(person, identity, self.consents.answers(), sure=sure)
