"""The list of problems above a form: each line leads to its field; warnings alone offer "save all the same"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.forms.spec import Problem, Severity
from app.i18n import _, ngettext
from app.ui.forms.problems import cell_of, sentence
from app.ui.widgets.buttons import button, link_button
from app.ui.widgets.nested import column_in, row_in
from app.ui.widgets.text import WrapLabel, restyle


class ProblemSummary(QFrame):
    """``jumped`` gives the name of a field; ``accepted`` means that the warnings were read and meant."""

    jumped = Signal(str)
    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary")
        self.setProperty("banner", "error")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: list[QPushButton] = []
        self._title = WrapLabel("", "strong")
        self.accept = button(_("Save all the same"), "", self.accepted.emit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(6)
        outer.addWidget(self._title)
        self._column = column_in(outer)
        self._column.setSpacing(0)
        foot = row_in(outer)
        foot.addWidget(self.accept)
        foot.addStretch(1)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], titles: Mapping[str, str]) -> None:
        """List ``problems``, errors first; none hides the summary."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        errors = [one for one in problems if one.severity is Severity.ERROR]
        doubts = [one for one in problems if one.severity is Severity.WARNING]
        for problem in (*errors, *doubts):
            self._add(problem, titles.get(cell_of(problem.field)[0], problem.field))
        self._title.setText(self._say(len(errors), len(doubts)))
        self.setAccessibleName(self._title.text())
        self.accept.setVisible(bool(doubts) and not errors)
        restyle(self, "banner", "error" if errors else "warn")
        self.setVisible(bool(problems))

    def _add(self, problem: Problem, title: str) -> None:
        line = link_button(f"{title}: {sentence(problem)}")
        line.setProperty("field", problem.field)
        line.clicked.connect(self._pressed)
        self.lines.append(line)
        self._column.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)

    def _pressed(self) -> None:
        line = self.sender()
        if isinstance(line, QPushButton):
            self.jumped.emit(str(line.property("field")))

    @staticmethod
    def _say(errors: int, doubts: int) -> str:
        if errors:
            return ngettext(
                "{count} answer keeps this from being saved", "{count} answers keep this from being saved", errors
            ).format(count=errors)
        return ngettext(
            "Is this so? {count} answer is unusual", "Is this so? {count} answers are unusual", doubts
        ).format(count=doubts)
