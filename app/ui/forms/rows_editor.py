"""ROWS: several small records in one field (medicines, forms of a name), each in a frame of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.forms.spec import Field, Values
from app.i18n import _, translate
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor
from app.ui.forms.field_box import FieldBox
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.nested import column_in, row_in

MakeEditor = Callable[[Field, FormContext], Editor]


class Row(QFrame):
    """One row: its fields in a column, and a button that takes it away."""

    changed = Signal()
    removed = Signal()

    def __init__(self, field: Field, context: FormContext, make: MakeEditor, number: int) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self._other: dict[str, object] = {}
        self.boxes = [FieldBox(cell, make(cell, context)) for cell in field.row]
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 10, 8, 10)
        column = column_in(outer, 1)
        column.setSpacing(8)
        for box in self.boxes:
            column.addWidget(box)
            box.editor.changed.connect(self.changed)
        away = icon_button("trash", _("Take away row {number}").format(number=number), self.removed.emit)
        outer.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(_("{title}, row {number}").format(title=translate(field.label), number=number))
        self.refresh()

    def value(self) -> dict[str, object]:
        """The cells that are filled in and relevant; cells of a newer version are kept."""
        found = {box.field.name: box.editor.value() for box in self.boxes if not box.isHidden()}
        return self._other | {name: value for name, value in found.items() if value is not None}

    def set_value(self, values: Mapping[str, object]) -> None:
        """Show one row."""
        known = {box.field.name for box in self.boxes}
        self._other = {name: value for name, value in values.items() if name not in known}
        for box in self.boxes:
            box.editor.set_value(values.get(box.field.name))
        self.refresh()

    def refresh(self) -> None:
        """Show the cells that are relevant to what the others hold."""
        values: Values = {box.field.name: box.editor.value() for box in self.boxes}
        values = {name: value for name, value in values.items() if value is not None}
        for box in self.boxes:
            box.setVisible(box.field.relevant is None or box.field.relevant(values))
            box.editor.watch(values)


class RowsEditor(Editor):
    """Rows and a button that adds one."""

    def __init__(self, field: Field, context: FormContext, make: MakeEditor) -> None:
        super().__init__(field, context)
        self._make = make
        self.rows: list[Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.plus = button(translate(field.adds) if field.adds else _("Add a row"), "plus", self.add_row)
        self.plus.installEventFilter(self)
        self.plus.setAccessibleName(_("{title}: add a row").format(title=translate(field.label)))
        foot = row_in(self._column)
        foot.addWidget(self.plus)
        foot.addStretch(1)
        self.setFocusProxy(self.plus)

    def value(self) -> object | None:
        return [row.value() for row in self.rows if row.value()] or None

    def set_value(self, value: object | None) -> None:
        for row in list(self.rows):
            self._drop(row)
        for item in value if isinstance(value, list | tuple) else ():
            self._append().set_value(item if isinstance(item, Mapping) else {})

    def add_row(self) -> None:
        """Append an empty row and go to its first field."""
        row = self._append()
        row.show()
        row.boxes[0].editor.setFocus()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes through a form, it adds no row on the way: that is for the space bar or the mouse."""
        on_plus = watched is self.plus and event.type() == QEvent.Type.KeyPress
        if on_plus and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def stops(self) -> list[QWidget]:
        inner = [stop for row in self.rows for box in row.boxes if not box.isHidden() for stop in box.editor.stops()]
        return [*inner, self.plus]

    def marked(self) -> list[QWidget]:
        return []

    def cell_box(self, at: int, cell: str) -> FieldBox | None:
        """The box of ``name[at].cell``; rows that hold nothing are not counted, as they are not in the value."""
        filled = [row for row in self.rows if row.value()]
        boxes = filled[at].boxes if at < len(filled) else ()
        return next((box for box in boxes if box.field.name == cell), None)

    def path_of(self, widget: QWidget) -> str:
        """``name[at].cell`` of the cell that holds ``widget``, as the check names it; empty if none does."""
        filled = [row for row in self.rows if row.value()]
        for at, row in enumerate(filled):
            for box in row.boxes:
                if box.isAncestorOf(widget):
                    return f"{self.field.name}[{at}].{box.field.name}"
        return ""

    def _append(self) -> Row:
        row = Row(self.field, self.context, self._make, len(self.rows) + 1)
        row.changed.connect(self._changed)
        row.removed.connect(self._removed)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        return row

    def _changed(self) -> None:
        for row in self.rows:
            row.refresh()
        self.changed.emit()

    def _removed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._drop(row)
            self.plus.setFocus()
            self.changed.emit()

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
