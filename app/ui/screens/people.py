"""People: everybody who is recorded here, found by any part of the name or by the code.

At the coordinator's it is the register of all centres.
"""

from __future__ import annotations

import uuid

from app.i18n import _
from app.ui.records.people_list import PeopleList
from app.ui.routes import Desk
from app.ui.widgets.buttons import ghost_button, primary_button
from app.ui.widgets.page import Page
from app.usecases.people import People


class PeopleScreen(Page):
    """Typing finds at once; Enter opens the first. ``of_all``: of all centres, where nobody is added by hand."""

    def __init__(self, desk: Desk, people: People, query: str = "", *, of_all: bool = False) -> None:
        super().__init__(_("Register") if of_all else _("People"), scroll=False)
        self._desk = desk
        self.list = PeopleList(desk.tasks, people, query, of_all=of_all)
        self.list.chosen.connect(self._open)
        self.list.new_wanted.connect(self._new)
        self.add_action(ghost_button(_("Take in a register"), "register", self._take_in))
        if not of_all:
            self.add_action(primary_button(_("New person"), "plus", self._new))
        self.add(self.list, 1)

    def entered(self) -> None:
        self.list.look()
        self.list.setFocus()

    def _open(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)

    def _take_in(self) -> None:
        self._desk.go("take_in")

    def _new(self) -> None:
        self._desk.go("person_edit")
