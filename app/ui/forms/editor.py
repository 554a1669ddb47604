"""What all editors share: a value in and out, a signal, a problem mark, and names for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.forms.spec import Field, Severity, Values
from app.i18n import translate
from app.ui.forms.context import FormContext
from app.ui.forms.unit_line import UnitLine
from app.ui.widgets.text import restyle


class Editor(QWidget):
    """Base of the editors, one class for each ``Kind``.

    ``value()`` is the plain value of ``spec`` or None where nothing was entered. What was typed but cannot be
    read (a date ``31.02``) is answered verbatim: the check names it, and a draft keeps it.
    """

    changed = Signal()

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__()
        self.field = field
        self.context = context
        self.setAccessibleName(translate(field.label))

    def value(self) -> object | None:
        """The value as it is kept in a record; None where there is none."""
        raise NotImplementedError

    def set_value(self, value: object | None) -> None:
        """Show ``value`` without a signal; None empties the editor."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """The widgets at which Enter stops on its way through the form."""
        return [self.focusProxy() or self]

    def marked(self) -> list[QWidget]:
        """The widgets that are framed red or amber while there is a problem."""
        return [self.focusProxy() or self]

    def watch(self, values: Values) -> None:
        """Told after each change what all fields hold now (a raion follows its oblast, a sum its currency)."""

    def set_problem(self, text: str, severity: Severity | None = None) -> None:
        """Frame the editor by ``severity`` (None: no problem) and tell screen readers the sentence."""
        for widget in self.marked():
            restyle(widget, "invalid", severity is Severity.ERROR)
            restyle(widget, "doubtful", severity is Severity.WARNING)
            widget.setAccessibleDescription(text or translate(self.field.hint))

    def name_widget(self, widget: QWidget, addition: str = "") -> None:
        """Give ``widget`` this field's label as its accessible name."""
        name = translate(self.field.label)
        widget.setAccessibleName(f"{name}, {addition}" if addition else name)
        widget.setAccessibleDescription(translate(self.field.hint))


class LineEditor(Editor):
    """An editor made of one line, with the unit inside it."""

    def __init__(self, field: Field, context: FormContext, width: int = 0) -> None:
        super().__init__(field, context)
        self.line = UnitLine()
        self.name_widget(self.line, translate(field.unit))
        self.line.show_unit(translate(field.unit))
        if width:
            self.line.fit_number(width)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.line, 1)
        if width:
            self.row.addStretch(1)
        self.line.textEdited.connect(self.changed)
        self.setFocusProxy(self.line)

    @property
    def unit(self) -> QLabel:
        """The unit as it is shown."""
        return self.line.unit


class CalmCombo(QComboBox):
    """A combo box that the wheel never changes: scrolling a form must not alter its answers."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
