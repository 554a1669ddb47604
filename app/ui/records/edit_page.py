"""The page on which a record is filled in and saved: one or more forms, a bar to save, drafts that are not lost.

The use case alone decides whether a record may be saved. What it refuses is shown beside the fields; what it
doubts is asked once, and asked again if a further doubt appears meanwhile. What is typed is kept as a draft within
two seconds, and found again in the same form with the cursor in the same place.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.spec import Problem
from app.i18n import _
from app.ui.forms.form_view import FormView
from app.ui.forms.problems import cell_of
from app.ui.records import hand
from app.ui.records.draft_keeper import DraftKeeper
from app.ui.records.reason_bar import ReasonBar
from app.ui.routes import Desk
from app.ui.shortcuts import SAVE, SAVE_AND_NEXT, bind
from app.ui.widgets.buttons import button, danger_button, ghost_button, primary_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import empty
from app.ui.widgets.page import Page
from app.ui.widgets.reveal import reveal
from app.ui.widgets.text import label
from app.usecases.checking import NeedsConfirmation, NotAccepted
from app.usecases.drafts import Draft, Drafts

Mark = tuple[str, str, str]
"""A doubt: the field, the code, and the answer that is doubted."""


class EditPage(Page):
    """Screens give their forms with ``show_forms`` and say in ``store`` and ``saved`` what a save means."""

    is_form = True
    travels = True
    """Does it go with the next bundle? (What the coordinator records herself stays with her.)"""

    def __init__(self, desk: Desk, drafts: Drafts, title: str = "", sub: str = "") -> None:
        super().__init__(title, sub)
        self.desk = desk
        self.drafts = drafts
        self.views: list[FormView] = []
        self._key = ""
        self._following = False
        self._is_saved = False
        self._is_fresh = False
        self._at_first: Mapping[str, Any] = {}
        self._hand: hand.Hand = {}
        self._keeper = DraftKeeper(drafts, self._draft, self._cannot_keep, self._keeps_again, self)
        self._doubted: frozenset[Mark] = frozenset()
        self.beside: Callable[[], AbstractContextManager[object]] = nullcontext
        """Around each save: what is to be kept in the same transaction (an answer to the coordinator)."""
        self.left: Callable[[], object] = _nothing
        """What else keeps something when the page is left."""
        self.save_button = primary_button(_("Save"), "check", self.save)
        self.next_button = button(_("Save and record another"), "", self.save_and_next)
        self.next_button.hide()
        self.foot = _foot(self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.foot)
        self.foot.hide()
        # From anywhere in the window, also from a button; only while there is a form. A key that is held saves once.
        self._keys = (bind(self, SAVE, self._save_key), bind(self, SAVE_AND_NEXT, self._save_and_next_key))
        for key in self._keys:
            key.setAutoRepeat(False)
            key.setEnabled(False)
        self.banner.acted.connect(self.start_anew)

    def show_forms(
        self, key: str, views: Sequence[FormView], above: Sequence[QWidget] = (), *, before: int = 0
    ) -> None:
        """Show ``views``, and ``above`` over the one with the number ``before``; ``key`` names their draft.

        What is added first is reached first by Tab: the order on the page is the order of the focus.
        """
        self._key = key
        self._is_saved = False
        self._is_fresh = True
        self._doubted = frozenset()
        self.views = list(views)
        for at, view in enumerate(views):
            for widget in above if at == before else ():
                self.add(widget)
            self.add(view)
            view.changed.connect(self._touched)
            view.leave_keys()
            view.save_requested.connect(self._requested)
            # The form emits this when the doubts at its top were read and answered with "save all the same".
            view.submitted.connect(self._confirmed)
        self.foot.show()
        for shortcut in self._keys:
            shortcut.setEnabled(True)
        self._bring_back()

    def clear(self) -> None:
        """Take the forms and all else away from the column; what was typed stays as a draft."""
        self.leaving()
        self.desk.moved_on()
        self._keeper.end()
        self._hand = {}
        self.views = []
        self.foot.hide()
        for shortcut in self._keys:
            shortcut.setEnabled(False)
        empty(self.body)

    def values(self, at: int = 0) -> dict[str, object]:
        """What the form number ``at`` holds now."""
        return self.views[at].values()

    def store(self, *, sure: bool) -> None:
        """Call the use case. Its refusals are shown here."""
        raise NotImplementedError

    def saved(self, *, following: bool) -> None:
        """It is saved: where to go now."""
        self.desk.back()

    def offer_deleting(self, delete: Callable[[str], object], *, of_person: bool = False) -> None:
        """Put the button beside the title; ``delete`` is called with the code of the reason."""
        self.reasons = ReasonBar(of_person=of_person)
        self.reasons.chosen.connect(partial(self._delete_for, delete))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        # Under the heading, where the page asks its other questions.
        column.insertWidget(column.indexOf(self.confirm), self.reasons)
        self.add_action(danger_button(_("Delete"), "trash", self.reasons.ask))

    def deleted(self) -> None:
        """It is deleted: nothing is kept of what was typed, and one is where one came from."""
        self.forget()
        self.desk.refresh_status()
        told = _("The record is deleted. The deletion travels with the next bundle.")
        self.desk.say(told if self.travels else _("The record is deleted."), "ok")
        self.desk.back()

    def refused(self, error: UserError) -> None:
        """A refusal that names no field; a screen may know the place for it."""
        self.say(error.sentence(), "error")

    def extra(self) -> Mapping[str, object]:
        """What a draft keeps beyond the forms. An id here is not taken for something typed."""
        return {}

    def bring_back(self, extra: Mapping[str, object]) -> None:
        """Put back what ``extra`` gave."""

    def address(self) -> tuple[str, Mapping[str, Any]]:
        """Route and arguments that open this very form again; a screen of several steps says more than its own."""
        return self.route, self.arguments

    def about(self) -> str:
        """``list/code`` of what the form is about, for the list of drafts, where the route does not say it."""
        return ""

    def snapshot(self) -> Mapping[str, object]:
        return {"hand": hand.where(self.views)} if self.views else {}

    def restore(self, state: Mapping[str, object]) -> None:
        kept = state.get("hand")
        if isinstance(kept, Mapping):
            self._put_hand(kept)
        if self._keeper.open:
            # Once the hand is back, for the field in hand is not looked over.
            QTimer.singleShot(0, self, self._look_over)

    def save(self) -> None:
        """Save (the button). What is doubted is asked, so that a double click answers nothing unread."""
        self._following = False
        self._attempt(sure=False)

    def save_and_next(self) -> None:
        """Save and start the next one."""
        self._following = not self.next_button.isHidden()
        self._attempt(sure=False)

    def start_anew(self) -> None:
        """Throw the draft away."""
        self.forget()
        self.say("")
        self.rebuild()

    def forget(self) -> None:
        """There is nothing to keep of what was typed."""
        self._keeper.forget()

    def rebuild(self) -> None:
        """Show the forms as they are without a draft."""
        self.desk.back()

    def entered(self) -> None:
        if self.views and not (self._hand and self._put_hand(self._hand)):
            self.views[0].focus_first()

    def leaving(self) -> None:
        self._keeper.keep()
        self.left()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # It was asked to leave before; behind its back the store may be closed.
            self._keeper.rest()

    def touched(self) -> None:
        """Something was typed; from now on there is a draft to keep."""
        self._is_saved = False
        self._keeper.touch()

    def _delete_for(self, delete: Callable[[str], object], reason: str) -> None:
        delete(reason)
        self.deleted()

    def _touched(self) -> None:
        if self._is_fresh:
            self._is_fresh = False
            self.desk.say("")
        self.touched()

    def _requested(self, following: bool) -> None:
        if following:
            self._save_and_next_key()
        else:
            self._save_key()

    def _save_key(self) -> None:
        """Ctrl+Enter. Pressed again at "Is this so?" it answers yes, if nothing that is doubted was changed."""
        self._following = False
        self._attempt(sure=bool(self._doubted))

    def _save_and_next_key(self) -> None:
        """Ctrl+Shift+Enter."""
        self._following = not self.next_button.isHidden()
        self._attempt(sure=bool(self._doubted))

    def _look_over(self) -> None:
        for view in self.views:
            view.look_over()

    def _confirmed(self) -> None:
        self._attempt(sure=True)

    def _attempt(self, *, sure: bool) -> None:
        if self._is_saved or not self.views:
            # The second half of a double click.
            return
        self.say("")
        # The line of an earlier save would stand above this form and tell an untruth about it.
        self.desk.say("")
        for view in self.views:
            view.show_problems(())
        try:
            with self.beside(), self.drafts.spent(self._key):
                self._store(sure=sure)
        except (NotAccepted, NeedsConfirmation) as error:
            self._keeper.lost()
            self._show(error.problems)
        except UserError as error:
            self._keeper.lost()
            self.refused(error)
        else:
            self._is_saved = True
            self._keeper.saved()
            self.desk.refresh_status()
            self.saved(following=self._following)

    def _store(self, *, sure: bool) -> None:
        doubted, self._doubted = self._doubted, frozenset()
        try:
            self.store(sure=False)
        except NeedsConfirmation as error:
            self._doubted = frozenset(self._mark(problem) for problem in error.problems)
            # Only the doubts that were read are answered by "save all the same".
            if not sure or not self._doubted <= doubted:
                raise
            self.store(sure=True)

    def _mark(self, problem: Problem) -> Mark:
        field = cell_of(problem.field)[0]
        answers = [view.values().get(field) for view in self.views if field in view.boxes]
        return problem.field, problem.code, repr(answers)

    def _show(self, problems: Sequence[Problem]) -> None:
        known = {name for view in self.views for name in view.boxes}
        strangers = [one for one in problems if cell_of(one.field)[0] not in known]
        for view in self.views:
            mine = [problem for problem in problems if cell_of(problem.field)[0] in view.boxes]
            view.show_problems(mine + (strangers if view is self.views[0] else []))
        first = next((view for view in self.views if view.summary.isVisibleTo(view)), None)
        self.say(_("Not saved yet. Please look at the marked fields."), "warn")
        if first is not None:
            first.summary.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(first.summary)

    def _bring_back(self) -> None:
        self._at_first = self._contents()
        kept = self._keeper.begin(self._key)
        if kept is None:
            return
        forms = kept.contents.get("forms")
        for view, values in zip(self.views, forms if isinstance(forms, list) else (), strict=False):
            if isinstance(values, Mapping):
                view.set_values(values)
        extra = kept.contents.get("extra")
        self.bring_back(extra if isinstance(extra, Mapping) else {})
        self._hand = kept.focus
        QTimer.singleShot(0, self, self._look_over)
        self.say(_("What you had typed here is back. It is not saved yet."), "info", _("Start anew"))

    def _contents(self) -> dict[str, Any]:
        return {"forms": [view.values() for view in self.views], "extra": dict(self.extra())}

    def _draft(self) -> Draft | None:
        """What is typed now; None where the form is again as it was opened."""
        contents = self._contents()
        if _typed(contents) == _typed(self._at_first):
            return None
        route, arguments = self.address()
        person = arguments.get("person")
        return Draft(
            key=self._key,
            route=route,
            arguments=arguments,
            contents=contents,
            focus=hand.where(self.views),
            about=self.about(),
            subject=person if isinstance(person, uuid.UUID) else None,
        )

    def _put_hand(self, kept: hand.Hand) -> bool:
        found = hand.put_back(self.views, kept)
        # Only when the column has its height can it be scrolled.
        QTimer.singleShot(0, self, lambda: hand.scroll_back(self.views, kept))
        return found

    def _cannot_keep(self, error: UserError) -> None:
        words = _("What you type cannot be kept at the moment: it stands in this window only. {why}")
        self.say(words.format(why=error.sentence()), "warn")

    def _keeps_again(self) -> None:
        self.say(_("What you type is kept again."), "ok")


def _nothing() -> None:
    """Most pages hold nothing but their forms."""


def _typed(contents: Mapping[str, Any]) -> tuple[object, object]:
    extra = contents["extra"]
    return contents["forms"], {name: one for name, one in extra.items() if one and not isinstance(one, uuid.UUID)}


def _foot(page: EditPage) -> QWidget:
    foot = Flow(8)
    hint = label(_("Ctrl+Enter saves"), "small")
    hint.setFixedHeight(page.save_button.sizeHint().height())
    # With large text on a small screen they take two rows. Not ``add``, which would show the second button.
    for widget in (page.save_button, page.next_button, ghost_button(_("Back (Esc)"), "", page.desk.back), hint):
        foot.flow.addWidget(widget)
    return foot
