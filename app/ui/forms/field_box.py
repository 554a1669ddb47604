"""One question on screen: label with required mark, hint, the editor, and the problem in words below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.spec import Field, Kind, Severity
from app.i18n import _, translate
from app.ui.forms.editor import Editor
from app.ui.widgets.text import WrapLabel


class FieldBox(QWidget):
    """A field with all that belongs to it."""

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        self.severity: Severity | None = None
        title = translate(field.label)
        self.title = WrapLabel(f"{title} *" if field.required else title, "field")
        self.title.setToolTip(_("Must be filled in") if field.required else "")
        self.problem = WrapLabel("", "error")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        # The hint of a text of several lines stands inside it, as long as it is empty.
        if field.hint and field.kind is not Kind.LONG:
            column.addWidget(WrapLabel(translate(field.hint), "small"))
        column.addWidget(editor)
        column.addWidget(self.problem)

    def set_problem(self, text: str, severity: Severity | None) -> None:
        """Say ``text`` below the editor; None takes it away."""
        self.severity = severity
        self.problem.setProperty("role", "doubt" if severity is Severity.WARNING else "error")
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.editor.set_problem(text, severity)
