"""The steps before the form: who (one or several), which group, which kind. Digits, names and Enter are enough."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import codelists
from app.codelists import ConsentScope
from app.i18n import N_, _, ngettext, translate
from app.ui import theme
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts
from app.ui.records.people_list import PeopleList
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.screens.service_edit.choosing import MONEY, KindList, kinds_of, tiles
from app.ui.screens.service_edit.keys import LAST_TIME, SEVERAL, with_key
from app.ui.screens.service_edit.recording import Recording, ids
from app.ui.screens.service_edit.several import SeveralPeople
from app.ui.screens.service_edit.sources import Sources
from app.ui.shortcuts import bind
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, ghost_button
from app.ui.widgets.steps import StepHeader
from app.ui.widgets.text import label

WHO, WHAT, DETAILS = range(3)
_UNRECORDED: Final = {
    ConsentScope.INTERVIEW.value: N_("It is not recorded that the person agrees to the talk."),
    ConsentScope.SERVICES.value: N_("It is not recorded that the person agrees to be helped."),
}
_BOTH_UNRECORDED: Final = N_("It is not recorded that the person agrees to the talk and to help.")


class Steps(EditPage):
    """``content`` is the widget of the step shown; ``help`` what is known so far of what is being recorded."""

    def __init__(self, desk: Desk, sources: Sources, drafts: Drafts, recording: Recording) -> None:
        super().__init__(desk, drafts, _("Record help"))
        self.help = recording
        self.step = ""
        self.content: QWidget = QWidget()
        self._sources = sources
        self._tile = ""
        self._scope = ""
        self._actions_shown: list[QWidget] = []
        bind(self, SEVERAL, self._to_several, within=True)
        bind(self, LAST_TIME, self._as_last_time, within=True)

    def same_as_last(self) -> None:
        """Take the answers of last time into the form that is shown."""
        raise NotImplementedError

    def show_form(self, code: str) -> None:
        """The form of the kind, for those who were chosen."""
        raise NotImplementedError

    def show_who(self) -> None:
        """Look for the person."""
        self.turn("who", WHO, _("Record help"))
        self.act(with_key(button(_("Several people"), "people", self.show_several), SEVERAL))
        people = PeopleList(self.desk.tasks, self._sources.people)
        people.setMinimumHeight(theme.px(420))
        people.chosen.connect(self._person_chosen)
        people.new_wanted.connect(self._new_person)
        self._say_kind()
        self.place(people)
        people.look()
        people.setFocus()

    def show_several(self) -> None:
        """Look for several people."""
        self._show_several(())

    def show_tiles(self) -> None:
        """The eight groups."""
        self.help.code = ""
        self.turn("what", WHAT, _("What help?"))
        self.remind()
        grid = tiles(many=self.help.many)
        grid.chosen.connect(self.show_kinds)
        self.place(grid)
        self.body.addStretch(1)
        grid.tiles[0].setFocus()

    def show_kinds(self, tile: str) -> None:
        """The kinds of one group; a single one is taken at once."""
        if self.help.many and tile == MONEY:
            self.say(_("A payment of a grant belongs to one person. Record it for her alone."), "warn")
            return
        codes = kinds_of(tile, self._sources.assistance.usual_kinds(self.help.person))
        if len(codes) == 1:
            self.show_form(codes[0])
            return
        self._tile = tile
        self.turn("kinds", WHAT, coded("tiles", tile))
        kinds = KindList(codes)
        kinds.chosen.connect(self.show_form)
        self.place(kinds)
        another = ghost_button(_("Another group"), "chevron-left", self.show_tiles)
        self.body.addWidget(another, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        kinds.setFocus()

    def snapshot(self) -> Mapping[str, object]:
        picked = self.content.picked() if isinstance(self.content, SeveralPeople) else ()
        here = {"step": self.step, "tile": self._tile, "picked": list(picked)}
        return {**super().snapshot(), **here, **self.help.as_state()}

    def restore(self, state: Mapping[str, object]) -> None:
        """To the step where one was; what was opened as it should be stays as it is."""
        there = Recording.of_state(state)
        step, tile = state.get("step"), str(state.get("tile", ""))
        if self.help.new and (step, there.persons, there.code) != (self.step, self.help.persons, self.help.code):
            self.help = there
            if step == "several":
                self._show_several(ids(state.get("picked")))
            elif not there.persons:
                self.show_who()
            elif step == "form" and there.code:
                self.show_form(there.code)
            elif step == "kinds" and tile in codelists.get("tiles"):
                self.show_kinds(tile)
            else:
                self.show_tiles()
        super().restore(state)

    def turn(self, step: str, number: int, title: str) -> None:
        """Clear the page for the next step."""
        self.clear()
        self.drop_actions()
        self.say("")
        self.step = step
        self.set_title(title, self._for_whom())
        if self.help.new:
            self.add(StepHeader([_("Who"), _("What"), _("Details")], number))
        if number == DETAILS and self.help.new:
            self.act(button(_("Another kind of help"), "chevron-left", self.show_tiles))

    def place(self, content: QWidget) -> None:
        """Show ``content`` as what this step is about."""
        self.content = content
        self.add(content)

    def act(self, action: QWidget) -> None:
        """Put a button of this step beside the title."""
        self._actions_shown.append(action)
        self.add_action(action)

    def drop_actions(self) -> None:
        """Take the buttons of the step before away."""
        for action in self._actions_shown:
            action.hide()
            action.deleteLater()
        self._actions_shown = []

    def remind(self) -> None:
        """Help is never blocked; which answer is not recorded is said, and one press leads straight to it."""
        person = self.help.person
        if person is None or not self.help.new:
            return
        missing = self._sources.assistance.consents_missing(person)
        if not missing:
            return
        only = translate(_UNRECORDED[missing[0]]) if len(missing) == 1 else translate(_BOTH_UNRECORDED)
        words = _("{unrecorded} You may record the help all the same.").format(unrecorded=only)
        reminder = Banner(words, "warn", _("Record consents"))
        # Where several are missing, the list has one press for each.
        self._scope = missing[0] if len(missing) == 1 else ""
        reminder.acted.connect(self._to_consents)
        self.add(reminder)

    def _to_several(self) -> None:
        if self.step == "who":
            self.show_several()

    def _as_last_time(self) -> None:
        """One key for both: the people of last time, the answers of last time."""
        if isinstance(self.content, SeveralPeople) and self.step == "several":
            self.content.add_last_group()
        elif self.views:
            self.same_as_last()

    def _show_several(self, picked: tuple[uuid.UUID, ...]) -> None:
        self.turn("several", WHO, _("Help for several people"))
        self.act(button(_("One person"), "person", self.show_who))
        people = PeopleList(self.desk.tasks, self._sources.people)
        people.new_wanted.connect(self._new_person)
        assistance = self._sources.assistance
        several = SeveralPeople(people, self._sources.name, assistance.staying(), assistance.last_groups(), picked)
        several.done.connect(self._people_chosen)
        self._say_kind()
        self.place(several)
        people.look()
        several.setFocus()

    def _for_whom(self) -> str:
        if self.help.person:
            return self._sources.name(self.help.person)
        count = len(self.help.persons)
        return ngettext("{count} person", "{count} people", count).format(count=count) if count else ""

    def _say_kind(self) -> None:
        """After "save, then the next person": which kind the next one gets, and the way to another."""
        if not self.help.code:
            return
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("The next one: {kind}").format(kind=coded("services", self.help.code)), "strong"))
        row.addWidget(ghost_button(_("Another kind of help"), "", self._forget_kind))
        row.addStretch(1)
        self.add(around)

    def _forget_kind(self) -> None:
        self.help.code = ""
        if isinstance(self.content, SeveralPeople):
            self._show_several(self.content.picked())
        else:
            self.show_who()

    def _person_chosen(self, person: uuid.UUID) -> None:
        self._chosen((person,))

    def _people_chosen(self, persons: object) -> None:
        self._chosen(ids(persons))

    def _chosen(self, persons: tuple[uuid.UUID, ...]) -> None:
        code = self.help.code
        self.help = Recording(persons, code)
        if code:
            self.show_form(code)
        else:
            self.show_tiles()

    def _new_person(self) -> None:
        self.desk.go("person_edit")

    def _to_consents(self) -> None:
        self.desk.go("consent_edit", person=self.help.person, scope=self._scope)
