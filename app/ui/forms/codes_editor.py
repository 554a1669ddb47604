"""CODES: several entries of a code list. A short list is a wrap of check boxes, a long one is picked as tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.forms.spec import Field
from app.i18n import _, translate
from app.ui.forms.code_choices import not_offered
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import Editor
from app.ui.forms.search_combo import SearchCombo
from app.ui.forms.unread import typed_in, unread
from app.ui.widgets.flow import Flow

BOXES_UP_TO: Final = 14


class CodesEditor(Editor):
    """Answers the chosen codes in the order of the list; codes it does not know come last and are kept."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._choices = context.choices(field.codes)
        few = sum(not choice.retired for choice in self._choices) <= BOXES_UP_TO
        self.inner: Boxes | Tags = Boxes(self._choices) if few else Tags(self._choices, translate(field.label))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.inner)
        self.inner.changed.connect(self.changed)
        self.setFocusProxy(self.inner.first())

    def value(self) -> object | None:
        chosen = self.inner.chosen()
        order = [choice.key for choice in self._choices if choice.key in chosen]
        typed = self.inner.typed() if isinstance(self.inner, Tags) else ""
        left = [unread(typed)] if typed else []
        return [*order, *(code for code in chosen if code not in order), *left] or None

    def set_value(self, value: object | None) -> None:
        whole = list(value) if isinstance(value, list | tuple) else []
        self.inner.choose([str(code) for code in whole if typed_in(code) is None])
        if isinstance(self.inner, Tags):
            self.inner.show_typed(next((text for code in whole if (text := typed_in(code)) is not None), ""))

    def stops(self) -> list[QWidget]:
        return [self.inner.first()]

    def marked(self) -> list[QWidget]:
        return [self.inner]


class Boxes(Flow):
    """All entries as check boxes."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(16, 2)
        self._choices = choices
        self._boxes: dict[str, QCheckBox] = {}
        for choice in choices:
            if not choice.retired:
                self._add(choice.key, choice.text)

    def first(self) -> QWidget:
        """Where the focus goes."""
        return next(iter(self._boxes.values()), self)

    def chosen(self) -> list[str]:
        """The ticked keys."""
        return [key for key, box in self._boxes.items() if box.isChecked()]

    def choose(self, keys: list[str]) -> None:
        """Tick exactly these; unknown ones get a box of their own."""
        for key in keys:
            if key not in self._boxes:
                self._add(key, not_offered(self._choices, key))
        for key, box in self._boxes.items():
            blocker = QSignalBlocker(box)
            box.setChecked(key in keys)
            blocker.unblock()

    def _add(self, key: str, text: str) -> None:
        box = QCheckBox(text.replace("&", "&&"))
        box.setAccessibleName(text)
        box.toggled.connect(self.changed)
        self._boxes[key] = box
        self.add(box)


class Tags(QWidget):
    """A searched list; each choice becomes a tag that a press takes away.

    Text that names no entry stays in the line: leaving the field must not throw away what was meant as an answer.
    """

    changed = Signal()

    def __init__(self, choices: Sequence[Choice], name: str) -> None:
        super().__init__()
        self._choices = choices
        self._texts = {choice.key: choice.text for choice in choices if not choice.retired}
        self._tags: dict[str, QPushButton] = {}
        self._combo = SearchCombo()
        self._combo.addItem("", "")
        for choice in choices:
            if not choice.retired:
                self._combo.add(choice.text, choice.key, choice.also)
        self._combo.line.setPlaceholderText(_("Type a part of the word to add"))
        self._combo.setAccessibleName(name)
        self._combo.line.setAccessibleName(name)
        self._combo.activated.connect(self._picked)
        self._combo.line.textEdited.connect(self.changed)
        self._combo.line.editingFinished.connect(self._settle)
        self._flow = Flow(6)
        self._flow.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._combo)
        column.addWidget(self._flow)

    def first(self) -> QWidget:
        """Where the focus goes."""
        return self._combo

    def chosen(self) -> list[str]:
        """The keys of the tags."""
        return list(self._tags)

    def choose(self, keys: list[str]) -> None:
        """Show exactly these tags."""
        for key in list(self._tags):
            self._remove(key)
        for key in keys:
            self._add(key)

    def typed(self) -> str:
        """What stands in the line and is no tag."""
        return self._combo.line.text().strip()

    def show_typed(self, text: str) -> None:
        """Put ``text`` into the line (what a draft kept)."""
        self._combo.line.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a tag of what is typed and stays for the next one; with nothing to take it goes on."""
        took = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self._settle()
        if not took:
            super().keyPressEvent(event)

    def _settle(self) -> bool:
        """Take the one entry that is meant; what means none stays in the line, and the check names it."""
        at = None if self._combo.is_choosing() else self._combo.match(self.typed())
        if at is None or not self._combo.itemData(at):
            return False
        self._picked(at)
        return True

    def _picked(self, at: int) -> None:
        key = str(self._combo.itemData(at) or "")
        if key and key not in self._tags:
            self._add(key)
        self._combo.setCurrentIndex(0)
        self._combo.line.clear()
        self.changed.emit()

    def _add(self, key: str) -> None:
        text = self._texts.get(key) or not_offered(self._choices, key)
        tag = QPushButton(f"{text.replace('&', '&&')}  ×")
        tag.setAutoDefault(False)
        tag.setProperty("kind", "tag")
        tag.setProperty("code", key)
        tag.setAccessibleName(_("{choice}: press to take away").format(choice=text))
        tag.clicked.connect(self._pressed)
        self._tags[key] = tag
        self._combo.chosen = frozenset(self._tags)
        self._flow.add(tag)
        self._flow.show()

    def _pressed(self) -> None:
        tag = self.sender()
        if isinstance(tag, QPushButton):
            self._remove(str(tag.property("code")))
            self._combo.setFocus()
            self.changed.emit()

    def _remove(self, key: str) -> None:
        tag = self._tags.pop(key)
        self._combo.chosen = frozenset(self._tags)
        self._flow.flow.removeWidget(tag)
        tag.hide()
        tag.deleteLater()
        self._flow.setVisible(bool(self._tags))
