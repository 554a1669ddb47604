"""Steps that prove that the paper is there: the digits are typed back from it, the key is read back or typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.errors import UserError
from app.i18n import _
from app.ui import theme
from app.ui.exchange.choosing import choose_files
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Question, Step
from app.ui.widgets.buttons import button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel, restyle

_LONGEST_KEY = 1 << 14
FOUR_BOXES = 460
"""Two rows of four boxes, as the groups stand on the sheet."""


def wrong_groups(error: UserError) -> list[int]:
    """The numbers (from 1) of the groups that a refusal names."""
    return [int(number) for number in re.findall(r"\d+", str(error.values.get("groups", "")))]


def mark_groups(edit: DigitsEdit, numbers: Sequence[int]) -> None:
    """Frame exactly these groups red, and go to the first of them."""
    for at, box in enumerate(edit.boxes, 1):
        restyle(box, "invalid", not numbers or at in numbers)
    first = edit.boxes[numbers[0] - 1] if numbers else edit.boxes[0]
    first.setFocus()
    first.selectAll()


class ProveSheetStep(Step):
    """All eight groups, from the paper. A wrong group is named at the group."""

    def __init__(self, draft: Draft, prove: Callable[[Sequence[str]], None]) -> None:
        super().__init__(
            draft,
            _("Type the digits back"),
            _(
                "From the paper, not from memory: this proves that the sheet can be read. "
                "Go back to see it once more."
            ),
        )
        self.verb = _("Check the digits")
        self._prove = prove
        self.edit = DigitsEdit(8, 6, _("Recovery sheet"))
        self.edit.setMaximumWidth(theme.px(FOUR_BOXES))
        self._error = WrapLabel("", "error")
        self._error.hide()
        if draft.typed_groups:
            self.edit.set_digits(draft.typed_groups)
        self.edit.changed.connect(self._changed)
        self.body.addWidget(self.edit)
        self.body.addWidget(self._error)
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        return self.edit

    def accept(self) -> bool:
        try:
            self._prove([box.text() for box in self.edit.boxes])
        except UserError as error:
            self._error.setText(error.sentence())
            self._error.show()
            mark_groups(self.edit, wrong_groups(error))
            return False
        self._error.hide()
        return True

    def _changed(self) -> None:
        self._error.hide()
        self.draft.typed_groups = self.edit.digits()

    def error(self) -> str:
        """What is said now."""
        return "" if self._error.isHidden() else self._error.text()


class ProveKeyStep(Step):
    """The coordinator's recovery key, read back from the stick or typed from the paper."""

    def __init__(self, draft: Draft, prove: Callable[[str], None]) -> None:
        super().__init__(
            draft,
            _("Prove the recovery key"),
            _("Read it back from the stick, or type it from the paper. Blanks and line ends do not count."),
        )
        self.verb = _("Check the key")
        self._prove = prove
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme.px(150))
        self.question = Question(_("Recovery key"), self.edit)
        self.body.addWidget(self.question)
        row = row_in(self.body)
        row.addWidget(button(_("Read from a file …"), "usb", self.choose_file))
        row.addStretch(1)
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        return self.edit

    def choose_file(self) -> None:
        """Ask for the text file that was saved on the stick."""
        choose_files(self, _("The file with the recovery key"), self._chosen)

    def read_file(self, path: Path) -> None:
        """Put the file's text into the field."""
        try:
            with path.open("rb") as file:
                text = file.read(_LONGEST_KEY).decode("ascii")
        except (OSError, UnicodeDecodeError):
            self.question.problem(
                _("This file is not the saved key. Choose the text file that was saved on the stick.")
            )
            return
        self.edit.setPlainText(text.strip())
        self.question.problem("")

    def accept(self) -> bool:
        try:
            self._prove(self.edit.toPlainText())
        except UserError as error:
            self.question.problem(error.sentence())
            return False
        self.question.problem("")
        return True

    def _chosen(self, paths: list[Path]) -> None:
        self.read_file(paths[0])
