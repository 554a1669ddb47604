"""A record opened because the coordinator asks about it: the field is marked, both values stand above the form.

Done from outside to the page of any kind of record, so that none of them needs to know of questions. The value that
she thinks right is put into its field by one press; saving the record then answers, in the same transaction. That it
is right as it is, or cannot be found out, is answered without a change.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.errors import UserError
from app.forms.answer import ANSWER
from app.forms.derived import as_typed, typed_in
from app.forms.spec import Problem, Severity
from app.i18n import N_, _
from app.ui.forms.context import FormContext
from app.ui.forms.field_box import FieldBox
from app.ui.forms.text_editors import LongEditor
from app.ui.records.asked_words import label_of, sentences
from app.ui.records.draft_keeper import DraftKeeper
from app.ui.records.edit_page import EditPage
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.reveal import reveal
from app.ui.widgets.text import WrapLabel
from app.usecases.answering import KEPT, UNKNOWN
from app.usecases.delivery import Deliveries
from app.usecases.doubts import AskedHere, Doubt
from app.usecases.drafts import Draft

_MARK: Final = N_("Asked about: {why}")
TakeOver = Callable[[str, Any], bool]
"""Put a value into its field; False where the field is not shown on this page."""
Say = Callable[[AskedHere, str], object]


class AskedAbout(QObject):
    """Lives with its page. ``AskedAbout(desk, deliveries, page, doubt)`` marks what ``doubt`` names."""

    def __init__(self, desk: Desk, deliveries: Deliveries, page: EditPage, doubt: Doubt) -> None:
        super().__init__(page)
        self._desk = desk
        self._deliveries = deliveries
        self._page = page
        self._doubt = doubt
        self.panels = [QuestionPanel(doubt, one, self._take_over, self._answer) for one in doubt.asked]
        for at, panel in enumerate(self.panels):
            page.body.insertWidget(at, panel)
        self._keeper = DraftKeeper(page.drafts, self._draft, desk.tell, _nothing, self)
        if doubt.asked:
            self._bring_back(self._keeper.begin(f"answers/{doubt.record}"))
            page.beside, page.left = self._answering, self._keeper.keep
        else:
            self.banner = Banner(
                _("The coordinator asks about this record: {why}.").format(why=doubt.why),
                "warn",
                _("It is right as it is"),
            )
            self.banner.acted.connect(self._settle)
            page.body.insertWidget(0, self.banner)
        # Once the page has put its own focus where it wants it.
        QTimer.singleShot(0, self, self._mark)

    def _mark(self) -> None:
        asked = {name for one in self._doubt.asked for name in one.fields}
        found = [name for name in self._doubt.fields if name not in asked]
        for view in self._page.views:
            view.show_problems([_problem(one, self._doubt.why) for one in found if one.split("[")[0] in view.boxes])
            for name in asked & set(view.boxes):
                _mark_box(view.boxes[name])
        # Once the marks have taken their room.
        QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        if self.panels:
            # The question is read first; Tab leads on to the form.
            self.panels[0].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.panels[0])
            return
        name = self._doubt.field
        view = next((one for one in self._page.views if name.split("[")[0] in one.boxes), None)
        if view is not None:
            view.go_to(name)

    def _take_over(self, name: str, value: Any) -> bool:
        field = typed_in(name)
        view = next((one for one in self._page.views if field in one.boxes), None)
        if view is None:
            return False
        view.set_value(field, as_typed(name, value, view.values()))
        view.go_to(field)
        return not view.boxes[field].isHidden()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Around a save of the page: what it answers is no longer asked."""
        words = {panel.asked.uid: panel.said() for panel in self.panels}
        with self._deliveries.answering(self._doubt.record, words):
            yield
        doubt = self._deliveries.doubt_of(self._doubt.record)
        left = {one.uid for one in doubt.asked} if doubt is not None else set()
        self._put_away([panel for panel in self.panels if panel.asked.uid not in left])

    def _answer(self, asked: AskedHere, said: str) -> None:
        words = next(panel.said() for panel in self.panels if panel.asked is asked)
        try:
            self._deliveries.answer(asked.uid, said, words)
        except UserError as error:
            self._desk.tell(error)
            return
        self._desk.refresh_status()
        self._desk.say(_("Your answer is kept. It goes to the coordinator with the next bundle."), "ok")
        self._put_away([panel for panel in self.panels if panel.asked is asked])
        if self.panels:
            self.panels[0].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._desk.back()

    def _put_away(self, answered: Sequence[QuestionPanel]) -> None:
        for panel in answered:
            self.panels.remove(panel)
            panel.hide()
        self._keeper.touch()
        self._keeper.keep()

    def _draft(self) -> Draft | None:
        """The words that are typed and not sent off yet."""
        words = {str(panel.asked.uid): panel.said() for panel in self.panels if panel.said()}
        if not words:
            return None
        route, arguments = self._page.address()
        return Draft(
            key=f"answers/{self._doubt.record}",
            route=route,
            arguments={**arguments, "asked": self._doubt.record},
            contents={"words": words},
            subject=self._doubt.person,
        )

    def _bring_back(self, kept: Draft | None) -> None:
        words = kept.contents.get("words") if kept is not None else None
        for panel in self.panels:
            panel.words.set_value(words.get(str(panel.asked.uid)) if isinstance(words, Mapping) else None)
            panel.words.changed.connect(self._keeper.touch)

    def _settle(self) -> None:
        self._deliveries.settle(self._doubt.record)
        self._desk.refresh_status()
        self._desk.say(_("Noted: you have looked, and the record is right as it is."), "ok")
        self._desk.back()


