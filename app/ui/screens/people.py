"""People: everybody who is recorded here, found by any part of the name or by the code."""

from __future__ import annotations

import uuid

from app.i18n import _
from app.ui.records.people_list import PeopleList
from app.ui.routes import Desk
from app.ui.widgets.buttons import primary_button
from app.ui.widgets.page import Page
from app.usecases.people import People


class PeopleScreen(Page):
    """Typing finds at once; Enter opens the first. ``may_add`` is False at the coordinator's."""

    def __init__(self, desk: Desk, people: People, query: str = "", *, may_add: bool = True) -> None:
        super().__init__(_("People") if may_add else _("Register"), scroll=False)
        self._desk = desk
        self.list = PeopleList(desk.tasks, people, query, may_add=may_add)
        self.list.chosen.connect(self._open)
        self.list.new_wanted.connect(self._new)
        if may_add:
            self.add_action(primary_button(_("New person"), "plus", self._new))
        self.add(self.list, 1)

    def entered(self) -> None:
        self.list.look()
        self.list.setFocus()

    def _open(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)

    def _new(self) -> None:
        self._desk.go("person_edit")
