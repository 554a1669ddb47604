"""The page on which a record is filled in and saved: one or more forms, a bar to save, drafts that are not lost.

The use case alone decides whether a record may be saved. What it refuses is shown beside the fields; what it
doubts is asked once, and asked again if a further doubt appears meanwhile. Leaving the page keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.spec import Problem
from app.i18n import _
from app.ui.forms.form_view import FormView
from app.ui.forms.problems import cell_of
from app.ui.records.forms import Drafts
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.page import Page
from app.ui.widgets.text import label
from app.usecases.checking import NeedsConfirmation, NotAccepted

Mark = tuple[str, str]


class EditPage(Page):
    """Screens give their forms with ``show_forms`` and say in ``store`` and ``saved`` what a save means."""

    def __init__(self, desk: Desk, drafts: Drafts, title: str = "", sub: str = "") -> None:
        super().__init__(title, sub)
        self.desk = desk
        self.drafts = drafts
        self.views: list[FormView] = []
        self._key = ""
        self._changed = False
        self._following = False
        self._shown: QWidget | None = None
        self._doubted: frozenset[Mark] = frozenset()
        self.save_button = primary_button(_("Save"), "check", self.save)
        self.next_button = button(_("Save and record another"), "", self.save_and_next)
        self.next_button.hide()
        self.foot = _foot(self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.foot)
        self.foot.hide()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.desk.back)
        self.banner.acted.connect(self.start_anew)

    def show_forms(self, key: str, views: Sequence[FormView], above: Sequence[QWidget] = ()) -> None:
        """Show ``views`` (and ``above`` over them); ``key`` names their draft."""
        self._key = key
        self.views = list(views)
        for widget in above:
            self.add(widget)
        for view in views:
            self.add(view)
            view.changed.connect(self._touched)
            view.save_requested.connect(self._requested)
            # The form emits this when the doubts at its top were read and answered with "save all the same".
            view.submitted.connect(self._confirmed)
        self.foot.show()
        self._bring_back()

    def clear(self) -> None:
        """Take the forms and all else away from the column; what was typed stays as a draft."""
        self.leaving()
        self._changed = False
        self.views = []
        self.foot.hide()
        while (item := self.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def values(self, at: int = 0) -> dict[str, object]:
        """What the form number ``at`` holds now."""
        return self.views[at].values()

    def store(self, *, sure: bool) -> None:
        """Call the use case. Its refusals are shown here."""
        raise NotImplementedError

    def saved(self, *, following: bool) -> None:
        """It is saved: where to go now."""
        self.desk.back()

    def refused(self, error: UserError) -> None:
        """A refusal that names no field; a screen may know the place for it."""
        self.say(error.sentence(), "error")

    def extra(self) -> Mapping[str, object]:
        """What a draft keeps beyond the forms."""
        return {}

    def bring_back(self, extra: Mapping[str, object]) -> None:
        """Put back what ``extra`` gave."""

    def save(self) -> None:
        """Save (Ctrl+Enter)."""
        self._following = False
        self._attempt(sure=False)

    def save_and_next(self) -> None:
        """Save and start the next one (Ctrl+Shift+Enter)."""
        self._following = not self.next_button.isHidden()
        self._attempt(sure=False)

    def start_anew(self) -> None:
        """Throw the draft away."""
        self.forget()
        self.say("")
        self.rebuild()

    def forget(self) -> None:
        """There is nothing to keep of what was typed."""
        self.drafts.pop(self._key, None)
        self._changed = False

    def rebuild(self) -> None:
        """Show the forms as they are without a draft."""
        self.desk.back()

    def entered(self) -> None:
        if self.views:
            self.views[0].focus_first()

    def leaving(self) -> None:
        if self._changed:
            kept: dict[str, object] = {str(at): view.values() for at, view in enumerate(self.views)}
            self.drafts[self._key] = kept | dict(self.extra())

    def touched(self) -> None:
        """Something was typed; from now on there is a draft to keep."""
        self._changed = True

    def _touched(self) -> None:
        if not self._changed:
            self.desk.say("")
        self.touched()

    def _requested(self, following: bool) -> None:
        if following:
            self.save_and_next()
        else:
            self.save()

    def _confirmed(self) -> None:
        self._attempt(sure=True)

    def _attempt(self, *, sure: bool) -> None:
        self.say("")
        # The line of an earlier save would stand above this form and tell an untruth about it.
        self.desk.say("")
        for view in self.views:
            view.show_problems(())
        try:
            self._store(sure=sure)
        except (NotAccepted, NeedsConfirmation) as error:
            self._show(error.problems)
        except UserError as error:
            self.refused(error)
        else:
            self.forget()
            self.desk.refresh_status()
            self.saved(following=self._following)

    def _store(self, *, sure: bool) -> None:
        doubted, self._doubted = self._doubted, frozenset()
        try:
            self.store(sure=False)
        except NeedsConfirmation as error:
            self._doubted = frozenset((problem.field, problem.code) for problem in error.problems)
            # Only the doubts that were read are answered by "save all the same".
            if not sure or not self._doubted <= doubted:
                raise
            self.store(sure=True)

    def _show(self, problems: Sequence[Problem]) -> None:
        for view in self.views:
            mine = [problem for problem in problems if cell_of(problem.field)[0] in view.boxes]
            view.show_problems(mine)
        known = {name for view in self.views for name in view.boxes}
        if strangers := [one for one in problems if cell_of(one.field)[0] not in known]:
            self.views[0].show_problems(strangers)
        first = next((view for view in self.views if view.summary.isVisibleTo(view)), None)
        self.say(_("Not saved yet. Please look at the marked fields."), "warn")
        if first is not None:
            first.summary.setFocus(Qt.FocusReason.OtherFocusReason)
            self._shown = first.summary
            # Only when the summary has its place can the column be moved to it.
            QTimer.singleShot(0, self, self._into_view)

    def _into_view(self) -> None:
        around = self._shown.parentWidget() if self._shown is not None else None
        while around is not None:
            if isinstance(around, QScrollArea) and self._shown is not None:
                around.ensureWidgetVisible(self._shown)
            around = around.parentWidget()

    def _bring_back(self) -> None:
        kept = self.drafts.get(self._key)
        if kept is None:
            return
        for at, view in enumerate(self.views):
            values = kept.get(str(at))
            if isinstance(values, Mapping):
                view.set_values(values)
        self.bring_back(kept)
        self._changed = True
        self.say(_("What you had typed here is back. It is not saved yet."), "info", _("Start anew"))


def _foot(page: EditPage) -> QWidget:
    foot = QWidget()
    row = QHBoxLayout(foot)
    row.setContentsMargins(0, 4, 0, 0)
    row.setSpacing(8)
    row.addWidget(page.save_button)
    row.addWidget(page.next_button)
    row.addWidget(ghost_button(_("Leave (Esc)"), "", page.desk.back))
    row.addStretch(1)
    hint: QLabel = label(_("Ctrl+Enter saves"), "small")
    row.addWidget(hint)
    return foot
