"""A page that looks at each row of a sheet, asks what is not clear, and takes in all of it or nothing."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox

from app.i18n import ngettext
from app.ui import errors
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.page import Page
from app.usecases.taking_in import Choices, Plan

T = TypeVar("T")


class TakingPage(Page):
    """A page says in ``look`` how it looks at the rows, and in ``offer`` what can be pressed now."""

    def __init__(self, desk: Desk, title: str, sub: str = "") -> None:
        super().__init__(title, sub)
        self._desk = desk
        self._choices = Choices()
        self._plan: Plan | None = None
        self.work = WorkStrip(desk.tasks)
        self.work.finished.connect(self.offer)

    def look(self) -> None:
        """Show what taking the sheet in would do. Writes nothing."""
        raise NotImplementedError

    def offer(self) -> None:
        """What can be pressed now."""
        raise NotImplementedError

    def run(self, words: str, work: Callable[[Ticker], T], done: Callable[[T], object]) -> None:
        """Do ``work`` in the background; what it refuses is said at the top."""
        self.banner.clear()
        self.work.run(words, work, done, self.failed)
        self.offer()

    def failed(self, error: BaseException) -> None:
        """The work was refused."""
        self.say(errors.words(error).text, "error")
        self.offer()

    def choose_same(self, key: str, person: uuid.UUID | None) -> None:
        """She who is ``key`` in the sheet is ``person``, or somebody new."""
        self._choices = dataclasses.replace(self._choices, same={**self._choices.same, key: person})
        self.look()

    def choose_to_leave_out(self, leave: bool) -> None:
        """Rows that cannot be taken in are left out, or nothing is taken in."""
        self._choices = dataclasses.replace(self._choices, leave_out=leave)
        if self._plan is not None:
            self._plan = dataclasses.replace(self._plan, leave_out=leave)
        self.offer()


class LeaveOut(QCheckBox):
    """Shall the rows that cannot be taken in be left out? Not there where all can be."""

    def show_plan(self, plan: Plan) -> None:
        """Show how many they are, and what was chosen, without a signal."""
        words = ngettext(
            "Leave out the {count} row that cannot be taken in, and take in the others",
            "Leave out the {count} rows that cannot be taken in, and take in the others",
            plan.errors,
        )
        self.setText(words.format(count=plan.errors))
        self.blockSignals(True)
        self.setChecked(plan.leave_out)
        self.blockSignals(False)
        self.setVisible(plan.errors > 0)