class QuestionPanel(QFrame):
    """One question: what is asked, both values, the three answers, and room for words."""

    def __init__(self, doubt: Doubt, asked: AskedHere, take_over: TakeOver, say: Say) -> None:
        super().__init__()
        self.asked = asked
        self.buttons: list[QPushButton] = []
        self._doubt = doubt
        self._take = take_over
        self.setProperty("banner", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        title = _("The coordinator asks: {field}").format(field=label_of(doubt.kind, doubt.values, asked.field))
        if not asked.field and asked.differences:
            title = _("The centre that kept this record before wrote something else")
        column.addWidget(WrapLabel(title, "strong"))
        for words in sentences(doubt, asked):
            column.addWidget(WrapLabel(words))
        self.taken = WrapLabel("", "sub")
        self.taken.hide()
        self._presses = Flow(8)
        column.addWidget(self._presses)
        column.addWidget(self.taken)
        for name, value, words in self._offers():
            self._press(words, "check", partial(self._take_over, name, value))
        self._press(_("It is right as it is"), "", partial(say, asked, KEPT))
        self._press(_("It cannot be found out"), "", partial(say, asked, UNKNOWN))
        field = ANSWER.field("words")
        self.words = LongEditor(field, FormContext(choices=lambda _name: ()))
        column.addWidget(WrapLabel(_("In your words, if something is to be added"), "field"))
        column.addWidget(self.words)
        if doubt.of_nobody:
            column.addWidget(WrapLabel(_("These words stay here, only the answer goes."), "small"))
        elif not doubt.agreed:
            column.addWidget(
                WrapLabel(
                    _(
                        "The person has not agreed that the name goes to the coordinator: these words stay here, "
                        "only the answer goes."
                    ),
                    "small",
                )
            )
        self.setAccessibleName(title)

    def said(self) -> str:
        """The words that go with the answer."""
        return str(self.words.value() or "")

    def _offers(self) -> list[tuple[str, Any, str]]:
        """The values that can be taken over by one press: field, value, what stands on the button."""
        asked = self.asked
        if asked.proposed is not None:
            return [(asked.field, asked.proposed, _("Take the value over"))]
        kind, values = self._doubt.kind, self._doubt.values
        named = {one.field for one in asked.differences}
        return [
            (one.field, one.other, _("Take over: {field}").format(field=label_of(kind, values, one.field)))
            for one in asked.differences
            if typed_in(one.field) == one.field or typed_in(one.field) not in named
        ]

    def _press(self, words: str, icon: str, run: Callable[[], object]) -> None:
        made = button(words, icon, run)
        self.buttons.append(made)
        self._presses.add(made)

    def _take_over(self, name: str, value: Any) -> None:
        if self._take(name, value):
            self.taken.setText(_("Put into the field. Save the record: the answer goes with it."))
        else:
            self.taken.setText(_("This value cannot be put in here. Change the record, or answer in words."))
        self.taken.show()


def mark_doubt(desk: Desk, deliveries: Deliveries, page: EditPage, record: uuid.UUID | None) -> None:
    """Mark what is asked about ``record`` on its page, where anything is."""
    if record is None or not page.views:
        return
    doubt = deliveries.doubt_of(record)
    if doubt is not None:
        AskedAbout(desk, deliveries, page, doubt)


def _problem(name: str, why: str) -> Problem:
    return Problem(name, Severity.ERROR, "asked", _MARK, {"why": why})


def _nothing() -> None:
    """What is typed is kept again; nobody need hear of it."""


def _mark_box(box: FieldBox) -> None:
    """A chip above the editor: what the check says below it comes and goes with the typing."""
    column = box.layout()
    assert isinstance(column, QVBoxLayout)
    column.insertWidget(1, Chip(_("The coordinator asks about this"), "warn"), 0, Qt.AlignmentFlag.AlignLeft)
