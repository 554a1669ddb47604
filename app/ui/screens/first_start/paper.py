"""Steps in which something goes on paper: the recovery sheet, and the coordinator's recovery key."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase

from app.errors import UserError
from app.i18n import _
from app.ui import theme
from app.ui.exchange.choosing import choose_new_file
from app.ui.printing.plain_sheet import pdf_bytes, print_html
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.sheets import key_groups, key_html, sheet_html
from app.ui.screens.first_start.step import Step
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import grid_in
from app.ui.widgets.text import WrapLabel, label


class PaperStep(Step):
    """Shows what must be kept on paper; prints it or saves it as PDF. That it was kept is proved in the next step."""

    file_name = ""

    def __init__(self, draft: Draft, title: str, text: str, html: str) -> None:
        super().__init__(draft, title, text)
        self.verb = _("I have it on paper")
        self._html = html
        self.card = Card()
        self.body.addWidget(self.card)
        ways = Flow(8)
        ways.add(button(_("Print …"), "printer", self.print_sheet))
        ways.add(button(_("Save as PDF …"), "download", self.save_as))
        self.add_ways(ways)
        self.body.addWidget(ways)
        self.told = Banner()
        self.body.addWidget(self.told)

    def add_ways(self, ways: Flow) -> None:
        """Further ways of keeping it."""

    def end(self, advice: str) -> None:
        """The advice below, and the space under it."""
        self.body.addWidget(WrapLabel(advice, "sub"))
        self.body.addStretch(1)

    def print_sheet(self) -> None:
        """Ask for the printer and print."""
        try:
            print_html(self._html, self, self._printed)
        except UserError as error:  # there is no printer
            self.told.say(error.sentence(), "error")

    def _printed(self) -> None:
        self.told.say(_("Sent to the printer. Take the sheet out before you go on."), "ok")

    def save_as(self) -> None:
        """Ask where to save the PDF."""
        choose_new_file(self, _("Save as PDF"), f"{self.file_name}.pdf", self.save)

    def save(self, path: Path) -> None:
        """Write the PDF; says so, or why not."""
        self.keep(path, pdf_bytes(self._html), _("Saved. Print it where nobody reads along, then delete the file."))

    def keep(self, path: Path, content: bytes, told: str) -> None:
        """Write ``content``; a file that could not be written whole is taken away."""
        try:
            path.touch(mode=0o600)  # a secret: for nobody else of this laptop
            path.write_bytes(content)
        except OSError:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            self.told.say(_("The file could not be written. Choose another folder."), "error")
        else:
            self.told.say(told, "ok")


class SheetStep(PaperStep):
    """The recovery sheet: eight groups of six digits."""

    file_name = "sheet"

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            draft,
            _("The recovery sheet"),
            _(
                "These digits open the records if the passphrase is lost. "
                "Print them, save them as PDF, or copy them by hand."
            ),
            sheet_html(draft.recovery_groups),
        )
        grid = grid_in(self.card.body)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        per_row = len(draft.recovery_groups) // 2
        grid.setColumnStretch(2 * per_row, 1)
        for at, group in enumerate(draft.recovery_groups):
            shown = label(group)
            shown.setFont(_digits_font())
            shown.setAccessibleName(_("Group {number}: {digits}").format(number=at + 1, digits=" ".join(group)))
            column = 2 * (at % per_row)
            grid.addWidget(label(str(at + 1), "small"), at // per_row, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(shown, at // per_row, column + 1)
        self.end(
            _(
                "The sheet names neither this laptop nor your work. Keep it under lock, apart from the laptop. "
                "In the next step you type all eight groups from the paper."
            )
        )


class KeyStep(PaperStep):
    """The coordinator's recovery key: with it every bundle can be read when the laptop is lost."""

    file_name = "key"

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            draft,
            _("The recovery key of the coordinator"),
            _(
                "If this laptop is lost, this key reads the bundles the centres have sent. It is made once "
                "and is not kept on this laptop."
            ),
            key_html(draft.coordinator_recovery),
        )
        shown = WrapLabel(" ".join(key_groups(draft.coordinator_recovery)))
        shown.setFont(_digits_font(15))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(_("Recovery key"))
        self.card.add(shown)
        self.end(
            _(
                "Print it or save it on a stick that stays in a safe, in another building than this laptop. "
                "In the next step it is read back from the stick, or typed."
            )
        )

    def add_ways(self, ways: Flow) -> None:
        ways.add(button(_("Save on a stick …"), "usb", self.save_text_as))

    def save_text_as(self) -> None:
        """Ask where to save the key as a text file, from which it can be read back."""
        choose_new_file(self, _("Save the recovery key"), f"{self.file_name}.txt", self.save_text)

    def save_text(self, path: Path) -> None:
        """Write the key as text."""
        told = _("Saved. Take the stick out after the next step, and lock it away.")
        self.keep(path, f"{self.draft.coordinator_recovery}\n".encode("ascii"), told)


def _digits_font(size: float = 22) -> QFont:
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(theme.px(size))
    return made
