"""Asking the centre about a record that is read here: which field, what one thinks right, and words.

Fields that say something stand first. The value that is proposed is typed in the field's own editor, so that the
nurse can take it over by one press.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.forms.spec import Field, Kind, Leaves, Values
from app.i18n import N_, _, translate
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import FormContext
from app.ui.forms.editor import CalmCombo, Editor
from app.ui.forms.editors import Editors
from app.ui.forms.text_editors import LongEditor
from app.ui.records.asked_words import value_words
from app.ui.routes import Desk
from app.ui.shortcuts import SAVE, bind
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel
from app.usecases.questions import Questions, askable, can_propose

_WORDS: Final = Field(
    "words", Kind.LONG, N_("Your question in words"), Leaves.NEVER, hint=N_("No names here."), multiline=2
)


class AskTheCentre(Card):
    """``AskTheCentre(desk, questions, kind=..., record=..., values=...)``; ``asked`` is called afterwards."""

    def __init__(
        self,
        desk: Desk,
        questions: Questions,
        *,
        kind: str,
        record: uuid.UUID,
        values: Values,
        asked: Callable[[], object],
    ) -> None:
        super().__init__(_("Ask the centre about this record"))
        self._desk = desk
        self._questions = questions
        self._kind, self._record, self._values = kind, record, values
        self._asked = asked
        self._context = FormContext(choices=code_choices, today=questions.today)
        self._editors = Editors(filter_by={"raion": "oblast"})
        self._fields = {field.name: field for field in askable(kind, values)}
        self.editor: Editor | None = None
        self.problem = Banner()
        self.fields = CalmCombo()
        self.fields.addItem(_("The whole record"), "")
        for name, field in self._fields.items():
            self.fields.addItem(self._entry(field), name)
        self.fields.setAccessibleName(_("What you ask about"))
        self.fields.setMinimumContentsLength(24)
        self.fields.setMaxVisibleItems(16)
        self.fields.currentIndexChanged.connect(self._chosen)
        self._thought = QWidget()
        self._holder = QVBoxLayout(self._thought)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(4)
        self._holder.addWidget(WrapLabel(_("I think it is (may stay empty)"), "field"))
        self.words = LongEditor(_WORDS, self._context)
        self.ask = primary_button(_("Ask"), "question", self._ask)
        for item in (
            self.problem,
            WrapLabel(_("What you ask about"), "field"),
            self.fields,
            self._thought,
            WrapLabel(translate(_WORDS.label), "field"),
            self.words,
        ):
            self.add(item)
        row = row_in(self.body)
        row.addWidget(self.ask)
        row.addWidget(WrapLabel(_("The question goes with the next receipt."), "small"), 1)
        self._key = bind(self, SAVE, self._ask, within=True)
        self._key.setAutoRepeat(False)
        self.fields.setCurrentIndex(1 if self._fields else 0)

    def choose(self, name: str) -> None:
        """Put the field ``name`` before her."""
        self.fields.setCurrentIndex(max(0, self.fields.findData(name)))

    def _entry(self, field: Field) -> str:
        label = translate(field.label)
        if field.name not in self._values:
            return label
        value = value_words(self._kind, self._values, field.name, self._values[field.name]).replace("\n", " ")
        return _("{field}: {value}").format(field=label, value=value if len(value) <= 60 else f"{value[:60]}…")

    def _chosen(self) -> None:
        if self.editor is not None:
            self._holder.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        field = self._fields.get(str(self.fields.currentData()))
        self._thought.setVisible(field is not None and can_propose(field))
        if field is not None and can_propose(field):
            self.editor = self._editors.make(field, self._context)
            self.editor.watch(self._values)
            self._holder.addWidget(self.editor)
            self.editor.show()

    def _ask(self) -> None:
        proposed = self.editor.value() if self.editor is not None else None
        self.problem.clear()
        try:
            self._questions.ask(self._record, str(self.fields.currentData()), str(self.words.value() or ""), proposed)
        except UserError as error:
            self.problem.say(error.sentence(), "error")
            return
        self.words.set_value(None)
        if self.editor is not None:
            self.editor.set_value(None)
        self._desk.say(_("Asked. The question goes with the next receipt for this centre."), "ok")
        self._desk.refresh_status()
        self._asked()
