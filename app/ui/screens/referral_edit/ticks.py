"""What is shared, as ticks: first what does not say who she is, then what does. Nothing is ticked beforehand."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import codelists
from app.forms.spec import Field
from app.i18n import N_, _, translate
from app.ui.forms.codes_editor import Boxes
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor
from app.ui.widgets.text import label

TICKS: Final = "ticks"
_GROUPS: Final = (("0", N_("Does not tell who the person is")), ("1", N_("Tells who the person is, or her story")))


class TicksEditor(Editor):
    """The codes of the list in two groups of check boxes; answered in the order of the list."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        shared = codelists.get(field.codes)
        self._order = list(shared.codes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.groups: list[Boxes] = []
        choices = context.choices(field.codes)
        for mark, title in _GROUPS:
            column.addWidget(label(translate(title), "h3"))
            boxes = Boxes([one for one in choices if shared.column(one.key, "identifying") == mark])
            boxes.setAccessibleName(_("{question}: {group}").format(question=self._title(), group=translate(title)))
            boxes.changed.connect(self.changed)
            self.groups.append(boxes)
            column.addWidget(boxes)
        self.setFocusProxy(self.groups[0].first())

    def value(self) -> object | None:
        chosen = [key for boxes in self.groups for key in boxes.chosen()]
        known = [code for code in self._order if code in chosen]
        return [*known, *(code for code in chosen if code not in known)] or None

    def set_value(self, value: object | None) -> None:
        codes = [str(code) for code in value] if isinstance(value, list | tuple) else []
        shared = codelists.get(self.field.codes)
        for boxes, (mark, _group) in zip(self.groups, _GROUPS, strict=True):
            # A code of a newer program stands with what is to be handled with care.
            boxes.choose([code for code in codes if (shared.column(code, "identifying") or "1") == mark])

    def stops(self) -> list[QWidget]:
        return [boxes.first() for boxes in self.groups]

    def marked(self) -> list[QWidget]:
        return list(self.groups)

    def _title(self) -> str:
        return translate(self.field.label)
