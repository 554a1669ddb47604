"""A form on screen, built from its spec: one column, labels above fields, sections that unfold when relevant.

Values go in and out as the plain dictionaries of ``app.forms.spec``. Keys that the form does not know are kept
and answered again, so that a record of a newer version loses nothing by being edited here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.forms.spec import Form, Problem, Section, Severity, Values
from app.i18n import translate
from app.ui import theme
from app.ui.forms.context import Check, FormContext
from app.ui.forms.editor import Editor
from app.ui.forms.editors import Editors
from app.ui.forms.field_box import FieldBox
from app.ui.forms.marks import Live, Marks
from app.ui.forms.problem_summary import ProblemSummary
from app.ui.forms.problems import cell_of
from app.ui.forms.rows_editor import RowsEditor
from app.ui.forms.small_fields import SmallFields, runs
from app.ui.shortcuts import SAVE, SAVE_AND_NEXT, bind
from app.ui.widgets.card import Card
from app.ui.widgets.reveal import reveal

WIDEST: Final = 680  # a line longer than this is hard to read and to fill in


class FormView(QWidget):
    """``FormView(form, context, values, check=...)``; it does not scroll by itself: put it into a ``Page``.

    ``changed`` after each edit (keep a draft), ``save_requested`` on Ctrl+Enter (True: "and the next"),
    ``submitted(values, next)`` once ``submit`` found nothing wrong or the person said "save all the same".
    ``live`` says what looks odd in the values now: it is told beside the fields as they are left.
    """

    changed = Signal()
    save_requested = Signal(bool)
    submitted = Signal(object, bool)

    def __init__(
        self,
        form: Form,
        context: FormContext,
        values: Values | None = None,
        *,
        check: Check | None = None,
        editors: Editors | None = None,
        live: Live | None = None,
    ) -> None:
        super().__init__()
        self.form = form
        self._check = check
        self._other: dict[str, object] = {}
        self._beside: Values = {}
        self._next = False
        self.summary = ProblemSummary()
        self.summary.jumped.connect(self.go_to)
        self.summary.accepted.connect(self._accepted)
        made = editors or Editors()
        self.boxes = {field.name: FieldBox(field, made.make(field, context)) for field in form.fields}
        self._marks = Marks(self.boxes, self.summary, live)
        self._cards: list[Card] = []
        self._small: list[SmallFields] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        for section in form.sections:
            self._cards.append(self._card(section))
            column.addWidget(self._cards[-1])
        column.addStretch(1)
        self.setAccessibleName(translate(form.title))
        self.set_values(values or {})
        for box in self.boxes.values():
            box.editor.changed.connect(self._by_hand)
        # A key that is held down saves once.
        self._keys = (
            bind(self, SAVE, self._save, within=True),
            bind(self, SAVE_AND_NEXT, self._save_and_next, within=True),
        )
        for key in self._keys:
            key.setAutoRepeat(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def values(self) -> dict[str, object]:
        """What the fields shown hold now, unread typing included; what is not relevant is left out."""
        found = {
            name: value
            for name, box in self.boxes.items()
            if not box.isHidden() and (value := box.editor.value()) is not None
        }
        return self._other | found

    def set_values(self, values: Values) -> None:
        """Show ``values`` (no signal); fields that they do not name are emptied."""
        self._other = {name: value for name, value in values.items() if name not in self.boxes}
        for box in self.boxes.values():
            # First who watches (currency, oblast), so that a sum is shown in its own currency.
            box.editor.watch(values)
            box.editor.set_value(values.get(box.field.name))
        self._unfold()
        self.show_problems(())

    def set_value(self, name: str, value: object | None) -> None:
        """Put one value into its field, as if it had been typed."""
        self.boxes[name].editor.set_value(value)
        self._edited(name)

    def know(self, beside: Values) -> None:
        """What is answered elsewhere on the page: it decides with what is asked here, and is not answered again."""
        self._beside = beside
        self._unfold()

    def submit(self, *, following: bool = False) -> None:
        """Check and, where nothing is wrong, emit ``submitted``; with warnings alone, ask "sure?" at the top."""
        self._next = following
        if self._check is None:
            self.submitted.emit(self.values(), following)
            return
        values, problems = self._check(self.values())
        self.show_problems(problems)
        if not problems:
            self.submitted.emit(dict(values), following)
        else:
            self.summary.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.summary)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields that ``problems`` name, errors before warnings, and list them at the top."""
        self._marks.say(problems, self.values())

    def leave_keys(self) -> None:
        """The page around answers to Ctrl+Enter, also beside this form; with both, Qt would ask neither."""
        for key in self._keys:
            key.setEnabled(False)

    def look_over(self) -> None:
        """Say again what looks odd: these answers came from a draft or from the window of before."""
        self._marks.look(self.values(), typing=self._in_hand(QApplication.focusWidget()))

    def go_to(self, name: str) -> None:
        """Scroll to the field ``name`` (or the cell ``name[2].cell``) and put the focus there."""
        box = self._marks.box_of(name)
        if box is not None:
            reveal(box)
            box.editor.stops()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def start_at(self, names: Sequence[str]) -> None:
        """Put the focus into the first of ``names`` that is asked and still empty, else into the first field."""
        for name in names:
            box = self.boxes.get(name)
            if box is not None and not box.isHidden() and box.editor.value() is None:
                self.go_to(name)
                return
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus into the first field that is shown."""
        for box in self.boxes.values():
            if not box.isHidden():
                box.editor.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
                reveal(box)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column narrow enough to read. By margins: Qt computes heights for widths that ignore a maximum
        width, and fields that wrap would be cut."""
        super().resizeEvent(event)
        spare = max(0, self.width() - theme.px(WIDEST) - 32)
        for card in self._cards:
            card.body.setContentsMargins(16, 12, 16 + spare, 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, as in paper forms."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        here = self.focusWidget()
        shown = [box.editor for box in self.boxes.values() if not box.isHidden()]
        stops = [stop for editor in shown for stop in editor.stops()]
        at = next((n for n, stop in enumerate(stops) if stop is here or (here and stop.isAncestorOf(here))), None)
        if at is None:
            at = self._stop_of(here, stops)
        if at is not None and at + 1 < len(stops):
            stops[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            reveal(stops[at + 1])
        else:
            self.focusNextChild()

    def _stop_of(self, here: QWidget | None, stops: list[QWidget]) -> int | None:
        """The stop that shares an editor with ``here`` (a second check box of one field)."""
        for box in self.boxes.values():
            if here is not None and box.editor.isAncestorOf(here):
                return stops.index(box.editor.stops()[-1]) if box.editor.stops()[-1] in stops else None
        return None

    def _card(self, section: Section) -> Card:
        card = Card(translate(section.title))
        card.body.setSpacing(14)
        for run in runs(section.fields):
            boxes = [self.boxes[field.name] for field in run]
            if len(boxes) == 1:
                card.add(boxes[0])
            else:
                self._small.append(SmallFields(boxes))
                card.add(self._small[-1])
        return card

    def _by_hand(self) -> None:
        editor = self.sender()
        self._edited(editor.field.name if isinstance(editor, Editor) else "")

    def _edited(self, name: str) -> None:
        self._unfold()
        self.changed.emit()
        typing = self._in_hand(QApplication.focusWidget())
        # A text is looked over when it is left; while it is typed only marks may go.
        if self._marks.any or not name or cell_of(typing)[0] != name:
            self._marks.look(self.values(), edited=name, typing=typing)

    def _focus_moved(self, left: QWidget | None, to: QWidget | None) -> None:
        # To nowhere means to another program: nothing was finished.
        if to is not None and left is not None and isValid(left) and self.isAncestorOf(left):
            self._marks.look(self.values(), typing=self._in_hand(to))

    def _in_hand(self, widget: QWidget | None) -> str:
        """The field (or cell) that is being typed into; empty where answers are chosen by one press."""
        if not isinstance(widget, QLineEdit | QPlainTextEdit):
            line = widget.focusProxy() if widget is not None else None
            if not isinstance(line, QLineEdit):
                return ""
            widget = line
        box = next((box for box in self.boxes.values() if box.isAncestorOf(widget)), None)
        if box is None:
            return ""
        inner = box.editor.path_of(widget) if isinstance(box.editor, RowsEditor) else ""
        return inner or box.field.name

    def _unfold(self) -> None:
        """Show what is relevant. A field's answer may make a later one relevant and so on: until it settles."""
        for _round in range(len(self._cards) + 2):
            values = {**self._beside, **self.values()}
            moved = False
            for section, card in zip(self.form.sections, self._cards, strict=True):
                asked = section.relevant is None or section.relevant(values)
                for field in section.fields:
                    shown = asked and (field.relevant is None or field.relevant(values))
                    box = self.boxes[field.name]
                    moved = moved or shown == box.isHidden()
                    box.setVisible(shown)
                    box.editor.watch(values)
                card.setVisible(any(not self.boxes[field.name].isHidden() for field in section.fields))
            if not moved:
                break
        for row in self._small:
            row.refresh()

    def _accepted(self) -> None:
        """ "Save all the same": check once more, for the form may have been edited below the question."""
        assert self._check is not None
        values, problems = self._check(self.values())
        if any(problem.severity is Severity.ERROR for problem in problems):
            self.show_problems(problems)
            return
        self.show_problems(())
        self.submitted.emit(dict(values), self._next)

    def _save(self) -> None:
        self.save_requested.emit(False)

    def _save_and_next(self) -> None:
        self.save_requested.emit(True)
